/** Whether a figure is above a limit: certainly, if all of its range is, or only possibly. */

import type { ChangeLimit } from '@farthing/shared/config-parts/policy';
import type { DiffAmount } from '@farthing/shared/diff-report';
import { NANO_DOLLARS } from '@farthing/shared/money';

/** Nano-dollars, which may be negative. */
export type Bounds = DiffAmount;

export type Excess = 'certain' | 'possible' | 'none';

/** Decimal dollars of a report as the whole nano-dollars that they stand for. */
export function nanosOf({ low, expected, high }: Bounds): Bounds {
  return { low: nano(low), expected: nano(expected), high: nano(high) };
}

function nano(dollars: number): number {
  return Math.round(dollars * NANO_DOLLARS);
}

export function excessOver({ low, expected, high }: Bounds, limit: number): Excess {
  return excessOf([low, expected, high].map((amount) => amount > limit));
}

/**
 * Of a change: each bound is compared with the same bound before.
 *
 * @param before what it was; null where there was nothing, of which there is no percentage
 */
export function changeExcess(change: Bounds, before: Bounds | null, limit: ChangeLimit): Excess {
  if ('nanos' in limit) return excessOver(change, limit.nanos);
  if (before === null || before.expected === 0) return 'none';
  const { percent } = limit;
  return excessOf([
    change.low * 100 > percent * before.low,
    change.expected * 100 > percent * before.expected,
    change.high * 100 > percent * before.high,
  ]);
}

export function reversed({ low, expected, high }: Bounds): Bounds {
  return { low: 0 - low, expected: 0 - expected, high: 0 - high };
}

function excessOf(isAbove: readonly boolean[]): Excess {
  if (isAbove.every(Boolean)) return 'certain';
  return isAbove.some(Boolean) ? 'possible' : 'none';
}
