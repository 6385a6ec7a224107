/** Usage times price, in whole nano-dollars. */
import type { Model, Price } from './catalogue/catalogue.ts';
import { isExactAmount } from './money.ts';
import { type Range, weakestBasis } from './range.ts';
import type { Basis } from './vocabulary.ts';

/** Token counts of one call. Cached parts are contained in `input`. */
export interface CallUsage {
  readonly input: Range;
  readonly output: Range;
  /** Input tokens that are read from the provider's cache. */
  readonly cachedInput?: number;
  /** Input tokens that are written to the provider's cache. */
  readonly cacheWriteInput?: number;
  /** Input tokens that are written for the longer lifetime that is sold beside the usual one. */
  readonly cacheWriteLongInput?: number;
  readonly batch?: boolean;
  readonly tier?: 'standard' | 'flex' | 'priority';
}

/**
 * What one call costs, in whole nano-dollars rounded up, with the basis of its weaker count. Prices that step up with
 * the prompt's length apply to each bound by its own length. A cache rate that the catalogue lacks counts as input.
 * Null where a price that the call needs is unknown, where the model is not sold that way, or above 9 million dollars.
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

/**
 * A cost per call over a month's calls; `basis` says where the volume comes from. Null above 9 million dollars, where
 * sums are no longer exact, and for a volume that is no whole number of calls.
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

function priceFactor(model: Model, usage: CallUsage): number | null {
  const tier = usage.tier === 'flex' ? model.flexFactor : usage.tier === 'priority' ? model.priorityFactor : 1;
  const batch = usage.batch === true ? model.batchFactor : 1;
  return tier === null || batch === null ? null : tier * batch;
}

function costAt(model: Model, usage: CallUsage, input: number, output: number, factor: number): number | null {
  const price = priceAt(model, input);
  const cached = Math.min(usage.cachedInput ?? 0, input);
  const written = Math.min(usage.cacheWriteInput ?? 0, input - cached);
  const writtenLong = Math.min(usage.cacheWriteLongInput ?? 0, input - cached - written);
  const parts: readonly (readonly [number, number | null])[] = [
    [input - cached - written - writtenLong, price.input],
    [cached, price.cacheRead ?? price.input],
    [written, price.cacheWrite ?? price.input],
    [writtenLong, price.cacheWriteLong ?? price.cacheWrite ?? price.input],
    [output, price.output],
  ];
  // Rates are exact in thousandths of a nano-dollar, factors in thousandths.
  let sum = 0n;
  for (const [tokens, rate] of parts) {
    if (tokens === 0) continue;
    if (rate === null || !Number.isSafeInteger(tokens) || tokens < 0) return null;
    sum += BigInt(tokens) * BigInt(Math.round(rate * 1000));
  }
  const nanos = Number((sum * BigInt(Math.round(factor * 1000)) + 999_999n) / 1_000_000n);
  return isExactAmount(nanos) ? nanos : null;
}
