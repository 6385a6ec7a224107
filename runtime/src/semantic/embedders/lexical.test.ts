import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { judge } from '../judge/judge.ts';
import { vectorIndex } from '../vectors/vector-index.ts';
import { lexicalVector } from './lexical.ts';

interface Pair {
  readonly a: string;
  readonly b: string;
  readonly same: boolean;
  readonly lang: 'en' | 'es';
}

const PAIRS = readFileSync(new URL('../../../../test/fixtures/semantic/questions.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Pair);

test('every question that the judge accepts is among the eight nearest', () => {
  const index = vectorIndex(512);
  for (const [id, { a }] of PAIRS.entries()) index.set(String(id), lexicalVector(a));
  const accepted = [...PAIRS.entries()].filter(([, { a, b, lang }]) => judge(a, b, lang).outcome === 'same');
  expect(accepted.length).toBeGreaterThan(50);
  for (const [, { a, b, lang }] of accepted) {
    const near = index.nearest(lexicalVector(b), 8).map(({ id }) => PAIRS[Number(id)]?.a ?? '');
    expect(
      near.some((text) => judge(text, b, lang).outcome === 'same'),
      `${a} | ${b}`,
    ).toBe(true);
  }
});

test.each(['', '?', '\uD800', '如何取消订阅', 'x'.repeat(1_000_000)])('%j has a vector', (text) => {
  expect(lexicalVector(text).some((value) => value !== 0)).toBe(true);
});
