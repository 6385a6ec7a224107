import { expect, test } from 'vitest';
import { rememberTexts } from './text-memo.ts';

test('a text is measured once', () => {
  const measured: string[] = [];
  const length = rememberTexts((text) => measured.push(text));
  expect([length('one'), length('two'), length('one')]).toEqual([1, 2, 1]);
  expect(measured).toEqual(['one', 'two']);
});

test('texts beyond the limit make room, and one above it is never kept', () => {
  const measured: number[] = [];
  const length = rememberTexts((text) => measured.push(text.length));
  const huge = 'x'.repeat(4_000_001);
  length(huge);
  length(huge);
  expect(measured).toHaveLength(2);
  for (let index = 0; index <= 4096; index++) length(`text ${index}`);
  const before = measured.length;
  length('text 4096');
  expect(measured).toHaveLength(before);
  length('text 0');
  expect(measured).toHaveLength(before + 1);
  // What was asked for lately stays: only the oldest made room.
  length('text 2048');
  expect(measured).toHaveLength(before + 1);
});
