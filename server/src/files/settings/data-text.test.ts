import { describe, expect, test } from 'vitest';
import { type Data, type DataFormat, dataIn } from './data-text.ts';

/** As plain objects, to compare. */
function plainly(data: Data): unknown {
  if (data instanceof Map) return Object.fromEntries([...data].map(([key, value]) => [key, plainly(value)]));
  return Array.isArray(data) ? data.map(plainly) : data;
}

describe('YAML', () => {
  test.each([
    ['a: 1\nb:\n  c: x # why\n  d: "y: z"\ne: true', { a: 1, b: { c: 'x', d: 'y: z' }, e: true }],
    ['a:\n- x\n- y\nb: z', { a: ['x', 'y'], b: 'z' }],
    [
      'a:\n  - name: x\n    models:\n      - one\n      - two\n  - name: y',
      { a: [{ name: 'x', models: ['one', 'two'] }, { name: 'y' }] },
    ],
    ['- a\n- - b\n  - c\n- d: 1', ['a', ['b', 'c'], { d: 1 }]],
    ['-\n  a: x\n-\n  a: y', [{ a: 'x' }, { a: 'y' }]],
    ['a: [x, "y", 3]\nb: []', { a: ['x', 'y', 3], b: [] }],
    ['a: |\n  model: inside\n  text\nb: x', { a: null, b: 'x' }],
    ['a: *other\nb: !tag x\nc: {d: e}\nd: ~\ne:', { a: null, b: null, c: null, d: null, e: null }],
    ['---\n# text\na: x\n', { a: 'x' }],
    ['a:\n    b: x\n  c: y\nd: z', { a: { b: 'x' }, d: 'z' }],
    ['"quoted key": x', { 'quoted key': 'x' }],
  ])('%j', (text, expected) => expect(plainly(dataIn(text, 'yaml'))).toEqual(expected));
});

test.each<[string, DataFormat, unknown]>([
  [
    'a = "x"\n[b.c]\nd = 1 # why\n[b]\ne = true\nf = ["x", "y"]',
    'toml',
    { a: 'x', b: { c: { d: 1 }, e: true, f: ['x', 'y'] } },
  ],
  ['{ "a": { "b": ["x", null, 2] }, // why\n }', 'json', { a: { b: ['x', null, 2] } }],
  ['{"__proto__": {"model": "x"}, "constructor": "y"}', 'json', { constructor: 'y' }],
])('%j as %s', (text, format, expected) => expect(plainly(dataIn(text, format))).toEqual(expected));

test('a deep or long text ends', () => {
  const deep = Array.from({ length: 5_000 }, (_, depth) => `${' '.repeat(Math.min(depth, 900))}a:`).join('\n');
  expect(dataIn(deep, 'yaml')).toBeInstanceOf(Map);
  expect(dataIn(`${'['.repeat(2_000)}`, 'json')).toBeInstanceOf(Array);
  expect(dataIn('['.repeat(500_000), 'json')).toBeNull();
  expect(dataIn(`${'- '.repeat(400)}x`, 'yaml')).toBeInstanceOf(Array);
});
