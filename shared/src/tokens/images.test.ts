import { describe, expect, test } from 'vitest';
import { imageTokens, leastImageTokens } from './images.ts';
import type { ImageLaw } from './law.ts';

const tokens = (law: ImageLaw, width: number, height: number) =>
  imageTokens(law, { size: { width, height }, detail: null })?.[1];

describe('tokens of an image', () => {
  const tiles: ImageLaw = { kind: 'tiles', base: 85, tile: 170 };
  const patches: ImageLaw = { kind: 'patches', side: 32, max: 1536, factor: 1.62 };

  test('by tiles: the examples of the documentation', () => {
    expect(tokens(tiles, 1024, 1024)).toBe(765);
    expect(tokens(tiles, 2048, 4096)).toBe(1105);
    expect(imageTokens(tiles, { size: null, detail: 'low' })).toEqual([85, 85, 85]);
  });

  test('by patches: the examples of the documentation', () => {
    expect(tokens({ ...patches, factor: 1 }, 1024, 1024)).toBe(1024);
    expect(tokens({ ...patches, factor: 1 }, 1800, 2400)).toBe(1452);
  });

  test('by crops: recorded images of 3,008 by 2,000 and 1,024 by 1,024', () => {
    const crops: ImageLaw = { kind: 'crops', piece: 258, whole: 384 };
    expect(tokens(crops, 3008, 2000)).toBe(13 * 258);
    expect(tokens(crops, 1024, 1024)).toBe(5 * 258);
    expect(tokens(crops, 300, 384)).toBe(258);
  });

  test('are not known without a size, but never fewer than the least', () => {
    for (const law of [tiles, patches]) {
      expect(imageTokens(law, { size: null, detail: 'high' })).toBeNull();
      expect(leastImageTokens(law)).toBeLessThanOrEqual(tokens(law, 1, 1) ?? 0);
    }
    expect(imageTokens({ kind: 'fixed', tokens: [258, 258, 258] }, { size: null, detail: null })).toEqual([
      258, 258, 258,
    ]);
  });
});
