import fc from 'fast-check';
import { expect, test } from 'vitest';
import { extract } from './extract.ts';
import { roughTokens } from './rough-tokens.ts';

const line = (index: number): string => `Line ${index} says that the weather is mild and the road is dry.\n`;
const LINES = Array.from({ length: 300 }, (_, index) => line(index));
const withFact = LINES.with(170, 'The refund period is thirty days for opened parcels.\n').join('');

test('the beginning, the end and what answers the question stay; gaps are counted', () => {
  const shorter = extract(withFact, 'How long is the refund period?', 400);
  expect(shorter.startsWith(line(0))).toBe(true);
  expect(shorter.endsWith(line(299))).toBe(true);
  expect(shorter).toContain('The refund period is thirty days for opened parcels.');
  expect(roughTokens(shorter)).toBeLessThan(440);
  const left = [...shorter.matchAll(/\[(\d+) passages? left out\]/g)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
  expect(left + shorter.split('\n').filter((one) => /^(Line|The refund)/.test(one)).length).toBe(300);
});

test('a result within the limit stays as it is', () => {
  expect(extract(withFact, '', 100_000)).toBe(withFact);
});

test('code fences and what is marked exact are never cut', () => {
  const code = `\`\`\`js\n${'const unrelated = 1;\n'.repeat(100)}\`\`\``;
  const exact = `<exact>${'keep this '.repeat(100)}</exact>`;
  const shorter = extract(`${withFact}\n${code}\n${withFact}\n${exact}\n${withFact}`, 'refund', 300);
  expect(shorter).toContain(code);
  expect(shorter).toContain(exact);
  expect(shorter).toContain('passages left out');
});

test('an array keeps whole elements: first, last and best', () => {
  const rows = Array.from({ length: 400 }, (_, id) => ({
    id,
    city: id === 222 ? 'Reykjavik' : `City ${id}`,
    size: 1.5,
  }));
  const text = JSON.stringify(rows).replaceAll('1.5', '1.50');
  const shorter = extract(text, 'Is Reykjavik on the list?', 500);
  const parsed = JSON.parse(shorter) as unknown[];
  expect(parsed[0]).toEqual(rows[0]);
  expect(parsed.at(-1)).toEqual(rows.at(-1));
  expect(parsed).toContainEqual(rows[222]);
  expect(shorter).toContain('"size":1.50');
  const left = parsed
    .filter((one) => typeof one === 'string')
    .map((one) => Number(/^\[(\d+) of 400/.exec(one as string)?.[1]));
  expect(left.reduce((sum, count) => sum + count, 0)).toBe(400 - parsed.length + left.length);
  expect(roughTokens(shorter)).toBeLessThan(560);
});

test('long texts and lists inside of an object are shortened, and its short members stay', () => {
  const text = JSON.stringify({ status: 'ok', total: 300, page: withFact, rows: LINES });
  const parsed = JSON.parse(extract(text, 'refund period', 600)) as Record<string, unknown>;
  expect(Object.keys(parsed)).toEqual(['status', 'total', 'page', 'rows']);
  expect([parsed.status, parsed.total]).toEqual(['ok', 300]);
  expect(parsed.page).toContain('thirty days');
  expect((parsed.rows as unknown[]).length).toBeLessThan(100);
});

test('whatever the JSON, it stays JSON and never grows', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { maxLength: 30 }), fc.integer({ min: 1, max: 60 }), (value, limit) => {
      const text = JSON.stringify(value);
      const shorter = extract(text, 'a b c', limit);
      JSON.parse(shorter);
      expect(shorter.length).toBeLessThanOrEqual(text.length);
    }),
  );
});
