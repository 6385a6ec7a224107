import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outlineOf } from './json-members.ts';

/** The members as JSON, found through the outline; null if there is no outline, or if a member is not JSON. */
function byOutline(text: string): unknown {
  const outline = outlineOf(text);
  if (outline === null) return null;
  return Object.fromEntries([...outline].map(([name, { from, to }]) => [name, JSON.parse(text.slice(from, to))]));
}

test('members are found where they stand, however the text is spaced', () => {
  const text = ' {"a" : "x" ,\n"b":[{"c":"]}"},[]],\t"d":-1.5e3\r, "e":null} ';
  const members = [...(outlineOf(text) ?? [])].map(([name, { from, to }]) => [name, text.slice(from, to)]);
  expect(members).toEqual([
    ['a', '"x"'],
    ['b', '[{"c":"]}"},[]]'],
    ['d', '-1.5e3'],
    ['e', 'null'],
  ]);
});

test.each([
  '',
  ' ',
  'null',
  '"a"',
  '[]',
  '[{"a":1}]',
  '{',
  '{"a"',
  '{"a":',
  '{"a":1',
  '{"a":1,',
  '{"a":1,}',
  '{,}',
  '{"a" 1}',
  '{"a":"',
  '{"a":"\\"}',
  '{"a":[}',
  '{"a":1}}',
  '{"a":1} x',
  '{a:1}',
  '{"a":}',
  '{"\\u0061":1}',
])('a real parser has to look at %s', (text) => {
  expect(outlineOf(text)).toBeNull();
});

test('of equal names the last stands, as for JSON.parse', () => {
  expect(byOutline('{"model":"a","model":"b","__proto__":1}')).toEqual({ ...{ model: 'b' }, ['__proto__']: 1 });
});

/** Keys and texts that look like structure, end with backslashes, or need escapes. */
const hostile = fc.oneof(
  fc.constantFrom(
    'model',
    'n',
    '"',
    '\\',
    '\\\\',
    '\\"',
    '":',
    '{"model":"x"}',
    '}',
    ']',
    ',',
    '',
    '__proto__',
    '\u2028',
    '😀',
  ),
  fc.string({ unit: 'binary' }),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(hostile, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(hostile, tie('any'), { maxKeys: 4 }),
  ),
})).any;
const spacing = fc.constantFrom(undefined, 1, '\t', '\r\n ');

test('whatever the object, the outline is what JSON.parse finds, or none', () => {
  fc.assert(
    fc.property(fc.dictionary(hostile, value, { maxKeys: 8 }), spacing, (object, space) => {
      const text = JSON.stringify(object, null, space as string);
      const isDoubtful = Object.keys(JSON.parse(text)).some((name) => JSON.stringify(name).includes('\\'));
      if (isDoubtful) expect([null, JSON.parse(text)]).toContainEqual(byOutline(text));
      else expect(byOutline(text)).toEqual(JSON.parse(text));
    }),
    { numRuns: 2000 },
  );
});

test('a damaged text has an outline only if JSON.parse agrees, or if it is not JSON', () => {
  const damage = fc.record({
    at: fc.nat(),
    length: fc.nat({ max: 3 }),
    put: fc.constantFrom('', '"', '\\', '{', '}', '[', ']', ',', ':', ' '),
  });
  fc.assert(
    fc.property(fc.dictionary(hostile, value, { maxKeys: 5 }), damage, (object, { at, length, put }) => {
      const whole = JSON.stringify(object);
      const from = at % (whole.length + 1);
      const text = whole.slice(0, from) + put + whole.slice(from + length);
      let parsed: unknown;
      try {
        parsed = JSON.parse(text);
      } catch {
        return;
      }
      expect([null, parsed]).toContainEqual(byOutline(text));
    }),
    { numRuns: 5000 },
  );
});
