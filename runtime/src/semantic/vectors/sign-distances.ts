/**
 * The vectors of a block that differ from another vector in few of the first signs. This is the pass of a search that looks at
 * all vectors, so it runs as WebAssembly, four vectors at a time, and as JavaScript where there is none. Both find the same.
 */
import { once } from '../../support/once.ts';
import { onesInBytes, onesInThree, sumOfBytes } from './bits.ts';
import { BLOCK_SIZE, FILTER_WORDS } from './block.ts';
import { signDistancesModule } from './sign-distances-module.ts';

/**
 * Calls `visit` for each vector that differs in at most `max` signs.
 *
 * @param filters the first words of all vectors, then their second ones, and so on: of a multiple of 4 vectors, at most
 * `BLOCK_SIZE`
 * @param signs the words that they are compared with
 */
export type VisitWithin = (
  filters: Uint32Array,
  signs: Uint32Array,
  max: number,
  visit: (at: number, distance: number) => void,
) => void;

export const visitWithin: VisitWithin = (filters, signs, max, visit) => {
  const [a, b, c, d] = signs as unknown as readonly [number, number, number, number];
  const count = filters.length / FILTER_WORDS;
  for (let at = 0; at < count; at++) {
    const three = onesInThree(
      (filters[at] as number) ^ a,
      (filters[at + count] as number) ^ b,
      (filters[at + 2 * count] as number) ^ c,
    );
    const distance = three + sumOfBytes(onesInBytes((filters[at + 3 * count] as number) ^ d));
    if (distance <= max) visit(at, distance);
  }
};

/** Null where WebAssembly, or its SIMD, is missing or switched off. */
export function webAssemblyVisitor(): VisitWithin | null {
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(signDistancesModule()));
    const { memory, compare } = exports as SignDistancesExports;
    // Blocks are copied here one after the other: a memory for each index would take 10 GB of address space.
    const copied = new Uint32Array(memory.buffer, 0, BLOCK_SIZE * FILTER_WORDS);
    const distances = new Int32Array(memory.buffer, copied.byteLength, BLOCK_SIZE);
    const near = new Int32Array(memory.buffer, copied.byteLength + distances.byteLength, BLOCK_SIZE / 4);
    return (filters, signs, max, visit) => {
      const [a, b, c, d] = signs as unknown as readonly [number, number, number, number];
      copied.set(filters);
      const groups = compare((filters.length / FILTER_WORDS) * BYTES, a, b, c, d, max) / BYTES;
      for (let group = 0; group < groups; group++) {
        const start = (near[group] as number) / BYTES;
        for (let at = start; at < start + 4; at++) {
          const distance = distances[at] as number;
          if (distance <= max) visit(at, distance);
        }
      }
    };
  } catch {
    return null;
  }
}

/** The faster one, made for the first index. */
export const visitorWithin = once((): VisitWithin => webAssemblyVisitor() ?? visitWithin);

const BYTES = Uint32Array.BYTES_PER_ELEMENT;

/** What is used of it: the types of the language and of Node leave it out. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

interface SignDistancesExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  /** @returns the size in bytes of the list of groups */
  readonly compare: (stride: number, a: number, b: number, c: number, d: number, max: number) => number;
}
