import { expect, test } from 'vitest';
import { proportion } from './proportion.ts';

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
