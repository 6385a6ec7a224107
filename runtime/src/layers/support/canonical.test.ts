import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../support/json-body.ts';
import { canonicalText } from './canonical.ts';

const NONE: ReadonlySet<string> = new Set();
/** Bytes are digested: two texts with the same UTF-8 are the same. */
const bytesOf = (body: object, without = NONE): string =>
  Buffer.from(canonicalText(body as JsonObject, without)).toString('hex');

const text = fc.oneof(
  fc.constantFrom(
    '',
    '"',
    '\\',
    ',',
    ':',
    '"1:a',
    '1:',
    '\ud800',
    '\ud801',
    '\ufffd',
    '{',
    '}',
    ']',
    'null',
    '0',
    '\\"a"',
  ),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(text, fc.integer({ min: -12, max: 12 }), fc.constantFrom(0.5, 1e21, true, false, null)),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(text, tie('any'), { maxKeys: 3 }),
  ),
})).any;
const body = fc.dictionary(text, value, { maxKeys: 4 }).map((object) => JSON.parse(JSON.stringify(object)) as object);

const turned = (item: unknown): unknown => {
  if (Array.isArray(item)) return item.map(turned);
  if (typeof item !== 'object' || item === null) return item;
  return Object.fromEntries(
    Object.entries(item)
      .reverse()
      .map(([name, inner]) => [name, turned(inner)]),
  );
};

test('the order of names, at any depth, changes nothing', () => {
  fc.assert(
    fc.property(body, (one) => {
      expect(bytesOf(turned(one) as object)).toBe(bytesOf(one));
    }),
  );
});

test('two different values never have one text', () => {
  const alike = fc.tuple(body, body, fc.nat(), text).map(([one, other, at, put]) => {
    const names = Object.keys(one);
    const name = names[at % Math.max(names.length, 1)];
    return [one, name === undefined ? other : { ...one, [name]: put }] as const;
  });
  fc.assert(
    fc.property(fc.oneof(fc.tuple(body, body), alike), ([one, other]) => {
      expect(bytesOf(one) === bytesOf(other)).toBe(isDeepStrictEqual(turned(one), turned(other)));
    }),
    { numRuns: 5000 },
  );
});

test.each([
  [{ a: '\ud800' }, { a: '\ufffd' }],
  [{ a: '\ud800' }, { a: '\ud801' }],
  [{ a: '1' }, { a: 1 }],
  [{ a: 'null' }, { a: null }],
  [{ a: ['b', 'c'] }, { a: ['b"1:c'] }],
  [{ a: [1, 2] }, { a: [12] }],
  [{ a: [[], []] }, { a: [[[]]] }],
  [{ a: { b: 'c' } }, { a: ['b', 'c'] }],
])('%j is not %j', (one, other) => {
  expect(bytesOf(one)).not.toBe(bytesOf(other));
});

test('names without effect are left out at the top, and only there', () => {
  const without = new Set(['user']);
  expect(bytesOf({ a: 1, user: 'u' }, without)).toBe(bytesOf({ a: 1 }, without));
  expect(bytesOf({ a: { user: 'u' } }, without)).not.toBe(bytesOf({ a: {} }, without));
});
