import { expect, test } from 'vitest';
import { formatDollars } from './dollars.ts';

test.each([
  [0, '$0.00'],
  [0.0000042, '$0.0000042'],
  [0.00042, '$0.00042'],
  [0.0043, '$0.0043'],
  [0.01142, '$0.0114'],
  [0.1, '$0.10'],
  [0.999, '$0.999'],
  [1.285, '$1.29'],
  [52.5, '$52.50'],
  [214.6, '$215'],
  [1240.2, '$1,240'],
])('%d is %s', (dollars, words) => {
  expect(formatDollars(dollars)).toBe(words);
});
