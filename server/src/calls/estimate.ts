/** What a call sends and costs: tokens by section, output, money; each figure as a range with its basis. */
import type { Model } from '@farthing/shared/catalogue/catalogue';
import { costPerCall, perMonth } from '@farthing/shared/cost';
import { exactly, type Range, sumRanges, weakestBasis } from '@farthing/shared/range';
import { countTokens } from '@farthing/shared/tokens/count';
import { messageOverhead, replyPriming, toolTokens } from '@farthing/shared/tokens/overheads';
import type { Family } from '@farthing/shared/vocabulary';
import type { Value } from '../evaluate/values.ts';
import type { Origin } from '../ir/origin.ts';
import type { LlmCall, OutputLimit, PromptSection } from './call.ts';
import type { Prompt } from './prompt.ts';
import { sectionsOf } from './sections.ts';

/** What stands in for what the code does not say. Stated in every report that uses it. */
export interface Assumptions {
  /** Tokens of a text that is only known at run time. */
  readonly hole: Omit<Range, 'basis'>;
  /** Tokens of an answer without a limit. */
  readonly output: Omit<Range, 'basis'>;
}

export interface EstimateInput {
  readonly model: Model | null;
  readonly isModelCertain: boolean;
  readonly family: Family;
  readonly api: string;
  readonly outputLimit: OutputLimit;
  readonly prompt: Prompt;
  readonly tools: Value | null;
  readonly tier: LlmCall['tier'];
  readonly callsPerMonth: number | null;
  readonly sourceOf: (origin: Origin) => string;
  readonly assumptions: Assumptions;
}

export interface Estimate {
  readonly sections: readonly PromptSection[];
  readonly tokens: LlmCall['tokens'];
  readonly cost: LlmCall['cost'];
}

const UNPRICED: LlmCall['cost'] = { perCall: null, perMonth: null };
const UNKNOWN: Range = exactly(0, 'unknown');

export function estimate(input: EstimateInput): Estimate {
  const tokenizer = input.model?.tokenizer ?? 'unknown';
  const isWrapped = isChat(input);
  const sections = sectionsOf(input.prompt.parts, input.tools, {
    count: (text) => countTokens(text, tokenizer),
    hole: { ...input.assumptions.hole, basis: 'assumed' },
    wrapping: isWrapped ? (messages) => messageOverhead(tokenizer, messages) : null,
    tools: (count, json) => toolTokens(tokenizer, count, json),
    sourceOf: input.sourceOf,
  });
  const priming = isWrapped ? [replyPriming(tokenizer)] : [];
  const tokens = { input: inputTokens(sections, priming, input.prompt.isOpen), output: outputTokens(input) };
  return { sections, tokens, cost: costOf(tokens, sections, input) };
}

/** True where a provider wraps each text as a message of a conversation. */
function isChat({ family, api }: EstimateInput): boolean {
  // What is sent to a completion is what the model reads.
  return family === 'text' && api !== 'completions';
}

/** Nothing seen, or messages from elsewhere: the known part is a lower bound, and no more is said. */
function inputTokens(sections: readonly PromptSection[], priming: readonly Range[], isOpen: boolean): Range {
  const sum = sumRanges([...sections.map((section) => section.tokens), ...priming]);
  const isSeen = sections.some((section) => section.segments.some((segment) => segment.text !== null));
  return isOpen || !isSeen ? { ...sum, basis: 'unknown' } : sum;
}

function outputTokens({ family, outputLimit, assumptions, model }: EstimateInput): Range {
  if (family === 'embedding' || family === 'moderation' || family === 'rerank') return exactly(0, 'literal');
  if (family !== 'text' && family !== 'agent') return UNKNOWN;
  const assumed = assumptions.output;
  if (outputLimit.tokens !== null) {
    const high = outputLimit.tokens;
    return { low: Math.min(assumed.low, high), expected: Math.min(assumed.expected, high), high, basis: 'assumed' };
  }
  const most = model?.maxOutput ?? assumed.high;
  const high = Math.min(assumed.high, most);
  return { low: Math.min(assumed.low, high), expected: Math.min(assumed.expected, high), high, basis: 'assumed' };
}

function costOf(tokens: LlmCall['tokens'], sections: readonly PromptSection[], input: EstimateInput): LlmCall['cost'] {
  const { model } = input;
  // An agent makes an unknown number of calls, and a tier that is not known may double the price.
  if (!model || input.family === 'agent' || input.tier === 'unknown') return UNPRICED;
  if (tokens.output.basis === 'unknown') return UNPRICED;
  if (tokens.input.basis === 'unknown')
    return { perCall: input.isModelCertain ? leastCost(tokens, sections, input) : null, perMonth: null };
  const cost = costPerCall(model, { ...tokens, batch: input.tier === 'batch' });
  if (!cost) return UNPRICED;
  // A default model is not the certain one: the figure rests on an assumption.
  const perCall = input.isModelCertain ? cost : { ...cost, basis: weakestBasis(cost.basis, 'assumed') };
  return {
    perCall,
    perMonth: input.callsPerMonth === null ? null : perMonth(perCall, input.callsPerMonth, 'declared'),
  };
}

/**
 * What the call costs at least, at full price, where a part of its prompt comes from elsewhere: what never changes is sent every time, and
 * the shortest answer is written. Its basis is `unknown`, as that of its input: there is no upper end, so that it is no
 * estimate, enters no sum and makes no month. Null where nothing of the prompt is known.
 */
function leastCost(tokens: LlmCall['tokens'], sections: readonly PromptSection[], input: EstimateInput): Range | null {
  const known = sections
    .filter(({ stability }) => stability === 'stable')
    .reduce((sum, section) => sum + section.tokens.low, 0);
  if (input.model === null || known === 0) return null;
  return costPerCall(input.model, {
    input: exactly(known, 'unknown'),
    output: exactly(tokens.output.low, tokens.output.basis),
    batch: input.tier === 'batch',
  });
}
