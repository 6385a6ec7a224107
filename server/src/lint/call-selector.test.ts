import fc from 'fast-check';
import ignore from 'ignore';
import { expect, test } from 'vitest';
import { createSelector } from './call-selector.ts';

const selects = (glob: string, path: string): boolean => {
  const origin = { path: `/project/${path}`, start: 0, end: 1 };
  return createSelector([{ path: glob }], '/project')({ id: 'a', function: null, origin }) !== null;
};

test('a glob selects what a line of a .gitignore would, whatever stands in it literally', () => {
  const part = fc.constantFrom(
    'a',
    'B',
    'ab',
    'src',
    '*',
    '**',
    '?',
    '[ab]',
    '[!a]',
    '\\*',
    ' ',
    '#',
    '!',
    '.ts',
    '\n',
  );
  const glob = fc
    .array(fc.oneof(part, fc.constant('/')), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.join(''))
    .filter((text) => text.trim() !== '');
  const path = fc
    .array(fc.string({ unit: fc.constantFrom('a', 'b', 'A', '*', '.', 's'), minLength: 1, maxLength: 3 }), {
      minLength: 1,
      maxLength: 3,
    })
    .map((parts) => [...parts, 'src.ts'].join('/'))
    .filter((text) => !/(?:^|\/)\.{1,3}\//.test(text));
  fc.assert(
    fc.property(glob, path, (one, file) => {
      expect(selects(one, file)).toBe(ignore().add(one).ignores(file));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['src/support/**', 'src/support/a.ts', true],
  ['/a.ts', 'a.ts', true],
  ['/a.ts', 'src/a.ts', false],
  ['SRC/**/a.ts', 'src/a.ts', true],
  ['**/support', 'support/a.ts', true],
])('%s and %s: %s', (glob, path, isSelected) => {
  expect(selects(glob, path)).toBe(isSelected);
});
