/** Differences of figures, in integer nano-dollars and whole tokens. */

import type { DiffAmount } from '@farthing/shared/diff-report';
import { NANO_DOLLARS } from '@farthing/shared/money';
import type { Range } from '@farthing/shared/range';

/** May be negative. */
export interface Difference {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

export const NO_DIFFERENCE: Difference = { low: 0, expected: 0, high: 0 };

/** True if both ends are estimates. What is only known from below cannot be compared. */
export function isKnown(range: Range | null): range is Range {
  return range !== null && range.basis !== 'unknown';
}

export function difference(from: Difference, to: Difference): Difference {
  return { low: to.low - from.low, expected: to.expected - from.expected, high: to.high - from.high };
}

export function isNothing({ low, expected, high }: Difference): boolean {
  return low === 0 && expected === 0 && high === 0;
}

/** Nano-dollars as decimal dollars, which a reader can turn back into the same integers. */
export function inDollars({ low, expected, high }: Difference): DiffAmount {
  return { low: low / NANO_DOLLARS, expected: expected / NANO_DOLLARS, high: high / NANO_DOLLARS };
}
