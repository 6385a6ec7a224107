/** What a call sends and costs: tokens by section, output, money; each figure as a range with its basis. */
import type { Model } from '@farthing/shared/catalogue/catalogue';
import { type CallUsage, costPerCall, perMonth } from '@farthing/shared/cost';
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import { exactly, type Range, sumRanges, weakestBasis } from '@farthing/shared/range';
import type { TokenLaw } from '@farthing/shared/tokens/law';
import { lawFor } from '@farthing/shared/tokens/laws/index';
import {
  callTokens,
  mediaTokens,
  messageTokens,
  requestTokens,
  resultTokens,
  schemaTokens,
  textTokens,
  toolTokens,
} from '@farthing/shared/tokens/measure';
import { type AnswerTask, answerLength, reasonsByDefault } from '@farthing/shared/tokens/output-lengths';
import type { AnswerSchema, RequestFrame, ToolChoice } from '@farthing/shared/tokens/request';
import type { ApiName, Basis, Family, ProviderName } from '@farthing/shared/vocabulary';
import { CUT_TEXT } from '../../evaluate/lattice.ts';
import type { Value } from '../../evaluate/values.ts';
import type { Origin } from '../../ir/origin.ts';
import type { LlmCall, OutputLimit, PromptSection } from '../call.ts';
import { askedLabel } from '../facts/task-size.ts';
import type { Prompt, PromptPart } from '../prompt/parts.ts';
import { toolFees } from '../prompt/provider-tools.ts';
import type { ReadTools } from '../prompt/tools.ts';
import { type FrontSection, sectionsOf } from '../sections.ts';
import { costOfUnits, makesPictures, type SoldUnits, soldUnits, type Wanted } from './units.ts';

/** Values for what the code does not say. Every report that uses them says so. */
export interface Assumptions {
  /** Tokens of a text that is only known at run time. */
  readonly hole: Omit<Range, 'basis'>;
  /** Tokens of an answer: measured, or by the configuration if it has no limit; null takes them by the task. */
  readonly output: Typical | null;
}

export interface EstimateInput extends Wanted {
  readonly model: Model | null;
  /** The model name in the code, even if no catalogue has it; null if the code names none. */
  readonly modelName: string | null;
  readonly isModelCertain: boolean;
  readonly provider: ProviderName;
  readonly family: Family;
  readonly api: ApiName;
  readonly outputLimit: OutputLimit;
  readonly prompt: Prompt;
  readonly tools: (ReadTools & { readonly value: Value }) | null;
  readonly toolChoice: ToolChoice;
  readonly schema: { readonly value: Value; readonly read: AnswerSchema } | null;
  readonly isThinking: boolean;
  /** Whether the request switches reasoning on or off; null if it leaves that to the model. */
  readonly reasoning: boolean | null;
  /** True if the whole answer is one of a few values named in the code. */
  readonly isLabel: boolean;
  /** True if the model reads only the prompt: it is not made into a conversation. */
  readonly isSentAsIs: boolean;
  /** True if the model writes nothing: what is sent is only kept. */
  readonly hasNoAnswer: boolean;
  /** True if pictures are sent along, whose size is not read. */
  readonly sendsPictures: boolean;
  /** True if the provider adds context that is not in the request: an earlier answer, a stored prompt, a cache. */
  readonly hasStoredContext: boolean;
  readonly tier: LlmCall['tier'];
  /** True if only options that are not known may set a tier: the standard one is assumed. */
  readonly isTierOpen: boolean;
  readonly callsPerMonth: number | null;
  /** What the volume rests on. */
  readonly volumeBasis: 'declared' | 'measured';
  readonly sourceOf: (origin: Origin) => string;
  readonly assumptions: Assumptions;
  /** The prompt as another model was sent it; absent where the code is counted. */
  readonly measuredPrompt?: MeasuredPrompt | undefined;
}

/** What a request sends on average, in tokens as another model counted them. */
export interface MeasuredPrompt {
  readonly input: Range;
  /** Of the input: what was read from the provider's cache, and what was written to it. */
  readonly cachedInput: number;
  readonly cacheWriteInput: number;
}

