import { expect, test } from 'vitest';
import { ITEMS_CALLER, NO_LOOP } from '../../rules/support/testing.ts';
import type { CallerLoop } from '../call.ts';
import { onlyCall } from '../testing.ts';
import { isUnattended, runsUnattended } from './attendance.ts';

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
  expect(runsUnattended({ function: name, loop: NO_LOOP }, path, () => isRunByModule)).toBe(expected);
});

test('a function that a program calls for each item of a list', () => {
  const calledBy = (caller: Partial<CallerLoop>) =>
    runsUnattended(
      { function: 'label', loop: { ...NO_LOOP, caller: { ...ITEMS_CALLER, ...caller } } },
      'app/label.py',
      () => true,
    );
  expect(calledBy({ function: null })).toBe(true);
  expect(calledBy({ function: 'main' })).toBe(true);
  expect(calledBy({ function: 'handle' })).toBe(false);
  expect(calledBy({ function: null, purpose: 'retry' })).toBe(false);
});

test('the path is the one below the scanned root', () => {
  const code = "from openai import OpenAI\ndef label(row):\n    OpenAI().responses.create(model='gpt-4o', input=row)\n";
  expect(isUnattended(onlyCall('/scripts/label.py', code))).toBe(true);
  expect(isUnattended(onlyCall('/app/label.py', code))).toBe(false);
});
