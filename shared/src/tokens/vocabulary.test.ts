import { describe, expect, test } from 'vitest';
import { readCl100k } from './ranks.ts';
import { createVocabulary, packVocabulary } from './vocabulary.ts';

const encoder = new TextEncoder();
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const small = `! 0 ${['a', 'bc', 'def', 'ghij'].map(base64).join(' ')}`;

const rankIn = (vocabulary: ReturnType<typeof createVocabulary>, text: string): number => {
  const bytes = encoder.encode(`<${text}>`);
  return vocabulary.rank(bytes, 1, bytes.length - 1);
};

test('tokens of every length have the rank of their place, and all else has none', () => {
  const vocabulary = createVocabulary(small);
  expect(['a', 'bc', 'def', 'ghij'].map((text) => rankIn(vocabulary, text))).toEqual([0, 1, 2, 3]);
  expect(['', 'b', 'bcd', 'ghi', 'ghijk'].map((text) => rankIn(vocabulary, text))).toEqual([-1, -1, -1, -1, -1]);
});

test('what was packed says the same as the text, wherever in memory it stands', () => {
  const { bpe_ranks } = readCl100k();
  const text = String(bpe_ranks);
  const packed = packVocabulary(text);
  const shifted = new Uint8Array(packed.length + 1);
  shifted.set(packed, 1);
  const vocabularies = [text, packed, shifted.subarray(1)].map(createVocabulary);
  const tokens = text.split(' ').slice(2);
  for (let rank = 0; rank < tokens.length; rank += 97) {
    const bytes = Buffer.from(tokens[rank] ?? '', 'base64');
    expect(vocabularies.map((vocabulary) => vocabulary.rank(bytes, 0, bytes.length))).toEqual([rank, rank, rank]);
  }
});

describe('invalid vocabularies are refused', () => {
  test.each([
    ['no header', base64('a')],
    ['another first rank', '! 7 YQ=='],
    ['several lines', `${small}\n! 4 YQ==`],
    ['nothing', ''],
  ])('text: %s', (_, text) => {
    expect(() => createVocabulary(text)).toThrow('Not the ranks of a vocabulary');
  });

  test('bytes in another order, or of something else', () => {
    const swapped = Buffer.from(packVocabulary(small).slice(0, 12)).swap32();
    expect(() => createVocabulary(swapped)).toThrow('another byte order');
    expect(() => createVocabulary(new Uint8Array(64))).toThrow('damaged');
  });
});
