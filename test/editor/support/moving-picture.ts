/** A picture that moves: screenshots of a page, one after the other, as an animated PNG. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import UPNG from 'upng-js';
import { takePicture } from './pictures.ts';

/** Enough for the theme's colours and the edges of letters. */
const COLOURS = 256;

export interface MovingPicture {
  /** Adds what the page shows now, for so many milliseconds. */
  readonly add: (milliseconds: number) => Promise<void>;
  /** Writes it; resolves to the file and its size in bytes. */
  readonly save: () => Promise<{ readonly path: string; readonly bytes: number }>;
}

export function createMovingPicture(page: Page, name: string): MovingPicture {
  const frames: { readonly pixels: ArrayBuffer; readonly milliseconds: number }[] = [];
  const size = { width: 0, height: 0 };
  let path = '';
  return {
    add: async (milliseconds) => {
      // The last frame's file is replaced by the whole.
      path = await takePicture(page, name);
      const image = UPNG.decode(Uint8Array.from(readFileSync(path)).buffer);
      Object.assign(size, { width: image.width, height: image.height });
      const [pixels] = UPNG.toRGBA8(image);
      if (pixels) frames.push({ pixels, milliseconds });
    },
    save: async () => {
      const pixels = frames.map((frame) => frame.pixels);
      const delays = frames.map(({ milliseconds }) => milliseconds);
      const encoded = Buffer.from(UPNG.encode(pixels, size.width, size.height, COLOURS, delays));
      writeFileSync(path, encoded);
      return { path, bytes: encoded.length };
    },
  };
}