export interface Estimate {
  readonly sections: readonly PromptSection[];
  readonly tokens: LlmCall['tokens'];
  readonly media: LlmCall['media'];
  readonly cost: RequestCost;
  readonly toolFees: LlmCall['toolFees'];
  readonly aboveContext: LlmCall['aboveContext'];
}

/** What a request costs by itself; of an agent, each of its steps. */
export type RequestCost = Pick<LlmCall['cost'], 'perCall' | 'perMonth' | 'perStep' | 'units'>;

const UNPRICED: RequestCost = { perCall: null, perMonth: null, perStep: null, units: null };
const UNKNOWN: Range = exactly(0, 'unknown');
const NO_TOKENS: Range = exactly(0, 'literal');

export function estimate(input: EstimateInput): Estimate {
  const law = lawFor({ provider: input.provider, model: input.model?.id ?? input.modelName, api: input.api });
  const isWrapped = isChat(input);
  const hole: Range = { ...input.assumptions.hole, basis: 'assumed' };
  const frame: RequestFrame = {
    tools: input.tools?.definitions ?? [],
    toolChoice: input.toolChoice,
    hasSystem: input.prompt.parts.some(({ role }) => role === 'system'),
    isThinking: input.isThinking,
    earlierAnswers: input.prompt.parts.filter(({ opens, speaker }) => opens === 'message' && speaker === 'assistant')
      .length,
    schema: input.schema?.read ?? null,
    unknown: hole,
  };
  const sections = sectionsOf(input.prompt.parts, frontOf(input, law, frame), {
    count: (text) => textTokens(law, text),
    hole,
    around: (part) => sumRanges([isWrapped ? wrapping(law, part) : NO_TOKENS, notText(law, part)]),
    sourceOf: input.sourceOf,
  });
  const around = isWrapped ? [requestTokens(law, frame)] : [];
  const inTokens = input.measuredPrompt?.input ?? inputTokens(sections, around, input);
  const tokens = { input: inTokens, output: outputTokens(input, sections) };
  return {
    sections,
    tokens,
    media: mediaOf(law, input),
    cost: costOf(tokens, sections, input),
    aboveContext: contextBelow(inTokens, input),
    toolFees: toolFees(input.tools?.atProvider ?? [], input.model),
  };
}

/** Families whose requests have one text, of any shape. */
const ONE_TEXT: ReadonlySet<Family> = new Set<Family>(['agent', 'image', 'audio']);

/** True if a provider wraps each text as a message of a conversation. */
function isChat({ family, isSentAsIs, provider }: EstimateInput): boolean {
  return family === 'text' && (!isSentAsIs || PROVIDER_TABLE[provider].wrapsCompletions === true);
}

function frontOf({ tools, schema }: EstimateInput, law: TokenLaw, frame: RequestFrame): readonly FrontSection[] {
  const front: FrontSection[] = [];
  if (tools !== null) {
    const atProvider = tools.atProvider.length > 0 ? UNKNOWN : NO_TOKENS;
    front.push({ role: 'tools', value: tools.value, tokens: sumRanges([toolTokens(law, frame), atProvider]) });
  }
  if (schema !== null) {
    front.push({ role: 'schema', value: schema.value, tokens: schemaTokens(law, schema.read, frame) });
  }
  return front;
}

function wrapping(law: TokenLaw, { opens, speaker }: PromptPart): Range {
  switch (opens) {
    case 'message':
      return messageTokens(law, speaker);
    case 'call':
      return callTokens(law);
    case 'result':
      return resultTokens(law);
    case null:
      return NO_TOKENS;
  }
}

/** Images have a formula; of files, audio and what the provider keeps nothing is known but that they are sent. */
function notText(law: TokenLaw, { media }: PromptPart): Range {
  if (media === null) return NO_TOKENS;
  return media.image === null ? UNKNOWN : mediaTokens(law, media.image);
}

