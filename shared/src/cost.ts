/** Usage times price, in integer nano-dollars. */
import type { Model, Price } from './catalogue/catalogue.ts';
import { isExactAmount } from './money.ts';
import { type Range, weakestBasis } from './range.ts';
import type { RateName, SearchContext } from './rates.ts';
import { UNITS } from './units.ts';
import type { Basis, Fee } from './vocabulary.ts';

/** Tokens that are not text, as parts of a call's input and output; absent if there are none, or if none are reported. */
export interface MediaTokens {
  /** Non-text input tokens by kind, including those read from the cache. */
  readonly audioInput?: number;
  readonly imageInput?: number;
  readonly videoInput?: number;
  /** Non-text tokens among `cachedInput`. */
  readonly cachedAudioInput?: number;
  readonly cachedImageInput?: number;
  /** Non-text output tokens by kind. */
  readonly audioOutput?: number;
  readonly imageOutput?: number;
  readonly videoOutput?: number;
}

/** What one call uses. Everything but `fees` is contained in `input` or `output`. */
export interface CallUsage extends MediaTokens {
  readonly input: Range;
  readonly output: Range;
  /** Input tokens read from the provider's cache. */
  readonly cachedInput?: number;
  /** Input tokens written to the provider's cache. */
  readonly cacheWriteInput?: number;
  /** Input tokens written to the cache for the longer of the two lifetimes that are sold. */
  readonly cacheWriteLongInput?: number;
  /** Output tokens of the model's reasoning: they matter if reasoning has its own rate. */
  readonly reasoning?: number;
  /** How often a fee was incurred. A model's request fee is part of every call, once if no count is given. */
  readonly fees?: Readonly<Partial<Record<Fee, number>>>;
  /** How much context a search was allowed, if the fee depends on it; `low` if unstated. */
  readonly searchContext?: SearchContext;
  readonly batch?: boolean;
  readonly tier?: 'standard' | 'flex' | 'priority';
  /** True if the request keeps its data in one region, for which some providers charge. */
  readonly isResident?: boolean;
}

/** Fees that replace tokens instead of adding to them: a model with one of them needs no price per token. */
export const FEES_FOR_TOKENS: ReadonlySet<string> = new Set<Fee>(['search-unit', ...UNITS]);

/** One line of the bill: a number of tokens or uses at a rate. */
export interface CostPart {
  readonly what: RateName | Fee;
  readonly count: number;
  /** Nano-dollars per unit; null is unknown. */
  readonly rate: number | null;
  /** Fees are the same in every tier and batch. */
  readonly isFee: boolean;
}

/**
 * The cost of one call, in integer nano-dollars rounded up, with the weaker basis of its two counts. Prices that step
 * up with the prompt's length apply to each bound by its own length. A cache rate that the catalogue lacks counts as
 * input. Null if a price that the call needs is unknown, if the model is not sold that way, or above 9 million dollars.
 */
export function costPerCall(model: Model, usage: CallUsage): Range | null {
  const factor = priceFactor(model, usage);
  if (factor === null) return null;
  const { input, output } = usage;
  const low = costAt(model, usage, input.low, output.low, factor);
  const isExact = input.low === input.high && output.low === output.high;
  const expected = isExact ? low : costAt(model, usage, input.expected, output.expected, factor);
  const high = isExact ? low : costAt(model, usage, input.high, output.high, factor);
  if (low === null || expected === null || high === null) return null;
  return { low, expected, high, basis: weakestBasis(input.basis, output.basis) };
}

/** The parts of a call's cost whose price is unknown: the reason why `costPerCall` returns null. */
export function unpricedParts(model: Model, usage: CallUsage): readonly (RateName | Fee)[] {
  return costParts(model, usage)
    .filter(({ rate, count }) => rate === null && count > 0)
    .map(({ what }) => what);
}

/**
 * A cost per call over a month's calls; `basis` is the source of the volume. Null above 9 million dollars, where sums
 * are no longer exact, and for a volume that is not an integer.
 */
export function perMonth(cost: Range, callsPerMonth: number, basis: Basis): Range | null {
  if (!Number.isSafeInteger(callsPerMonth) || callsPerMonth < 0) return null;
  const high = cost.high * callsPerMonth;
  if (!isExactAmount(high)) return null;
  return {
    low: cost.low * callsPerMonth,
    expected: cost.expected * callsPerMonth,
    high,
    basis: weakestBasis(cost.basis, basis),
  };
}

/** The prices for a prompt of this many tokens: the highest tier whose threshold it exceeds, or the base. */
export function priceAt(model: Model, inputTokens: number): Price {
  let price: Price = model.price;
  let above = -1;
  for (const tier of model.tiers) {
    if (inputTokens > tier.aboveInputTokens && tier.aboveInputTokens > above) {
      price = tier;
      above = tier.aboveInputTokens;
    }
  }
  return price;
}

/** The bill of one call, line by line, at the expected counts unless others are given. What was not used has no line. */
export function costParts(
  model: Model,
  usage: CallUsage,
  input = usage.input.expected,
  output = usage.output.expected,
): readonly CostPart[] {
  const parts: CostPart[] = [];
  eachPart(model, usage, input, output, (what, count, rate, isFee) => parts.push({ what, count, rate, isFee }));
  return parts;
}

type Visit = (what: RateName | Fee, count: number, rate: number | null, isFee: boolean) => void;

