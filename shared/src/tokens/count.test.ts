import { describe, expect, test } from 'vitest';
import { countTokens } from './count.ts';
import { FAMILY_FACTORS } from './families.ts';

const english =
  'You are a careful assistant. Answer the question in one short paragraph and name your sources. '.repeat(20);
const spanish =
  'Eres un asistente cuidadoso. Responde la pregunta en un párrafo breve y también nombra tus fuentes según corresponda. '.repeat(
    20,
  );
const chinese = '你是一名细心的助手。请用一小段话回答问题，并说明你的资料来源。'.repeat(20);
const code = 'const total = items.map((item) => item.price * item.count).reduce((a, b) => a + b, 0);\n'.repeat(20);

describe('countTokens', () => {
  test('is exact and literal for OpenAI vocabularies', () => {
    expect(countTokens('Hello, world', 'o200k')).toEqual({ low: 3, expected: 3, high: 3, basis: 'literal' });
    expect(countTokens('Hello, world', 'cl100k')).toEqual({ low: 3, expected: 3, high: 3, basis: 'literal' });
  });

  test('is nothing for nothing, in every family', () => {
    for (const family of ['o200k', 'claude', 'unknown'] as const) {
      expect(countTokens('', family)).toEqual({ low: 0, expected: 0, high: 0, basis: 'literal' });
    }
  });

  test.each(Object.keys(FAMILY_FACTORS) as (keyof typeof FAMILY_FACTORS)[])(
    '%s is an ordered, assumed range',
    (family) => {
      for (const text of ['x', english, spanish, chinese, code, `${english}${chinese}`]) {
        const range = countTokens(text, family);
        expect(range.basis).toBe('assumed');
        expect(range.low).toBeLessThanOrEqual(range.expected);
        expect(range.expected).toBeLessThanOrEqual(range.high);
        expect(range.low).toBeGreaterThan(0);
        expect(Number.isInteger(range.low + range.expected + range.high)).toBe(true);
      }
    },
  );

  test.each([
    ['english', english, 1.13],
    ['code', code, 1.13],
    ['spanish', spanish, 1.36],
    ['chinese', chinese, 1.21],
  ])('the ratio for claude follows the text: %s', (_, text, ratio) => {
    const base = countTokens(text, 'o200k').expected;
    expect(countTokens(text, 'claude').expected / base).toBeCloseTo(ratio, 1);
  });

  test('a mixed text lies between its parts', () => {
    const mixed = countTokens(english + chinese, 'gemini').expected / countTokens(english + chinese, 'o200k').expected;
    expect(mixed).toBeGreaterThan(0.9);
    expect(mixed).toBeLessThan(1.09);
  });

  test('the newer Claude tokenizer gives about 30% more than the older', () => {
    const ratio = countTokens(english, 'claude-2026').expected / countTokens(english, 'claude').expected;
    expect(ratio).toBeCloseTo(1.3, 1);
  });
});
