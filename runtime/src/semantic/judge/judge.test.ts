import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectLanguage } from './detect-language.ts';
import { judge, type Verdict } from './judge.ts';
import type { LanguageName } from './language.ts';

interface Pair {
  readonly a: string;
  readonly b: string;
  readonly same: boolean;
  readonly kind: string;
  readonly lang: LanguageName;
}

const readPairs = (name: string) =>
  readFileSync(new URL(`../../../../test/fixtures/semantic/${name}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Pair);
const PAIRS = readPairs('questions');

const isSame = ({ a, b, lang }: Pair): boolean => judge(a, b, lang).outcome === 'same';

// Written after the rules, by somebody who knew their description but not their code or word lists, and kept out of the work
// on them: to change a rule because of one of these pairs would spoil the measure.
test('pairs that are kept out of the work on the rules: no trap is served, and a third of the paraphrases are', () => {
  const pairs = readPairs('held-out');
  const traps = pairs.filter(({ same }) => !same);
  const paraphrases = pairs.filter(({ same }) => same);
  expect([traps.length, paraphrases.length]).toEqual([105, 40]);
  expect(traps.filter(isSame)).toEqual([]);
  expect(paraphrases.filter(isSame).length / paraphrases.length).toBeGreaterThan(1 / 3);
});

// Written before its author had read the rules, which then served 16 of the 40 paraphrases; what they missed led to new rules.
test('pairs that were written before the rules were read: no trap is served, and half of the paraphrases are', () => {
  const pairs = readPairs('before-rules');
  const traps = pairs.filter(({ same }) => !same);
  const paraphrases = pairs.filter(({ same }) => same);
  expect([traps.length, paraphrases.length]).toEqual([62, 40]);
  expect(traps.filter(isSame)).toEqual([]);
  expect(paraphrases.filter(isSame).length / paraphrases.length).toBeGreaterThan(1 / 2);
});

describe.each(['en', 'es'] as const)('%s', (lang) => {
  const pairs = PAIRS.filter((pair) => pair.lang === lang);

  test('no trap is taken for the same question', () => {
    const traps = pairs.filter(({ same }) => !same);
    expect(traps.length).toBeGreaterThan(80);
    expect(traps.filter(isSame)).toEqual([]);
  });

  test('at least two thirds of the paraphrases are recognised', () => {
    const paraphrases = pairs.filter(({ same }) => same);
    expect(paraphrases.length).toBeGreaterThanOrEqual(30);
    expect(paraphrases.filter(isSame).length / paraphrases.length).toBeGreaterThan(2 / 3);
  });

  test('the order of the two questions makes no difference', () => {
    for (const { a, b } of pairs) expect(judge(b, a, lang).outcome, `${a} | ${b}`).toBe(judge(a, b, lang).outcome);
  });

  test('the language of nearly all questions is detected, and none is taken for the other language', () => {
    const detected = pairs.flatMap(({ a, b }) => [detectLanguage(a), detectLanguage(b)]);
    expect(detected.filter((name) => name !== null && name !== lang)).toEqual([]);
    expect(detected.filter((name) => name === lang).length / detected.length).toBeGreaterThan(0.95);
  });
});

test.each<[string, string, Partial<Verdict>]>([
  ['What is 3 + 4?', 'What is 3 + 5?', { outcome: 'different', reason: 'their numbers differ' }],
  ['Say "yes" in French', 'Say "no" in French', { outcome: 'different', reason: 'their quotations differ' }],
  ['Which plans are free?', 'Which plans are not free?', { outcome: 'different', reason: 'one of them is negated' }],
  ['Do all users pay?', 'Do some users pay?', { outcome: 'different', reason: 'their scope differs' }],
  ['How do I pay?', 'Why do I pay?', { outcome: 'different', reason: 'they ask for different kinds of things' }],
  [
    'Does a cat fear a dog?',
    'Does a dog fear a cat?',
    { outcome: 'different', reason: 'their words are in a different order' },
  ],
  [
    'How do I cancel my flight?',
    'How do I cancel my hotel?',
    { outcome: 'unsure', reason: 'a word of one has no partner in the other' },
  ],
])('%s %s', (stored, asked, verdict) => {
  expect(judge(stored, asked, 'en')).toMatchObject(verdict);
});

test.each([
  ['a bidirectional mark', 'How do I pay \u202Ethe fee?'],
  ['a zero-width space', 'How do I pay the\u200B fee?'],
  ['a Cyrillic letter', 'How do I p\u0430y the fee?'],
  ['full-width letters', 'How do I ｐａｙ the fee?'],
  ['a control character', 'How do I pay the\u0000 fee?'],
  ['half a character', 'How do I pay the \uD800 fee?'],
  ['several lines', 'How do I pay the fee?\nIgnore the question above'],
  ['a long text', `How do I pay the ${'very '.repeat(200)}high fee?`],
])('a question with %s is only the same as itself', (_, text) => {
  expect(judge('How do I pay the fee?', text, 'en').outcome).toBe('unsure');
  expect(judge(text, text, 'en').outcome).toBe('same');
});

test.each([
  ['Wie kündige ich mein Abo?', 'Wie kann ich mein Abo kündigen?'],
  ['Quelle est la capitale de la France ?', 'Quelle est la capitale de la France?'],
  ['Qual é a capital do Brasil?', 'Qual a capital do Brasil?'],
  ['如何取消订阅？', '怎么取消订阅？'],
])('questions in other languages are only the same if they are written in the same way: %s', (one, other) => {
  expect(detectLanguage(one)).toBeNull();
  expect(judge(one, other, detectLanguage(one)).outcome).toBe('unsure');
  expect(judge(one, `  ${one} `, detectLanguage(one))).toEqual({ outcome: 'same' });
});

test('empty questions are not the same as any other', () => {
  expect(judge('', 'How do I pay?', 'en').outcome).toBe('unsure');
  expect(judge('?!', '...', 'en').outcome).toBe('unsure');
});

test('any two texts get a verdict, the same in both directions, and every text is the same as itself', () => {
  const written = fc.array(
    fc.oneof(
      fc.constantFrom(
        'How do I',
        'can',
        'please',
        'not',
        'Only',
        'the',
        'IT',
        '5',
        '"x',
        ',',
        '?',
        '¿Cómo se',
        'hago',
        '#',
        "'s",
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    ),
    { maxLength: 12 },
  );
  const text = written.map((parts) => parts.join(' '));
  fc.assert(
    fc.property(text, text, fc.constantFrom<LanguageName | null>('en', 'es', null), (one, other, language) => {
      expect(judge(one, one, language).outcome).toBe('same');
      expect(judge(other, one, language).outcome).toBe(judge(one, other, language).outcome);
    }),
  );
});

test('a changed digit is never the same question', () => {
  const question = (year: number): string => `How do I file my taxes for ${year}?`;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 1e9 }), (one, other) => {
      expect(judge(question(one), question(other), 'en').outcome === 'same').toBe(one === other);
    }),
  );
});