function mediaOf(law: TokenLaw, { prompt, tools, hasStoredContext, sendsPictures }: EstimateInput): LlmCall['media'] {
  const sent: LlmCall['media'][number][] = prompt.parts.flatMap((part) =>
    part.media === null ? [] : [{ kind: part.media.kind, tokens: notText(law, part) }],
  );
  if (sendsPictures) sent.push({ kind: 'image', tokens: UNKNOWN });
  const isContextAdded = hasStoredContext || (tools !== null && tools.atProvider.length > 0);
  return isContextAdded ? [...sent, { kind: 'context', tokens: UNKNOWN }] : sent;
}

/** True of a part that its type says to be one text. */
function isDeclaredText({ segments }: PromptPart): boolean {
  return segments.some((one) => one.kind === 'hole' && one.value.kind === 'unknown' && one.value.isText === true);
}

/** The model's context where the prompt surely does not fit; null otherwise. */
function contextBelow({ low }: Range, { model }: EstimateInput): number | null {
  const window = model?.contextWindow ?? null;
  return window !== null && low > window ? window : null;
}

/** Nothing seen, or a part that cannot be counted: the known part is a lower bound, and no more is said. */
function inputTokens(sections: readonly PromptSection[], around: readonly Range[], input: EstimateInput): Range {
  const total = sumRanges([...sections.map((section) => section.tokens), ...around]);
  // A format's constants can be negative corrections to a text's count, and this text is not in the code.
  const sum = { ...total, low: Math.max(0, total.low) };
  // A message whose text is not known is taken for one of usual length; what is to be embedded may be many texts.
  const isOneText = isChat(input) || ONE_TEXT.has(input.family);
  const isShaped = isOneText ? input.prompt.parts.length > 0 : input.prompt.parts.some(isDeclaredText);
  const isSeen = isShaped || sections.some((section) => section.segments.some((segment) => segment.text !== null));
  const isCut = input.prompt.parts.some(({ segments }) =>
    segments.some((segment) => segment.kind === 'hole' && segment.value === CUT_TEXT),
  );
  const isMore = input.prompt.isOpen || input.hasStoredContext || input.sendsPictures;
  return isCut || isMore || !isSeen ? { ...sum, basis: 'unknown' } : sum;
}

function outputTokens(input: EstimateInput, sections: readonly PromptSection[]): Range {
  const { family, outputLimit, assumptions, model } = input;
  if (input.hasNoAnswer || family === 'embedding' || family === 'moderation' || family === 'rerank')
    return exactly(0, 'literal');
  if ((family !== 'text' && family !== 'agent') || makesPictures(input)) return UNKNOWN;
  const assumed: Typical = assumptions.output ?? answerLength(taskOf(input, sections), isReasoning(input));
  // A limit cuts answers off and lengthens none: it is the worst case, and the estimate stays what is typical.
  const longest = Math.min(assumed.high, outputLimit.tokens ?? model?.maxOutput ?? assumed.high);
  const { low, expected, basis = 'assumed' } = assumed;
  // What was measured is of all answers together.
  const answers = basis === 'measured' ? 1 : (input.answers ?? 1);
  return {
    low: Math.min(low, longest) * answers,
    expected: Math.min(expected, longest) * answers,
    high: longest * answers,
    basis,
  };
}

/** Tokens of an answer, and what is known of them. */
type Typical = Omit<Range, 'basis'> & { readonly basis?: Basis };

/** Characters. */
const SHORT_PROMPT = 4_000;

/** What the answer is, as far as the request says. */
function taskOf({ tools, toolChoice, schema, isLabel }: EstimateInput, sections: readonly PromptSection[]): AnswerTask {
  if (tools !== null && tools.definitions.length > 0 && toolChoice !== 'none') return 'tools';
  if (isLabel) return 'label';
  if (schema !== null) return 'json';
  const literal = sections.flatMap(({ segments }) => segments).map(({ text }) => text ?? '');
  const text = literal.join(' ');
  // A longer prompt sets a larger task, whatever its answer looks like.
  return text.length < SHORT_PROMPT && askedLabel(text) !== null ? 'label' : 'chat';
}

function isReasoning({ reasoning, model, modelName }: EstimateInput): boolean {
  return reasoning ?? reasonsByDefault(model?.id ?? modelName ?? '');
}

