/**
 * The task of a prompt, if the code states it clearly: a choice among a few answers. Only unambiguous evidence counts;
 * a prompt that also asks for reasons, or for several fields, sets a larger task.
 */
import type { LlmCall } from '../call.ts';
import { answerLabels } from './answer-labels.ts';
import { callFact } from './fact.ts';
import { dependsOnInput, segmentsOf } from './prompt-prefix.ts';

/** The task, and the evidence for it besides the prompt's words. */
export interface SmallTask {
  readonly kind: 'yes-no' | 'label' | 'closed-set' | 'few-tokens';
  /** The output limit, if it is small enough for a label; null otherwise. */
  readonly limit: number | null;
  /** How many answers the schema allows; null if it leaves them open. */
  readonly labels: number | null;
}

/** An answer of at most this many tokens is a label, a number or a word. */
const LABEL_TOKENS = 16;
const MAX_LABELS = 30;
/** A prompt with more instructions than this is not a small task, whatever its answer looks like. */
const SHORT_PROMPT = 1_000;

const ASK = String.raw`\b(?:answer|respond|reply|return|output|provide)\b`;
const FILLER = String.raw`(?:[\s:,-]+(?:with|using|as|in|either|only|just|exactly|strictly|simply|solely|a|one|the|single|word|me))*`;
const ONLY = String.raw`(?:[\s:,-]+(?:with|using|me|back))*[\s:,-]+(?:only|just|exactly|strictly|solely)(?:\s+with)?`;
const QUOTE = String.raw`["'“”‘’*(\[\x60]*`;

/** Two answers are asked for: `Answer only "yes" or "no"`, `reply with true/false`. */
const YES_NO = new RegExp(
  String.raw`${ASK}${FILLER}[\s:,-]+${QUOTE}(?:yes|true)${QUOTE}[.,]?\s*(?:/|\||or|and|,)\s*(?:or\s+)?${QUOTE}(?:no|false)\b(?!\s+question)`,
  'i',
);
/** One of a stated list is asked for, and nothing else: `Reply with exactly one of the following categories`. */
const ONE_OF = new RegExp(
  String.raw`${ASK}${ONLY}\s+(?:one|a single one)\s+of\s+(?:the\s+)?(?:following|these|those|categories|labels|options|classes)\b`,
  'i',
);
/** `Return only the category name`. */
const ONE_LABEL = new RegExp(
  String.raw`${ASK}${ONLY}\s+(?:the|a|one)\s+(?:single\s+)?(?:(?:category|class|label|intent|sentiment|topic)\b\s*){1,2}(?:name\b)?`,
  'i',
);
/** Yes or no as the only field of an object: `a JSON with a single key "score"`, `a "score" field that is either "yes" or "no"`. */
const YES_NO_FIELD = new RegExp(
  String.raw`\b(?:field|key|score|value)\b[^.;\n]{0,40}?${QUOTE}(?:yes|true)${QUOTE}\s*(?:/|\||or)\s*${QUOTE}(?:no|false)\b`,
  'i',
);
const ONE_FIELD =
  /\bjson\b[^.;\n]{0,60}\b(?:(?:a|one)\s+single|single|only one)\s+(?:key|field)\b|\bjson object with (?:a|one|the)\s+["'\u0060]?\w+["'\u0060]?\s+(?:key|field)\b/i;
/** Contains a word of every pattern above: most prompts have none, and are examined only once. */
const MAY_ASK = /answer|respond|reply|return|output|provide|json/i;
/** Signs of an answer larger than a label, or of a phrase that is only a case among others. */
const MORE_IS_ASKED =
  /\b(?:json|xml|yaml|explain|explanations?|explaining|reasons?|reasoning|rationale|justify|justification|step[- ]by[- ]step|describe|summar(?:y|i[sz]e)|translate|rewrite|generate|draft|list of|confidence|followed by|else|otherwise|if the (?:user|question|query) (?:is|asks))\b/i;

/** Parts of an answer that the prompt refuses: `without explanations`, `do not include any other text`. */
const REFUSED =
  /\b(?:without|do not|don't|never|avoid|no (?=other|additional|extra|further|preamble|premable|explanation|reason|justification))\b[^.;\n]{0,80}/gi;

/** The small task that the call clearly sets; null if it may be a larger one. */
export const smallTask = callFact(smallTaskOf, [answerLabels]);

function smallTaskOf(call: LlmCall): SmallTask | null {
  const labels = answerLabels(call);
  const { isStructured, usesTools, usesImages, usesReasoning } = call.output;
  // To read a picture, a PDF or a recording is work, however short the answer is.
  if (usesTools || usesImages || usesReasoning || call.media.length > 0) return null;
  const segments = segmentsOf(call.sections);
  const literal = segments.filter((segment) => segment.text !== null);
  if (literal.reduce((sum, segment) => sum + segment.tokens.expected, 0) > SHORT_PROMPT) return null;

  const stated = call.outputLimit.state === 'present' ? call.outputLimit.tokens : null;
  const limit = stated !== null && stated > 0 && stated <= LABEL_TOKENS ? stated : null;
  if (labels !== null) {
    if (labels.length < 2 || labels.length > MAX_LABELS) return null;
    return { kind: 'closed-set', limit, labels: labels.length };
  }
  if (isStructured) return null;

  const kind = askedLabel(literal.map((segment) => segment.text).join(' '));
  if (kind !== null) return { kind, limit, labels: null };
  // A prompt that never changes, with a limit, is a check of the connection: what it costs does not matter.
  if (limit === null || !dependsOnInput(call)) return null;
  return { kind: 'few-tokens', limit, labels: null };
}

/** The kind of label that a prompt's text asks for, and nothing more; null if it asks for another answer. */
export function askedLabel(text: string): 'yes-no' | 'label' | null {
  if (!MAY_ASK.test(text)) return null;
  const asked = text.replace(REFUSED, ' ');
  const isYesNoField = ONE_FIELD.test(asked) && YES_NO_FIELD.test(asked);
  if (MORE_IS_ASKED.test(isYesNoField ? asked.replace(/\bjson\b/gi, ' ') : asked)) return null;
  if (isYesNoField || YES_NO.test(text)) return 'yes-no';
  return ONE_OF.test(text) || ONE_LABEL.test(text) ? 'label' : null;
}
