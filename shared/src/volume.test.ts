import { describe, expect, test } from 'vitest';
import { parseVolume } from './volume.ts';

describe('parseVolume', () => {
  test.each([
    ['50k/month', 50_000],
    ['50k', 50_000],
    ['1.5M / month', 1_500_000],
    ['1.1k', 1_100],
    ['2000/day', 60_000],
    ['2k per day', 60_000],
    ['1,200', 1_200],
    ['0', 0],
    [800, 800],
    ['3b', 3_000_000_000],
  ])('%j is %d calls a month', (text, calls) => {
    expect(parseVolume(text)).toBe(calls);
  });

  test.each(['', 'k', 'lots', '-5', '1.5', '50k/year', '1e9', '2000b', '5 k k', Number.NaN, -1, 0.5])(
    '%j is no volume',
    (text) => {
      expect(parseVolume(text)).toBeNull();
    },
  );
});
