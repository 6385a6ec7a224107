import { describe, expect, test } from 'vitest';
import { lookUp, spellings, withoutDate } from './names.ts';

describe('withoutDate', () => {
  test.each([
    ['gpt-4o-2024-08-06', 'gpt-4o'],
    ['claude-3-haiku-20240307', 'claude-3-haiku'],
    ['claude-3-5-sonnet@20240620', 'claude-3-5-sonnet'],
  ])('%s is a dated %s', (name, base) => {
    expect(withoutDate(name)).toBe(base);
  });

  test.each([
    'gpt-4-0613',
    'gpt-4-1106-preview',
    'mistral-large-2407',
    'gpt-4o-2024-13-01',
    'gpt-4o-2024-00-10',
    'x-19991231',
    '-20240101',
    'command-r-08-2024',
  ])('%s is not', (name) => {
    expect(withoutDate(name)).toBeNull();
  });
});

test('an exact name stands above an undated one', () => {
  const index = new Map([
    ['m', 1],
    ['m-2024-05-13', 2],
  ]);
  expect(lookUp(index, 'm-2024-05-13')).toBe(2);
  expect(lookUp(index, 'm-2024-08-06')).toBe(1);
  expect(lookUp(index, 'm-large')).toBeNull();
});

test('spellings apply one after another', () => {
  expect(
    spellings('arn:x/us.model', [
      [/^arn:[^/]*\//, ''],
      [/^eu\./, ''],
      [/^us\./, ''],
    ]),
  ).toEqual(['arn:x/us.model', 'us.model', 'model']);
});
