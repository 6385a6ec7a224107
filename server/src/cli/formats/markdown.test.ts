import { expect, test } from 'vitest';
import { callFixture, contextFixture, findingFixture, reportFixture } from './fixture.ts';
import { formatMarkdown } from './markdown.ts';

/** The number of cells in a table row, split at unescaped pipes. */
function cellsOf(row: string): number {
  return row.split(/(?<!\\)\|/).length - 2;
}

test('a table of findings and a folded table of calls', () => {
  const text = formatMarkdown(reportFixture(), contextFixture);
  expect(text).toContain(
    '| `src/answer.ts:42` | warning | [`unbounded-output`](https://example.org/unbounded-output) |',
  );
  expect(text).toContain('| `notebooks/rag.ipynb, cell 4, 2:1` | information |');
  expect(text).toContain('<details><summary>All calls</summary>\n\n| location');
  expect(text).toContain('$215 per month, declared, for the 1 call');
  expect(text).toContain('- `old.ipynb`: not read');
});

test('no text can break out of its cell', () => {
  const message = 'a | b\n<img src=x> @everyone [x](y) `code`';
  const text = formatMarkdown(
    reportFixture({ diagnostics: [findingFixture({ message, path: 'a|b.ts' })] }),
    contextFixture,
  );
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  expect(rows.map(cellsOf)).toEqual([4, 4, 4, 6, 6, 6, 6, 6]);
  expect(text).not.toContain('<img');
  expect(text).not.toContain('@everyone');
  expect(text).toContain('\\[x\\](y) \\`code\\`');
});

test('a long report stays under the size of a comment', () => {
  const calls = Array.from({ length: 5_000 }, (_, index) => callFixture({ id: `c${index}`, line: index + 1 }));
  const text = formatMarkdown(reportFixture({ calls, diagnostics: [] }), contextFixture);
  expect(text.length).toBeLessThan(65_536);
  expect(text).toContain('and 4,9');
});

test.each([
  ['long messages', 'x'.repeat(5_000)],
  ['long names in every column', '|`<&\u0000😀'.repeat(1_000)],
])('whatever the input: %s', (_, long) => {
  const calls = Array.from({ length: 3_000 }, (_, index) =>
    callFixture({
      id: `c${index}`,
      line: index + 1,
      path: long,
      via: [{ path: long, line: index, function: long + index }],
    }),
  );
  const diagnostics = calls.map(({ id, line }) =>
    findingFixture({ call: id, line, path: long, message: long, severity: line === 2_999 ? 'error' : 'hint' }),
  );
  const problems = calls.map(() => ({ path: long, message: long }));
  const prices = { source: long, date: '2026-09-22' };
  const text = formatMarkdown(reportFixture({ calls, diagnostics, problems, prices }), contextFixture);
  expect(text.length).toBeLessThan(65_536);
  expect(text.split('\n').find((line) => line.includes('| error |'))).toBeDefined();
  expect(text.isWellFormed()).toBe(true);
  expect(text).toContain('<summary>All calls</summary>');
});

test('feature calls are grouped by the function through which they go, the most expensive first', () => {
  const via = (name: string) => [{ path: 'src/llm.ts', line: 9, function: name }];
  const call = (id: string, name: string, dollars: number) =>
    callFixture({
      id,
      path: `src/${id}.ts`,
      via: via(name),
      cost: { ...callFixture({}).cost, perCall: { low: dollars, expected: dollars, high: dollars, basis: 'assumed' } },
    });
  const calls = [call('a', 'ask', 0.001), call('b', 'ask', 0.002), call('c', 'Judge.rate', 0.05)];
  const text = formatMarkdown(reportFixture({ calls }), contextFixture);
  expect(text).toContain(
    '| `Judge.rate` | 1 | $0.05 per call | `src/c.ts:42` |\n| `ask` | 2 | $1.00 to $2.00 per 1,000 calls | `src/b.ts:42` |',
  );
  expect(text.indexOf('`src/c.ts:42` | via')).toBeLessThan(text.indexOf('`src/a.ts:42` | via'));
});

test('the most severe findings come first', () => {
  const diagnostics = [
    findingFixture({ severity: 'hint', path: 'a.ts' }),
    findingFixture({ severity: 'error', path: 'z.ts' }),
  ];
  const text = formatMarkdown(reportFixture({ diagnostics }), contextFixture);
  expect(text.indexOf('z.ts')).toBeLessThan(text.indexOf('a.ts:'));
});
