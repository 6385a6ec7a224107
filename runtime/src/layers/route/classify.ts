/**
 * Estimates how demanding a request is, from what can be seen without asking a model: its length, the words of its
 * task, the length of the answer that it allows. It is deliberately coarse; a feature that knows better can say so.
 */
import type { RequestFacts } from '../../wire/codec.ts';

export interface Request {
  readonly text: string;
  readonly facts: RequestFacts;
}

export interface Classification {
  readonly tier: 'simple' | 'complex';
  /** For the decision's record. */
  readonly reason: string;
}

/** Requests with more characters than this count as complex. */
const LONG = 12_000;
/** With at most this many output tokens, an answer can only be a label or a line. */
const SHORT_ANSWER = 64;

const SIMPLE_TASKS =
  /\b(classif|categori[sz]e|label|sentiment|yes or no|true or false|extract|translate|spell|detect the language|one word)/i;
const COMPLEX_TASKS =
  /\b(prove|refactor|debug|architect|step[- ]by[- ]step|reason (about|through)|plan|design|analy[sz]e|compare|write (a|an|the) (program|function|essay|report))/i;

export function classifyByRules({ text, facts }: Request): Classification {
  if (facts.hasTools) return { tier: 'complex', reason: 'it may call tools' };
  if (text.length > LONG)
    return { tier: 'complex', reason: `it is long (${text.length.toLocaleString('en')} characters)` };
  const complex = COMPLEX_TASKS.exec(text)?.[0];
  if (complex !== undefined) return { tier: 'complex', reason: `it contains "${complex}"` };
  const { outputLimit } = facts;
  if (outputLimit !== null && outputLimit <= SHORT_ANSWER) {
    return { tier: 'simple', reason: `its answer has at most ${outputLimit} tokens` };
  }
  const simple = SIMPLE_TASKS.exec(text)?.[0];
  if (simple !== undefined) return { tier: 'simple', reason: `it contains "${simple}"` };
  return { tier: 'complex', reason: 'nothing indicates a simple task' };
}
