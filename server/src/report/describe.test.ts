import { expect, test } from 'vitest';
import { byPosition } from './describe.ts';

const at = (path: string, cell: number | null, line: number, column = 1) => ({
  path,
  cell,
  line,
  column,
  endLine: line,
  endColumn: column + 5,
});

test('positions are sorted by path, cell, line and column, a notebook as a whole before its first cell', () => {
  const sorted = [
    at('a.ipynb', null, 9),
    at('a.ipynb', 0, 7),
    at('a.ipynb', 1, 1),
    at('b.ts', null, 2),
    at('b.ts', null, 2, 4),
  ];
  expect(sorted.toReversed().sort(byPosition)).toEqual(sorted);
});
