import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWordSearch } from './word-search.ts';

const GROUPS = { plain: ['abca', 'abcab', 'cabb', ':a/b'], dotted: ['caba.', 'bbbb.'], both: ['abca', 'aaaa.x'] };
const search = createWordSearch(GROUPS);

function searchPlainly(text: string): number {
  const isThere = (word: string) =>
    /^\w+\.$/.test(word) ? new RegExp(`${word.slice(0, -1)}\\s*\\.`).test(text) : text.includes(word);
  return Object.values(GROUPS).reduce((found, words, index) => found | (words.some(isThere) ? 1 << index : 0), 0);
}

describe('a search for words', () => {
  it.each([
    ['', 0],
    ['abc', 0],
    ['abca', 5],
    ['xxabcab', 5],
    ['\u6161bca', 0],
    ['\u6161abca\u6161', 5],
    ['caba', 0],
    ['caba.', 2],
    ['caba \n\t.', 2],
    ['abcaba.aaaa.x', 7],
  ])('%j', (text, kinds) => expect(search(text)).toBe(kinds));

  it('finds what looking at every character finds', () => {
    const text = fc.string({ unit: fc.constantFrom(...'aaabbbc./: x\u0161'), maxLength: 60 });
    fc.assert(
      fc.property(text, (given) => {
        expect(search(given)).toBe(searchPlainly(given));
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuses words that are shorter than its window', () => {
    expect(() => createWordSearch({ short: ['abc'] })).toThrow('abc is too short');
  });
});
