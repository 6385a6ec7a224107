import { expect, test } from 'vitest';
import { proportion, shareAtMost } from './proportion.ts';

test.each([
  [0, 100, 0, 0.037],
  [3, 100, 0.0103, 0.0845],
  [50, 100, 0.4038, 0.5962],
  [10, 10, 0.7225, 1],
])('%i of %i: between %f and %f', (part, whole, low, high) => {
  const found = proportion(part, whole);
  expect(found?.low).toBeCloseTo(low, 3);
  expect(found?.high).toBeCloseTo(high, 3);
});

test('nothing is known without a case', () => {
  expect(proportion(0, 0)).toBeNull();
});

test.each([
  [0, 299, 0.00997],
  [0, 298, 0.01],
  [1, 473, 0.00999],
  [2, 100, 0.0616],
  [5, 5, 1],
])('%i of %i may be as much as %d', (part, whole, most) => {
  expect(shareAtMost(part, whole)).toBeCloseTo(most, 4);
});
