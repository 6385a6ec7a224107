/** Money in findings: what a change saves, and how certain that is. */
import type { Price } from '@farthing/shared/catalogue/catalogue';
import type { Language } from '@farthing/shared/language';
import { formatDollars } from '@farthing/shared/money';
import { type Range, weakestBasis } from '@farthing/shared/range';

/** The saving if the same request costs `then` instead of `today`; null if it costs no less. */
export function differenceOf(today: Range, then: Range): Range | null {
  const basis = weakestBasis(today.basis, then.basis);
  if (basis === 'unknown' || then.expected >= today.expected) return null;
  return {
    low: Math.max(0, today.low - then.low),
    expected: today.expected - then.expected,
    high: today.high - then.high,
    basis,
  };
}

/**
 * The saving for tokens that are read at the cache rate instead of the full rate; null if that is not known to be
 * cheaper.
 */
export function savedPerRepeat(tokens: Range, rates: Pick<Price, 'input' | 'cacheRead'>): Range | null {
  const { input, cacheRead } = rates;
  if (input === null || cacheRead === null || cacheRead >= input) return null;
  // Rates have up to three decimals, and amounts are integers: savings are rounded down.
  const saved = (count: number): number => Math.floor(count * (input - cacheRead));
  return { low: saved(tokens.low), expected: saved(tokens.expected), high: saved(tokens.high), basis: tokens.basis };
}

/** A cost as a message says it: it is exact to two digits at best. */
export function dollarsOf({ expected }: Range, language: Language = 'en'): string {
  return formatDollars(expected, 2, language);
}
