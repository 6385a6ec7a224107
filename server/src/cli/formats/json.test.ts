import { expect, test } from 'vitest';
import { callFixture, reportFixture } from './fixture.ts';
import { formatJson } from './json.ts';

const CALL = callFixture({});
const REPORT = reportFixture();

const textOf = (report: typeof REPORT): string => [...formatJson(report)].join('');

test('the pieces are the report as JSON, however long its lists are', () => {
  const long = { ...REPORT, calls: Array.from({ length: 300 }, (_, line) => ({ ...CALL, line })) };
  for (const report of [REPORT, long, { ...REPORT, calls: [], diagnostics: [], problems: [] }]) {
    expect(textOf(report)).toBe(`${JSON.stringify(report, null, 2)}\n`);
  }
});

test('a long report is never one text', () => {
  const sizesOf = (count: number): readonly number[] =>
    [...formatJson({ ...REPORT, calls: Array.from({ length: count }, () => CALL) })].map(({ length }) => length);
  expect(Math.max(...sizesOf(1000))).toBeLessThan(100_000);
  expect(sizesOf(1000).length).toBeGreaterThan(10);
});

test('what an escape protects is escaped in every piece', () => {
  const calls = Array.from({ length: 300 }, () => ({ ...CALL, function: '\u001b[2J##[error]' }));
  const text = textOf({ ...REPORT, calls });
  expect(text).not.toContain('\u001b');
  expect(text).not.toContain('##[');
  expect(JSON.parse(text).calls).toEqual(calls);
});
