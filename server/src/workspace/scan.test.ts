import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { scan } from './scan.ts';
import { analyseAsks, makeTree, scanOptions, type Tree } from './testing.ts';

function scanTree(tree: Tree, changes: Parameters<typeof scanOptions>[1] = {}) {
  return scan(scanOptions(makeTree(tree), changes)).report;
}

test('calls are reported with relative paths, positions, dollars, in order', () => {
  const root = makeTree({ 'b/z.ts': '\n  ask("one"); ask(two)', 'a.py': 'ask("zero")\n', 'none.ts': 'tell()' });
  const { report } = scan(scanOptions(root));
  expect(
    report.calls.map(({ path, line, column, endLine, endColumn, model }) => [
      path,
      line,
      column,
      endLine,
      endColumn,
      model.value,
    ]),
  ).toEqual([
    ['a.py', 1, 1, 1, 12, 'zero'],
    ['b/z.ts', 2, 3, 2, 13, 'one'],
    ['b/z.ts', 2, 15, 2, 23, null],
  ]);
  expect(report.calls[0]?.cost.perCall).toEqual({ low: 0.00312, expected: 0.00312, high: 0.00312, basis: 'assumed' });
  expect(report).toMatchObject({ version: 2, root, stats: { files: 3, parsed: 2 }, problems: [] });
});

test('the same tree gives the same report', () => {
  const root = makeTree({ 'b.ts': 'ask("1"); ask("1")', 'a.ts': 'ask("2")' });
  const withoutTime = () => ({ ...scan(scanOptions(root)).report, stats: null });
  expect(withoutTime()).toEqual(withoutTime());
});

test('imports are followed across files, languages and notebooks', () => {
  const cells = [{ cell_type: 'code', source: 'from config import MODEL\nx = ask(MODEL)' }];
  const report = scanTree({
    'package.json': '{ "workspaces": ["packages/*"] }',
    'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
    'src/a.ts': 'import { MODEL } from "@/config"; ask(MODEL)',
    'src/b.ts': 'import { MODEL } from "@acme/models"; ask(MODEL)',
    'src/c.ts': 'import { TEXT } from "./config"; ask(TEXT)',
    'src/config.ts': 'export { MODEL } from "./constants.js"; const TEXT = read("prompt.txt")',
    'src/constants.ts': 'export const MODEL = "small"',
    'src/prompt.txt': 'be brief',
    'packages/models/package.json': '{ "name": "@acme/models", "main": "dist/index.js" }',
    'packages/models/src/index.ts': 'export const MODEL = "large"',
    'py/note.ipynb': JSON.stringify({ cells }),
    'py/config.py': 'MODEL = "tiny"',
  });
  expect(report.calls.map(({ path, model }) => `${path} ${model.value}`)).toEqual([
    'py/note.ipynb tiny',
    'src/a.ts small',
    'src/b.ts large',
    'src/c.ts be brief',
  ]);
});

test('each bad input is one problem, and the rest of the scan is complete', () => {
  const report = scanTree({
    'a-good.ts': 'ask("fine")',
    'b-syntax.ts': 'ask("before");\nconst = ;\nask("after")',
    'c-half.py': 'ask("before")\ndef f(\n',
    'd-binary.ts': Buffer.from([1, 0, 2, 0x61]),
    'e-latin1.py': Buffer.concat([Buffer.from('ask("x")\n# caf'), Buffer.from([0xe9, 0x0a])]),
    'f-large.js': `ask("x");\n${'const a = 1;\n'.repeat(420_000)}`,
    'g-notebook.ipynb': '{ "cells": [ask',
    'h-crash.ts': 'ask("crash")',
    'i-good.py': 'ask("fine")',
  });
  expect(report.problems.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    'b-syntax.ts: syntax error at line 2: what could be parsed was analysed. Correct it to see every call.',
    expect.stringMatching(/^c-half\.py: Farthing's parser stopped at line [23]; calls after it may be missing\.$/),
    'd-binary.ts: skipped: it is a binary file despite its name.',
    'e-latin1.py: not valid UTF-8 (line 2): read with replacement characters. Save it as UTF-8.',
    'f-large.js: skipped: 5.2 MB, larger than 2 MB. Name it on the command line to scan it.',
    'g-notebook.ipynb: not read: it is not valid JSON.',
    'h-crash.ts: not analysed: the analysis failed. Everything else was scanned.',
  ]);
  expect(report.calls.map(({ path, model }) => `${path} ${model.value}`)).toEqual([
    'a-good.ts fine',
    'b-syntax.ts before',
    'b-syntax.ts after',
    'c-half.py before',
    'e-latin1.py x',
    'i-good.py fine',
  ]);
});

test('code that is nested too deeply for the parser is a problem or is analysed, and the scan goes on', () => {
  const deep = `ask("x");\nconst x = ${'('.repeat(50_000)}1${')'.repeat(50_000)};`;
  const report = scanTree({ 'a.ts': deep, 'b.ts': 'ask("fine")' });
  expect(report.calls.map(({ path }) => path)).toContain('b.ts');
});

test('standard input stands for the file whose name it is given, which need not exist', () => {
  const root = makeTree({ 'src/config.ts': 'export const MODEL = "small"', 'src/other.ts': 'ask("other")' });
  const stdin = { path: join(root, 'src/new.ts'), text: 'import { MODEL } from "./config"\nask(MODEL)' };
  const { report } = scan(scanOptions(root, { stdin }));
  expect(report.calls.map(({ path, line, model }) => [path, line, model.value])).toEqual([['src/new.ts', 2, 'small']]);
  expect(report.stats.files).toBe(1);
});

test('progress is reported from none to all', () => {
  const seen: string[] = [];
  scanTree({ 'a.ts': '', 'b.ts': '' }, { onProgress: (done, total) => seen.push(`${done}/${total}`) });
  expect(seen).toEqual(['0/2', '1/2', '2/2']);
});

test('a program`s files are read only from the project', () => {
  const outside = makeTree({ 'secret.txt': 'secret' });
  const report = scanTree({
    'a.ts': `const P = read("..${outside}/secret.txt"); ask(P)`,
    'b.ts': `const P = read("../../../../../..${outside}/secret.txt"); ask(P)`,
  });
  expect(report.calls.map(({ model }) => model.value)).toEqual([null, null]);
});

test('a file outside the root keeps its whole path', () => {
  const other = makeTree({ 'x.ts': 'ask("1")' });
  const root = makeTree({ 'a.ts': 'ask("2")' });
  const { report } = scan(scanOptions(root, { paths: [root, other] }));
  expect(report.calls.map(({ path }) => path)).toEqual([join(other, 'x.ts'), 'a.ts']);
});

test('once a scan is over, no module stays in memory, although its workspace is open', async () => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const modules: WeakRef<object>[] = [];
  const { workspace } = scan(
    scanOptions(makeTree({ 'a.ts': 'ask("one")' }), {
      createAnalysis: (host) => {
        const analysis = analyseAsks(host);
        return {
          ...analysis,
          callsIn: (path) => {
            modules.push(new WeakRef(host.modules.load(path) ?? {}));
            return analysis.callsIn(path);
          },
        };
      },
    }),
  );
  await setImmediate();
  collect();
  expect(modules.map((module) => module.deref())).toEqual([undefined]);
  expect(workspace.report().calls).toMatchObject([{ line: 1, column: 1, endColumn: 11 }]);
});
