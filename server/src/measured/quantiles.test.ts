import { expect, test } from 'vitest';
import { createQuantiles } from './quantiles.ts';

test('quantiles are within 1% of the true ones, in whatever order and size the values come', () => {
  // Multiples of a prime, so that every remainder comes once, in no order.
  const values = Array.from({ length: 10_007 }, (_, index) => ((index * 7919) % 10_007) ** 2);
  const quantiles = createQuantiles();
  for (const value of values) quantiles.add(value);
  const sorted = values.toSorted((a, b) => a - b);
  const spread = quantiles.spread();
  for (const [name, share] of [
    ['p5', 0.05],
    ['p50', 0.5],
    ['p95', 0.95],
    ['p99', 0.99],
  ] as const) {
    const exact = sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
    expect(Math.abs((spread?.[name] ?? 0) - exact)).toBeLessThanOrEqual(exact * 0.0101);
  }
  expect(spread?.max).toBe(10_006 ** 2);
});

test('nothing has no quantiles, and zeros are zeros', () => {
  expect(createQuantiles().spread()).toBeNull();
  const zeros = createQuantiles();
  zeros.add(0, 5);
  expect(zeros.spread()).toEqual({ p5: 0, p50: 0, p95: 0, p99: 0, max: 0 });
});
