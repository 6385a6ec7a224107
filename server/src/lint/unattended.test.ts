import { expect, test } from 'vitest';
import type { CallerLoop } from '../calls/call.ts';
import { ITEMS_CALLER, NO_LOOP } from '../rules/support/testing.ts';
import { isUnattended } from './unattended.ts';

test.each([
  ['a script', 'scripts/label.py', 'label', false, true],
  ['module level', 'app/label.py', null, true, true],
  ['an entry', 'app/label.py', 'main', true, true],
  ['a handler', 'app/api.py', 'answer', false, false],
  ['a cell of a notebook', 'a.ipynb', null, true, true],
  ['a function that a cell calls', 'a.ipynb', 'label', true, true],
  ['a function that a notebook only defines', 'a.ipynb', 'search', false, false],
  ['a method in a notebook', 'a.ipynb', 'Index.rank', true, false],
] as const)('%s', (_, path, name, isRunByModule, expected) => {
  expect(isUnattended({ function: name, isRunByModule, loop: NO_LOOP }, path)).toBe(expected);
});

test('a function that a program calls for each item of a list', () => {
  const calledBy = (caller: Partial<CallerLoop>) =>
    isUnattended(
      { function: 'label', isRunByModule: true, loop: { ...NO_LOOP, caller: { ...ITEMS_CALLER, ...caller } } },
      'app/label.py',
    );
  expect(calledBy({ function: null })).toBe(true);
  expect(calledBy({ function: 'main' })).toBe(true);
  expect(calledBy({ function: 'handle' })).toBe(false);
  expect(calledBy({ function: null, purpose: 'retry' })).toBe(false);
});
