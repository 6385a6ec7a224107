/** Tokens of an image, by the formulas that providers publish. */

import type { ImageSize } from './image-size.ts';
import type { Bounds, ImageLaw } from './law.ts';
import type { SentImage } from './request.ts';

const TILE = 512;
const LONGEST_SIDE = 2048;
const SHORTEST_SIDE = 768;

/** Null if the tokens depend on an unknown size. */
export function imageTokens(law: ImageLaw, image: SentImage): Bounds | null {
  if (law.kind === 'fixed') return law.tokens;
  if (law.kind === 'tiles' && image.detail === 'low') return exact(law.base);
  if (image.size === null) return null;
  switch (law.kind) {
    case 'tiles':
      return exact(tiles(law, image.size));
    case 'crops':
      return exact(crops(law, image.size));
    case 'patches':
      return exact(patches(law, image.size));
  }
}

/** The minimum number of tokens of any image. */
export function leastImageTokens(law: ImageLaw): number {
  switch (law.kind) {
    case 'fixed':
      return law.tokens[0];
    case 'tiles':
      return law.base;
    case 'crops':
      return law.piece;
    case 'patches':
      return Math.ceil(law.factor) + (law.base ?? 0);
  }
}

function exact(tokens: number): Bounds {
  return [tokens, tokens, tokens];
}

function tiles({ base, tile }: Extract<ImageLaw, { kind: 'tiles' }>, { width, height }: ImageSize): number {
  const fit = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const shrink = Math.min(1, SHORTEST_SIDE / (Math.min(width, height) * fit));
  const across = Math.ceil((width * fit * shrink) / TILE);
  const down = Math.ceil((height * fit * shrink) / TILE);
  return base + tile * across * down;
}

const SHORTEST_CROP = 256;
const LONGEST_CROP = 768;

function crops({ piece, whole }: Extract<ImageLaw, { kind: 'crops' }>, { width, height }: ImageSize): number {
  if (width <= whole && height <= whole) return piece;
  const side = Math.min(LONGEST_CROP, Math.max(SHORTEST_CROP, Math.floor(Math.min(width, height) / 1.5)));
  return piece * (1 + Math.ceil(width / side) * Math.ceil(height / side));
}

function patches(law: Extract<ImageLaw, { kind: 'patches' }>, size: ImageSize): number {
  const { side, max, factor, longest = Number.POSITIVE_INFINITY, base = 0 } = law;
  const fit = Math.min(1, longest / Math.max(size.width, size.height));
  const width = size.width * fit;
  const height = size.height * fit;
  const count = (scale: number): number => Math.ceil((width * scale) / side) * Math.ceil((height * scale) / side);
  if (count(1) <= max) return Math.ceil(count(1) * factor) + base;
  // Scaled down until the patches fit, and then until one side is a whole number of patches.
  const shrink = Math.sqrt((side * side * max) / (width * height));
  const across = (width * shrink) / side;
  const down = (height * shrink) / side;
  const whole = shrink * Math.min(Math.floor(across) / across, Math.floor(down) / down);
  return Math.ceil(Math.min(max, count(whole)) * factor) + base;
}
