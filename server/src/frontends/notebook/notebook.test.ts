import { describe, expect, test } from 'vitest';
import { createPositions } from '../../ir/positions.ts';
import { python } from '../python/python.ts';
import { parseNotebook, readNotebook } from './notebook.ts';

const code = (source: string | string[]): object => ({ cell_type: 'code', source, outputs: [], metadata: {} });
const prose = { cell_type: 'markdown', source: ['# Title\n', 'f()'] };

function notebook(cells: readonly object[], metadata: object = {}): string {
  return JSON.stringify({ cells, metadata, nbformat: 4 });
}

function textOf(json: string): string {
  const result = parseNotebook(json);
  if (!result.ok) throw new Error(result.message);
  return result.text;
}

test('code cells in order are one text; prose is left out but counted', () => {
  const json = notebook([code('a = 1'), prose, code(['b = 2\n', 'c = f(a,\n', '      b)'])]);
  const result = parseNotebook(json);
  expect(result).toMatchObject({ ok: true, language: 'python', text: 'a = 1\nb = 2\nc = f(a,\n      b)\n' });
  const cells = result.ok ? result.cells : [];
  expect(cells).toEqual([
    { index: 0, start: 0, end: 5 },
    { index: 2, start: 6, end: 29 },
  ]);
  const text = textOf(json);
  expect(createPositions(text, cells).at(text.indexOf('f(a'))).toEqual({ cell: 2, line: 2, column: 5 });
});

test('a cell ends what it leaves open: the cells behind it stay code', () => {
  const open = ['x = f(', 'y = """', 'z = [{"a": f("""b', 'w = "\\', 'v = (1, # (\n  "(")'];
  for (const source of open) {
    const text = textOf(notebook([code(source), code('def g():\n    h()')]));
    const { body } = python.lower(text, 'n.ipynb');
    expect(body.at(-1), text).toMatchObject({ kind: 'declare', target: { name: 'g' } });
  }
  expect(textOf(notebook([code('a = ")("'), code('b')]))).toBe('a = ")("\nb\n');
});

test('nbformat 3 keeps cells in worksheets, and code in input', () => {
  const worksheets = [
    { cells: [{ cell_type: 'code', input: ['a = 1'], language: 'python' }] },
    { cells: [prose, { cell_type: 'code', input: 'b' }] },
  ];
  expect(parseNotebook(JSON.stringify({ worksheets, nbformat: 3 }))).toMatchObject({
    ok: true,
    text: 'a = 1\nb\n',
    cells: [{ index: 0 }, { index: 2 }],
  });
});

describe('languages', () => {
  test.each([
    [{}, 'python'],
    [{ kernelspec: { name: 'conda-env-x-py' } }, 'python'],
    [{ kernelspec: { name: 'python3', language: 'python' } }, 'python'],
    [{ language_info: { name: 'coconut' } }, 'python'],
    [{ kernelspec: { name: 'deno' } }, 'typescript'],
    [{ kernelspec: { name: 'tslab' }, language_info: { name: 'typescript' } }, 'typescript'],
    [{ kernelspec: { name: 'ir' } }, null],
    [{ kernelspec: { name: 'x' }, language_info: { name: 'R' } }, null],
    [{ kernelspec: { name: 'julia-1.9', language: 'julia' } }, null],
  ])('%j', (metadata, language) => {
    const result = parseNotebook(notebook([code('a')], metadata));
    if (language === null) expect(result).toMatchObject({ ok: false, reason: 'unsupported' });
    else expect(result).toMatchObject({ ok: true, language });
  });

  test("a cell that is marked as another language's is left out", () => {
    const sql = { ...code('select 1'), metadata: { vscode: { languageId: 'sql' } } };
    expect(textOf(notebook([sql, code('a')]))).toBe('a\n');
  });

  test('a cell that an editor without the language has marked as plain text is code', () => {
    const plain = { ...code('a'), metadata: { vscode: { languageId: 'plaintext' } } };
    expect(textOf(notebook([plain]))).toBe('a\n');
  });

  test('a notebook in another language has no code, and is not a problem', () => {
    expect(readNotebook(notebook([code('x <- 1')], { kernelspec: { name: 'ir' } }))).toEqual({
      text: '',
      language: 'python',
      cells: [],
      problem: null,
    });
  });

  test('a kernel of TypeScript is read as that', () => {
    expect(readNotebook(notebook([code('const a: string = f()')], { kernelspec: { name: 'deno' } }))).toMatchObject({
      text: 'const a: string = f()\n',
      language: 'typescript',
      problem: null,
    });
  });
});

describe('broken notebooks', () => {
  test.each([
    ['', 'it is empty'],
    ['{\n "cells": [\n  }', 'it is not valid JSON (line 3)'],
    [`{\n${'\n'.repeat(2029)}<<<<<<< HEAD`, 'it is not valid JSON (line 2,031)'],
    ['{"cells": [', 'it is not valid JSON (line 1)'],
    ['[]', 'it is not a notebook (it has no list of cells)'],
    ['{"cells": {}}', 'it is not a notebook (it has no list of cells)'],
    ['[['.repeat(100_000), 'it is not valid JSON (line 1)'],
  ])('%.20j: %s', (json, message) => {
    expect(parseNotebook(json)).toEqual({ ok: false, reason: 'broken', message });
    expect(readNotebook(json)).toMatchObject({
      text: '',
      problem: `not read: ${message}. Everything else was scanned.`,
    });
  });

  test('what is wrong with a cell leaves the others', () => {
    expect(textOf(notebook([{ cell_type: 'code' }, code([1, 'a\n', null] as never), {}, code('b')]))).toBe(
      '\na\n\nb\n',
    );
    expect(textOf('{"cells": [null, 3, {"cell_type": "code", "source": "a"}]}')).toBe('a\n');
  });

  test('a byte order mark, and the NaN that Python writes, are read', () => {
    expect(textOf(`\ufeff${notebook([code('a')])}`)).toBe('a\n');
    expect(textOf('{"cells": [{"cell_type": "code", "source": "a", "outputs": [NaN, {"x": -Infinity}]}]}')).toBe('a\n');
  });
});
