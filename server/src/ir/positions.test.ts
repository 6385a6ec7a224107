import { expect, test } from 'vitest';
import { createPositions } from './positions.ts';

test('lines and columns count from 1, in UTF-16 units', () => {
  const text = 'a\n😀b\n';
  const positions = createPositions(text);
  const at = (needle: string) => positions.at(text.indexOf(needle));
  expect(at('a')).toEqual({ cell: null, line: 1, column: 1 });
  expect(at('b')).toEqual({ cell: null, line: 2, column: 3 });
  expect(positions.at(text.length)).toEqual({ cell: null, line: 3, column: 1 });
});

test('every kind of line end ends a line once', () => {
  const positions = createPositions('a\r\nb\rc\nd');
  expect([0, 3, 5, 7].map((offset) => positions.lineOf(offset))).toEqual([1, 2, 3, 4]);
  expect(positions.at(1)).toEqual({ cell: null, line: 1, column: 2 });
});

test('in a notebook the cell is named, and lines count in it', () => {
  const text = 'a = 1\nb = 2\nc = 3\nd = 4\n';
  const positions = createPositions(text, [
    { index: 1, start: 0, end: 11 },
    { index: 4, start: 12, end: 23 },
  ]);
  expect(positions.at(text.indexOf('b'))).toEqual({ cell: 1, line: 2, column: 1 });
  expect(positions.at(text.indexOf('c'))).toEqual({ cell: 4, line: 1, column: 1 });
  expect(positions.at(text.indexOf('= 4'))).toEqual({ cell: 4, line: 2, column: 3 });
  expect(positions.lineOf(text.indexOf('d'))).toBe(4);
});

test('an empty text has one line', () => {
  expect(createPositions('').at(0)).toEqual({ cell: null, line: 1, column: 1 });
  expect(createPositions('', []).at(5)).toMatchObject({ cell: null, line: 1 });
});
