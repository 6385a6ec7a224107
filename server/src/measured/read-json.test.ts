import { expect, test } from 'vitest';
import { csvRows } from './read-csv.ts';
import { jsonValues, LargeValue } from './read-json.ts';

const TEXTS: readonly (readonly [string, readonly (readonly [string, number])[]])[] = [
  [
    '{"a": 1}\n{"a": "x\\"}"}\n',
    [
      ['{"a": 1}', 1],
      ['{"a": "x\\"}"}', 2],
    ],
  ],
  [
    '[\n  {"a": [1, {"b": 2}]},\n  {"c": "]"}\n]\n',
    [
      ['{"a": [1, {"b": 2}]}', 2],
      ['{"c": "]"}', 3],
    ],
  ],
  ['\uFEFF{\n  "a": {}\n}', [['{\n  "a": {}\n}', 1]]],
  // A line that was cut, in a string or between brackets, takes no other with it.
  [
    '{"a": "x\n{"b": 1}\n',
    [
      ['{"a": "x', 1],
      ['{"b": 1}', 2],
    ],
  ],
  [
    '{"a": [1,\n{"b": 1}\n',
    [
      ['{"a": [1,\n', 1],
      ['{"b": 1}', 2],
    ],
  ],
];

test.each(TEXTS)('%j is read value by value, wherever it is cut into pieces', (text, values) => {
  for (let size = 1; size <= text.length; size++) {
    const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
      text.slice(at * size, (at + 1) * size),
    );
    const read = [...jsonValues(pieces)].filter((value) => value.text.trim() !== '');
    expect(read.map((value) => [value.text, value.line])).toEqual(values);
  }
});

test('one value is never larger than the limit, however it arrives', () => {
  const endless = function* () {
    yield '{"a": "';
    for (;;) yield 'x'.repeat(1000);
  };
  expect(() => [...jsonValues(endless(), 10_000)]).toThrow(LargeValue);
  expect(() => [...csvRows(endless(), 10_000)]).toThrow(LargeValue);
});

test('rows of CSV are read with quotes, line breaks in fields, and other numbers of fields', () => {
  const text = 'a,b\r\n1,"x, ""y""\nz"\r\n\r\n2\r\n3,4';
  for (let size = 1; size <= text.length; size++) {
    const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
      text.slice(at * size, (at + 1) * size),
    );
    expect([...csvRows(pieces)]).toEqual([
      { fields: { a: '1', b: 'x, "y"\nz' }, line: 2 },
      { fields: null, line: 5 },
      { fields: { a: '3', b: '4' }, line: 6 },
    ]);
  }
});
