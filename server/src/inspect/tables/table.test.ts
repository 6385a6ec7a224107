import { expect, test } from 'vitest';
import { figure, spread } from './figures.ts';
import { grouped, table } from './table.ts';

const columns = [
  { head: 'name', cell: ({ name }: { readonly name: string }) => name },
  { head: 'empty', cell: () => null },
  { head: 'length', cell: ({ name }: { readonly name: string }) => name.length },
];

test('columns that are empty everywhere are left out, and a cell cannot end a column', () => {
  expect(table(columns, [{ name: 'a|b' }, { name: '' }])).toEqual(['name|length', 'a\\|b|3', '|0']);
});

test('titles stand above the rows of their group, under one head', () => {
  const groups = [
    { title: 'x.ts', rows: [{ name: 'a' }] },
    { title: 'y.ts', rows: [{ name: 'bb' }] },
  ];
  expect(grouped(columns, groups)).toEqual(['name|length', 'x.ts', 'a|1', 'y.ts', 'bb|2']);
});

test.each([
  [0.002362, '0.00236'],
  [1234567, '1230000'],
  [0, '0'],
  [-0.5, '-0.5'],
])('%d as %s', (value, text) => {
  expect(figure(value)).toBe(text);
});

test('a figure says its bounds, or that it is only a lower one', () => {
  expect(spread({ low: 1, expected: 2, high: 3, basis: 'assumed' })).toBe('2 (1..3)');
  expect(spread({ low: 2, expected: 2, high: 2, basis: 'literal' })).toBe('2');
  expect(spread({ low: 0.25, expected: 0.25, high: 0.25, basis: 'unknown' })).toBe('>=0.25');
});