/** The same without a list: the runtime prices every call. */
function eachPart(model: Model, usage: CallUsage, input: number, output: number, visit: Visit): void {
  const price = priceAt(model, input);
  visitInput(visit, price, usage, input);
  visitOutput(visit, price, usage, output);
  visitFees(model, usage, visit);
}

/**
 * Counts that contradict each other (more audio than input) are reduced to what is left: one impossible detail never
 * discards a whole bill.
 */
function visitInput(visit: Visit, price: Price, usage: CallUsage, input: number): void {
  const rest = new Remainder(input);
  const cached = new Remainder(rest.take(usage.cachedInput));
  const cachedAudio = cached.take(usage.cachedAudioInput);
  const cachedImage = cached.take(usage.cachedImageInput);
  const written = rest.take(usage.cacheWriteInput);
  const writtenLong = rest.take(usage.cacheWriteLongInput);
  const audio = rest.take(Math.max((usage.audioInput ?? 0) - cachedAudio, 0));
  const image = rest.take(Math.max((usage.imageInput ?? 0) - cachedImage, 0));
  const video = rest.take(usage.videoInput);
  visitTokens(visit, 'input', rest.left, price.input);
  visitTokens(visit, 'cacheRead', cached.left, price.cacheRead ?? price.input);
  visitTokens(visit, 'audioCacheRead', cachedAudio, price.audioCacheRead ?? price.audioInput);
  visitTokens(visit, 'imageCacheRead', cachedImage, price.imageCacheRead ?? price.imageInput);
  visitTokens(visit, 'cacheWrite', written, price.cacheWrite ?? price.input);
  visitTokens(visit, 'cacheWriteLong', writtenLong, price.cacheWriteLong ?? price.cacheWrite ?? price.input);
  visitTokens(visit, 'audioInput', audio, price.audioInput);
  visitTokens(visit, 'imageInput', image, price.imageInput);
  visitTokens(visit, 'videoInput', video, price.videoInput);
}

function visitOutput(visit: Visit, price: Price, usage: CallUsage, output: number): void {
  const rest = new Remainder(output);
  const audio = rest.take(usage.audioOutput);
  const image = rest.take(usage.imageOutput);
  const video = rest.take(usage.videoOutput);
  const reasoning = price.reasoning === null ? 0 : rest.take(usage.reasoning);
  visitTokens(visit, 'output', rest.left, price.output);
  visitTokens(visit, 'audioOutput', audio, price.audioOutput);
  visitTokens(visit, 'imageOutput', image, price.imageOutput);
  visitTokens(visit, 'videoOutput', video, price.videoOutput);
  visitTokens(visit, 'reasoning', reasoning, price.reasoning);
}

function visitTokens(visit: Visit, what: RateName, count: number, rate: number | null): void {
  if (count !== 0) visit(what, count, rate, false);
}

/** What is left of a count after its parts were taken from it. */
class Remainder {
  left: number;

  constructor(total: number) {
    this.left = total;
  }

  take(count = 0): number {
    const taken = Math.min(count, this.left);
    this.left -= taken;
    return taken;
  }
}

function visitFees({ fees }: Model, { fees: uses = {}, searchContext = 'low' }: CallUsage, visit: Visit): void {
  const visitFee = (fee: Fee, count = 0): void => {
    if (count !== 0) visit(fee, count, fees[fee]?.[searchContext] ?? null, true);
  };
  if (fees.request !== undefined && uses.request === undefined) visitFee('request', 1);
  for (const fee in uses) visitFee(fee as Fee, uses[fee as Fee]);
}

function priceFactor(model: Model, usage: CallUsage): number | null {
  const tier = usage.tier === 'flex' ? model.flexFactor : usage.tier === 'priority' ? model.priorityFactor : 1;
  const batch = usage.batch === true ? model.batchFactor : 1;
  const residency = usage.isResident === true ? (model.residencyFactor ?? 1) : 1;
  return tier === null || batch === null ? null : tier * batch * residency;
}

/** Rates are exact in thousandths of a nano-dollar, factors in thousandths: sums are in millionths. */
const MILLIONTHS = 1_000_000;

function costAt(model: Model, usage: CallUsage, input: number, output: number, factor: number): number | null {
  const tokenFactor = Math.round(factor * 1000);
  let sum = 0;
  /** What no longer adds up exactly as a number. */
  let large = 0n;
  let isKnown = true;
  eachPart(model, usage, input, output, (_, count, rate, isFee) => {
    if (rate === null || !Number.isFinite(count) || count < 0 || !(isFee || Number.isSafeInteger(count))) {
      isKnown = false;
      return;
    }
    // Uses may be fractions: of an hour, of a second.
    const units = isFee ? Math.ceil(count * rate * 1000) : count;
    const unitRate = isFee ? 1 : Math.round(rate * 1000);
    const unitFactor = isFee ? 1000 : tokenFactor;
    const next = sum + units * unitRate * unitFactor;
    if (Number.isSafeInteger(next)) sum = next;
    else large += BigInt(units) * BigInt(unitRate) * BigInt(unitFactor);
  });
  if (!isKnown) return null;
  const rest = sum % MILLIONTHS;
  const nanos =
    large === 0n
      ? (sum - rest) / MILLIONTHS + (rest > 0 ? 1 : 0)
      : Number((large + BigInt(sum) + BigInt(MILLIONTHS - 1)) / BigInt(MILLIONTHS));
  return isExactAmount(nanos) ? nanos : null;
}
