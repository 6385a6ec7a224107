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
    ['a: |\n  Use ${model}.\n  Be brief.\nb: x', { a: 'Use ${model}.\nBe brief.\n', b: 'x' }],
    ['a: ${MODEL}\nb: "${MODEL:-x}"', { a: null, b: null }],
    ['a: *other\nb: !tag x\nc: {d: e}\nd: ~\ne:', { a: null, b: null, c: { d: 'e' }, d: null, e: null }],
    ['a: &x {m: 1, n: 2}\nb: *x\nc:\n  <<: *x\n  n: 3', { a: { m: 1, n: 2 }, b: { m: 1, n: 2 }, c: { m: 1, n: 3 } }],
    ['---\n# text\na: x\n', { a: 'x' }],
    ['a: x\n---\na: y', { a: 'x' }],
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
  ['a = 1\n[[b]]\nc = 2024-01-01\n[[b]]\nc = { d = 1.5 }', 'toml', { a: 1, b: [{ c: null }, { c: { d: 1.5 } }] }],
  ['a = 1\na = 2', 'toml', null],
  ['{"__proto__": {"model": "x"}, "constructor": "y"}', 'json', { constructor: 'y' }],
])('%j as %s', (text, format, expected) => expect(plainly(dataIn(text, format))).toEqual(expected));

describe('a hostile text', () => {
  const nested = (open: string) => open.repeat(50_000);
  test.each<[string, string, DataFormat]>([
    ['lists in JSON', nested('['), 'json'],
    ['lists in YAML', nested('['), 'yaml'],
    ['items in YAML', nested('- '), 'yaml'],
    [
      'mappings in YAML',
      Array.from({ length: 5_000 }, (_, level) => `${' '.repeat(level % 900)}a:`).join('\n'),
      'yaml',
    ],
    ['lists in TOML', `a = ${nested('[')}`, 'toml'],
    ['tables in TOML', `[${nested('a.')}a]`, 'toml'],
    ['a list in itself', '&a [*a, *a, *a]', 'yaml'],
    ['a mapping that merges itself', 'a: &a\n  <<: *a\n  b: 1', 'yaml'],
  ])('%s: is neither fatal nor endless', (_, text, format) => expect(() => dataIn(text, format)).not.toThrow());

  test('of aliases that multiply is read up to a limit', () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level}, `.repeat(10)}]`,
    );
    const data = dataIn(['l0: &l0 [ha, ha]', ...levels].join('\n'), 'yaml');
    expect(data).toBeInstanceOf(Map);
    const count = (value: Data): number => {
      if (value instanceof Map) return [...value.values()].reduce<number>((sum, one) => sum + count(one), 1);
      return Array.isArray(value) ? value.reduce((sum: number, one) => sum + count(one), 1) : 1;
    };
    expect(count(data)).toBeLessThan(1_000_000);
    expect(plainly((data as ReadonlyMap<string, Data>).get('l1') ?? null)).toEqual(Array(10).fill(['ha', 'ha']));
  });

  test('of many keys and aliases takes no square of the time', () => {
    const keys = Array.from({ length: 8_000 }, (_, index) => `k${index}: *a`).join('\n');
    const data = dataIn(`a: &a x\n${keys}`, 'yaml');
    expect(data instanceof Map && data.get('k7999')).toBe('x');
  });
});

test('a text is parsed once, however often it is read', () => {
  const text = 'model = "gpt-6-sol"\n';
  expect(dataIn(text, 'toml')).toBe(dataIn(`${text}`, 'toml'));
  expect(dataIn(text, 'yaml')).not.toBe(dataIn(text, 'toml'));
});
