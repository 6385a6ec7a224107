import { expect, test } from 'vitest';
import { delayBefore } from './retry.ts';

test.each([
  [0, 125, 250],
  [1, 250, 500],
  [3, 1000, 2000],
  [5, 4000, 8000],
  [50, 4000, 8000],
])('before retry %i the wait is between %i and %i ms, and differs', (round, min, max) => {
  const delays = Array.from({ length: 50 }, () => delayBefore(round, null) ?? Number.NaN);
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(min);
  expect(Math.max(...delays)).toBeLessThanOrEqual(max);
  expect(new Set(delays).size).toBeGreaterThan(1);
});
