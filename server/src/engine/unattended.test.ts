import { expect, test } from 'vitest';
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
  expect(isUnattended({ function: name, isRunByModule }, path)).toBe(expected);
});
