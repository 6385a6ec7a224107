import { BASES, type Basis } from './vocabulary.ts';

/**
 * A figure with its uncertainty: bounds, expectation, and basis. The unit is up to the user of the type: tokens, or
 * integer nano-dollars. `low <= expected <= high`.
 */
export interface Range {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
  readonly basis: Basis;
}

/** A range without width. */
export function exactly(value: number, basis: Basis): Range {
  return { low: value, expected: value, high: value, basis };
}

/** The weakest of several bases: a sum is no more certain than its weakest part. `measured` if there are none. */
export function weakestBasis(...bases: readonly Basis[]): Basis {
  if (bases.length === 0) return 'measured';
  let weakest = 0;
  for (const basis of bases) weakest = Math.max(weakest, BASES.indexOf(basis));
  return BASES[weakest] as Basis;
}

/** Bounds, expectations and bases added up. The sum of nothing is an exact 0. */
export function sumRanges(ranges: readonly Range[]): Range {
  if (ranges.length === 0) return exactly(0, 'literal');
  let low = 0;
  let expected = 0;
  let high = 0;
  let weakest = 0;
  for (const range of ranges) {
    low += range.low;
    expected += range.expected;
    high += range.high;
    weakest = Math.max(weakest, BASES.indexOf(range.basis));
  }
  return { low, expected, high, basis: BASES[weakest] as Basis };
}

/** All three figures times `factor`. */
export function scaleRange({ low, expected, high, basis }: Range, factor: number): Range {
  return { low: low * factor, expected: expected * factor, high: high * factor, basis };
}

/** The range that holds all of them, in whole numbers: one of several possibilities. Null where there are none. */
export function eitherRange(ranges: readonly Range[]): Range | null {
  if (ranges.length === 0) return null;
  const expected = ranges.reduce((sum, range) => sum + range.expected, 0) / ranges.length;
  return {
    low: Math.min(...ranges.map(({ low }) => low)),
    expected: Math.round(expected),
    high: Math.max(...ranges.map(({ high }) => high)),
    basis: weakestBasis(...ranges.map(({ basis }) => basis), ...(ranges.length > 1 ? (['assumed'] as const) : [])),
  };
}