function costOf(tokens: LlmCall['tokens'], sections: readonly PromptSection[], input: EstimateInput): RequestCost {
  const { model } = input;
  // A tier that is set at run time may double the price; a prompt that does not fit is refused.
  const isUnsold = input.tier === 'unknown' && !input.isTierOpen;
  if (isUnsold || contextBelow(tokens.input, input) !== null) return UNPRICED;
  const units = soldUnits(input, sections);
  if (units !== null) return costWithUnits(units, tokens, input);
  if (!model || tokens.output.basis === 'unknown') return UNPRICED;
  const one = requestCost(model, tokens, sections, input);
  // An agent makes several requests, each with what the earlier ones left.
  if (input.family === 'agent') return { ...UNPRICED, perStep: one };
  return one === null ? UNPRICED : { ...UNPRICED, perCall: one, perMonth: monthly(one, input) };
}

function requestCost(
  model: Model,
  tokens: LlmCall['tokens'],
  sections: readonly PromptSection[],
  input: EstimateInput,
): Range | null {
  const isCertain = input.isModelCertain && !input.isTierOpen;
  if (tokens.input.basis === 'unknown' || input.answers === null)
    return isCertain ? leastCost(tokens, sections, input) : null;
  const { cachedInput = 0, cacheWriteInput = 0 } = input.measuredPrompt ?? {};
  const cost = costPerCall(model, { ...tokens, cachedInput, cacheWriteInput, ...soldAs(input) });
  return cost && assumedUnlessCertain(cost, input);
}

/** The tier, as the price depends on it: without a factor for it, the price is unknown. */
function soldAs({ tier }: EstimateInput): Pick<CallUsage, 'batch' | 'tier'> {
  return { batch: tier === 'batch', ...(tier === 'flex' || tier === 'priority' ? { tier } : {}) };
}

function monthly(perCall: Range, { callsPerMonth, volumeBasis }: EstimateInput): Range | null {
  return callsPerMonth === null || perCall.basis === 'unknown' ? null : perMonth(perCall, callsPerMonth, volumeBasis);
}

/** What is sold by the piece, and the prompt if its tokens are paid besides. */
function costWithUnits(sold: SoldUnits, tokens: LlmCall['tokens'], input: EstimateInput): RequestCost {
  const { price, count, unit } = sold;
  const units = { unit, price, count };
  const made = costOfUnits(sold);
  if (made === null) return { ...UNPRICED, units };
  const perCall = assumedUnlessCertain(sold.isEstimate ? withPrompt(made, tokens, input) : made, input);
  return { ...UNPRICED, perCall, perMonth: monthly(perCall, input), units };
}

function withPrompt(made: Range, tokens: LlmCall['tokens'], input: EstimateInput): Range {
  const prompt = input.model && costPerCall(input.model, { input: tokens.input, output: NO_TOKENS });
  return prompt === null ? exactly(made.low, 'unknown') : sumRanges([made, prompt]);
}

/**
 * A default model is not the certain one, nor the usual tier, and another model's counts are not this one's: the figure
 * rests on an assumption.
 */
function assumedUnlessCertain(cost: Range, input: EstimateInput): Range {
  const isCertain = input.isModelCertain && !input.isTierOpen && input.measuredPrompt === undefined;
  return isCertain ? cost : { ...cost, basis: weakestBasis(cost.basis, 'assumed') };
}

/**
 * The minimum cost of the call at full price if a part of its prompt comes from elsewhere: the parts that never change
 * are sent every time, and the shortest answer is written. Its basis is `unknown`, like that of its input: there is no
 * upper bound, so it is not an estimate, is in no sum and has no cost per month. Null if nothing of the prompt is
 * known.
 */
function leastCost(tokens: LlmCall['tokens'], sections: readonly PromptSection[], input: EstimateInput): Range | null {
  const known = sections
    .filter(({ stability }) => stability === 'stable')
    .reduce((sum, section) => sum + section.tokens.low, 0);
  if (input.model === null || known === 0) return null;
  return costPerCall(input.model, {
    input: exactly(known, 'unknown'),
    output: exactly(tokens.output.low, tokens.output.basis),
    ...soldAs(input),
  });
}
