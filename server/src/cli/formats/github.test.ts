import { expect, test } from 'vitest';
import { callFixture, contextFixture, findingFixture, reportFixture } from './fixture.ts';
import { formatGithub } from './github.ts';

function linesOf(changes: Parameters<typeof reportFixture>[0] = {}): string[] {
  return formatGithub(reportFixture(changes), contextFixture).trimEnd().split('\n');
}

test('a finding is an annotation on its lines', () => {
  expect(linesOf()[0]).toBe(
    '::warning file=src/answer.ts,line=42,endLine=1,title=unbounded-output::No output limit: one answer can run to 128,000 tokens ($1.28).',
  );
  const [line] = linesOf({ diagnostics: [findingFixture({ endLine: 42, endColumn: 30, severity: 'error' })] });
  expect(line).toContain('::error file=src/answer.ts,line=42,endLine=42,col=18,endColumn=30,title=');
});

test('a notebook points at the line of the file that holds the code, and names the cell', () => {
  expect(linesOf()[1]).toMatch(
    /^::notice file=notebooks\/rag\.ipynb,line=302,endLine=301,title=embedding-in-loop::cell 4, 2:1: One request/,
  );
  const context = { ...contextFixture, linesInFile: () => null };
  expect(formatGithub(reportFixture(), context)).toContain('::notice file=notebooks/rag.ipynb,title=');
});

test('nothing in a path or a message can end the command or begin another', () => {
  const [line, next] = linesOf({
    diagnostics: [findingFixture({ path: 'a,b:c%.ts', message: '100%\n::error::x\r' })],
    problems: [],
  });
  expect(line).toContain('file=a%2Cb%3Ac%25.ts,');
  expect(line).toMatch(/::100%25%0A::error::x%0D$/);
  expect(next).toMatch(/^3 calls/);
});

test('problems are warnings, and the counts close the log', () => {
  const lines = linesOf();
  expect(lines[2]).toBe('::warning file=old.ipynb,title=farthing::not read: it is not valid JSON (line 2,031).');
  expect(lines.at(-1)).toBe('2 findings: 1 warning, 1 information');
});

test('the most severe come first, then those at the most expensive calls, since few are shown', () => {
  const cost = (dollars: number) => ({
    ...callFixture({}).cost,
    perCall: { low: dollars, expected: dollars, high: dollars, basis: 'assumed' as const },
    perMonth: null,
  });
  const calls = [callFixture({ id: 'cheap', cost: cost(0.001) }), callFixture({ id: 'costly', cost: cost(0.2) })];
  const diagnostics = [
    findingFixture({ path: 'a.ts', call: null, severity: 'warning' }),
    findingFixture({ path: 'b.ts', call: 'cheap', severity: 'warning' }),
    findingFixture({ path: 'c.ts', call: 'costly', severity: 'warning' }),
    findingFixture({ path: 'd.ts', call: 'cheap', severity: 'error' }),
  ];
  const paths = linesOf({ calls, diagnostics }).flatMap((line) => /file=(\w\.ts)/.exec(line)?.[1] ?? []);
  expect(paths).toEqual(['d.ts', 'c.ts', 'b.ts', 'a.ts']);
});
