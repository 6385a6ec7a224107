import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BLOCK_SIZE, FILTER_WORDS } from './block.ts';
import { type VisitWithin, visitWithin, webAssemblyVisitor } from './sign-distances.ts';

type Visits = readonly (readonly [at: number, distance: number])[];

function visits(visitor: VisitWithin, filters: Uint32Array, signs: Uint32Array, max: number): Visits {
  const visited: [number, number][] = [];
  visitor(filters, signs, max, (at, distance) => visited.push([at, distance]));
  return visited;
}

/** Counted digit by digit. */
function expected(filters: Uint32Array, signs: Uint32Array, max: number): Visits {
  const count = filters.length / FILTER_WORDS;
  const ones = (word: number): number => (word >>> 0).toString(2).replaceAll('0', '').length;
  return Array.from({ length: count }, (_, at) => {
    const words = Array.from({ length: FILTER_WORDS }, (_, word) => filters[at + word * count] as number);
    return [at, words.reduce((sum, word, index) => sum + ones(word ^ (signs[index] as number)), 0)] as const;
  }).filter(([, distance]) => distance <= max);
}

const inWebAssembly = webAssemblyVisitor();

test('this Node runs the WebAssembly', () => {
  expect(inWebAssembly).not.toBeNull();
});

const VISITORS = Object.entries({ WebAssembly: inWebAssembly as VisitWithin, JavaScript: visitWithin });

test.each(VISITORS)('%s visits what is near enough, in order, with its distance', (_, visitor) => {
  const word = fc.oneof(fc.nat({ max: 2 ** 32 - 1 }), fc.constantFrom(0, 1, 2 ** 31, 2 ** 32 - 1));
  const words = (length: number) =>
    fc.array(word, { minLength: length, maxLength: length }).map((list) => Uint32Array.from(list));
  fc.assert(
    fc.property(
      fc.constantFrom(4, 16, 64).chain((count) => words(count * FILTER_WORDS)),
      words(FILTER_WORDS),
      fc.integer({ min: 0, max: FILTER_WORDS * 32 }),
      (filters, signs, max) => {
        expect(visits(visitor, filters, signs, max)).toEqual(expected(filters, signs, max));
      },
    ),
  );
});

test.each(VISITORS)('%s counts from no sign to all of them, in a full block', (_, visitor) => {
  const same = new Uint32Array(BLOCK_SIZE * FILTER_WORDS);
  const signs = new Uint32Array(FILTER_WORDS);
  expect(visits(visitor, same, signs, 0)).toEqual(Array.from({ length: BLOCK_SIZE }, (_, at) => [at, 0]));
  signs.fill(2 ** 32 - 1);
  expect(visits(visitor, same, signs, 127)).toEqual([]);
  expect(visits(visitor, same, signs, 128)).toEqual(Array.from({ length: BLOCK_SIZE }, (_, at) => [at, 128]));
});
