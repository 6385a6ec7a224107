/**
 * Costs from which one technique after another takes its part. Each bound is taken apart by itself, so that what the
 * techniques save and what is left add up to the cost at each bound, and never to more.
 */
import type { Range } from '@farthing/shared/range';
import type { Basis } from '@farthing/shared/vocabulary';

/** Whole nano-dollars at the low end, as expected, and at the high end of a cost. */
export interface Bounds {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

/** The part of a cost that a technique takes away at each bound, from 0 to 1. */
export interface Part extends Bounds {
  readonly basis: Basis;
}

export const NOTHING: Bounds = { low: 0, expected: 0, high: 0 };

export function each(of: (bound: keyof Bounds) => number): Bounds {
  return { low: of('low'), expected: of('expected'), high: of('high') };
}

export function plus(a: Bounds, b: Bounds): Bounds {
  return each((bound) => a[bound] + b[bound]);
}

export function minus(a: Bounds, b: Bounds): Bounds {
  return each((bound) => a[bound] - b[bound]);
}

/** In whole nano-dollars, of at least 0 and at most the cost. */
export function partOf(cost: Bounds, part: Bounds, share = 1): Bounds {
  return each((bound) => Math.round(cost[bound] * Math.min(1, Math.max(0, part[bound] * share))));
}

/** How large `some` is beside `whole` at each bound; 0 of nothing. */
export function ratio(some: Bounds, whole: Bounds): Bounds {
  return each((bound) => (whole[bound] > 0 ? Math.min(1, Math.max(0, some[bound] / whole[bound])) : 0));
}

/** With the bounds in order: a technique may save more of a small cost than of a large one. */
export function rangeFrom({ low, expected, high }: Bounds, basis: Basis): Range {
  const ordered = [low, expected, high].sort((a, b) => a - b) as [number, number, number];
  return { low: ordered[0], expected, high: ordered[2], basis };
}
