import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withEdits } from './json-edits.ts';

test.each([
  ['an element', '{"a": [1.0, 2e5 , "x"]}', [{ path: ['a', 2], value: 'y' }], '{"a": [1.0, 2e5 , "y"]}'],
  [
    'a member, beside names that occur twice',
    '{"a":1.0,"a":{"b":1},"c":12345678901234567890}',
    [{ path: ['a', 'b'], value: 2 }],
    '{"a":1.0,"a":{"b":2},"c":12345678901234567890}',
  ],
  ['a new member', '{"a":1.0}', [{ path: ['b'], value: 'x' }], '{"a":1.0,"b":"x"}'],
  ['a member of an empty object', '{ }', [{ path: ['b'], value: null }], '{ "b":null}'],
  [
    'elements removed',
    '[1.0,2,{"x":1},4]',
    [
      { path: [1], value: undefined },
      { path: [2, 'x'], value: 9 },
      { path: [3], value: undefined },
    ],
    '[1.0,{"x":9}]',
  ],
  [
    'a member removed',
    '{"a":1.0,"b":2,"c":[1]}',
    [
      { path: ['b'], value: undefined },
      { path: ['c', 0], value: 5 },
      { path: ['d'], value: 6 },
    ],
    '{"a":1.0,"c":[5],"d":6}',
  ],
  ['a place that does not exist', '{"a":[1]}', [{ path: ['a', 3], value: 1 }], null],
  ['a text that is not JSON', 'x', [{ path: ['a'], value: 1 }], null],
])('%s', (_, text, edits, expected) => {
  expect(withEdits(text, edits)).toBe(expected);
});

test('an edit at any place of any value is what the same change of the parsed value gives', () => {
  const value = fc.dictionary(fc.string(), fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue(), { minLength: 1 })), {
    minKeys: 1,
  });
  fc.assert(
    fc.property(value, fc.nat(), fc.jsonValue(), (object, choice, replacement) => {
      const parsed = JSON.parse(JSON.stringify(object)) as Record<string, unknown>;
      const names = Object.keys(parsed);
      const name = names[choice % names.length] as string;
      const inner = parsed[name];
      const path = Array.isArray(inner) && inner.length > 0 ? [name, choice % inner.length] : [name];
      const changed = withEdits(JSON.stringify(parsed, null, 1), [{ path, value: replacement as never }]);
      // Names with escapes are left to a parser.
      if (names.some((one) => JSON.stringify(one).includes('\\'))) return changed === null;
      if (path.length === 2) (inner as unknown[])[path[1] as number] = replacement;
      else parsed[name] = replacement;
      return JSON.stringify(JSON.parse(changed ?? 'null')) === JSON.stringify(JSON.parse(JSON.stringify(parsed)));
    }),
  );
});
