/** Figures for language models: few digits and no separators, with the unit in the head of the column. */
import type { DiffAmount } from '@farthing/shared/diff-report';
import type { Range } from '@farthing/shared/range';

const DIGITS = 3;
const CALLS = 1000;

/** What heads a column of `perThousand`. */
export const PER_THOUSAND = '$/1k calls';

/** @example figure(0.0023621) // '0.00236' */
export function figure(value: number): string {
  return String(Number(value.toPrecision(DIGITS)));
}

/** `2.36 (0.342..18.1)`; one figure if the bounds are the same; `>=0.25` where only a lower bound is known. */
export function spread({ low, expected, high, basis }: Range): string {
  if (basis === 'unknown') return `>=${figure(low)}`;
  return low === high ? figure(expected) : `${figure(expected)} (${figure(low)}..${figure(high)})`;
}

/** Dollars per call as dollars per 1,000 calls: those of one call have too many zeros. */
export function perThousand({ low, expected, high, basis }: Range): Range {
  return { low: low * CALLS, expected: expected * CALLS, high: high * CALLS, basis };
}

/** `+1.89 (+0.2..+14)`. */
export function signed({ low, expected, high }: DiffAmount): string {
  const one = (value: number): string => (value > 0 ? `+${figure(value)}` : figure(value));
  return low === high ? one(expected) : `${one(expected)} (${one(low)}..${one(high)})`;
}
