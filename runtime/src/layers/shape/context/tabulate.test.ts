import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tabulated } from './tabulate.ts';

/** The value that a table stands for. */
function read(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(read);
  if (typeof value !== 'object' || value === null) return value;
  const { columns, rows } = value as { columns?: readonly string[]; rows?: readonly (readonly unknown[])[] };
  if (columns === undefined || rows === undefined) {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, read(one)]));
  }
  return rows.map((row) => Object.fromEntries(row.map((one, index) => [columns[index], read(one)])));
}

/** The scalars of a JSON text, each as it is written. */
const scalarsOf = (json: string): readonly string[] =>
  json.replace(/"(?:[^"\\]|\\.)*"\s*:/g, '').match(/"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+/g) ?? [];

const ROWS =
  '[{"identifier": 1.0, "available": true}, {"identifier": 12345678901234567890, "available": false}, {"identifier": 1e5, "available": "\\u00e9"}]';

test('a list of records becomes a table, and numbers and escapes keep their text', () => {
  expect(tabulated(ROWS)).toBe(
    '{"columns":["identifier","available"],"rows":[[1.0,true],[12345678901234567890,false],[1e5,"\\u00e9"]]}',
  );
});

test('at any depth, in tables too', () => {
  const inner = [1, 2, 3].map((count) => ({ sku: `S${count}`, count }));
  const value = { page: 1, orders: [1, 2, 3].map((order) => ({ order, items: inner })) };
  const text = tabulated(JSON.stringify(value, null, 2));
  expect(text).toContain('{"page":1,"orders":{"columns":["order","items"],"rows":[[1,{"columns":["sku","count"]');
  expect(read(JSON.parse(text))).toEqual(value);
});

test('whatever the records, the table says the same, in fewer characters', () => {
  const record = fc.record({ id: fc.integer(), name: fc.string(), tags: fc.jsonValue(), more: fc.jsonValue() });
  const nested = fc.record({ records: fc.array(record, { minLength: 3 }), other: fc.jsonValue() });
  fc.assert(
    fc.property(nested, fc.constantFrom(0, 1, 2), (value, space) => {
      const text = JSON.stringify(value, null, space);
      fc.pre(!text.includes('"columns"') && !text.includes('"__proto__"'));
      const table = tabulated(text);
      expect(table.length).toBeLessThan(text.length);
      expect(read(JSON.parse(table))).toEqual(JSON.parse(text));
    }),
  );
});

test('values stand in their order', () => {
  const text = JSON.stringify(
    Array.from({ length: 20 }, (_, id) => ({ id, name: `n ${id}`, total: id / 7 })),
    null,
    1,
  );
  expect(scalarsOf(tabulated(text)).slice(3)).toEqual(scalarsOf(text));
});

test.each([
  ['is not JSON', 'id, ok\n1, true'],
  ['is JSON after a label', `Result: ${ROWS}`],
  ['has two records', '[{"identifier": 1, "available": true}, {"identifier": 2, "available": false}]'],
  [
    'has records with other names',
    '[{"identifier": 1, "available": true}, {"identifier": 2, "missing": false}, {"identifier": 3, "available": true}]',
  ],
  [
    'has records with names in another order',
    '[{"identifier": 1, "available": true}, {"available": false, "identifier": 2}, {"identifier": 3, "available": true}]',
  ],
  [
    'has a record with a name that occurs twice',
    '[{"identifier": 1, "total": 1}, {"identifier": 2, "total": 2, "total": 3}, {"identifier": 3, "total": 3}]',
  ],
  [
    'has names with escapes',
    '[{"identif\\u0069er": 1, "b": 1}, {"identif\\u0069er": 2, "b": 2}, {"identif\\u0069er": 3, "b": 3}]',
  ],
  [
    'has other things among its records',
    '[{"identifier": 1, "available": true}, null, {"identifier": 2, "available": false}, {"identifier": 3, "available": true}]',
  ],
  ['says columns already', `{"columns": ["a"], "rows": ${ROWS}}`],
  ['says columns with an escape', `{"\\u0063olumns": ["a"], "rows": ${ROWS}}`],
  ['is short', '[{"a":1,"b":2},{"a":1,"b":2},{"a":1,"b":2}]'],
  ['is nested 100,000 times', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ['is empty', ''],
  ['is an empty list', ' [ ] '],
])('a result stays as it is if it %s', (_, text) => {
  expect(tabulated(text)).toBe(text);
});
