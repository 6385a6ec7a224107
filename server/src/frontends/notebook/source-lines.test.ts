import { expect, test } from 'vitest';
import { sourceLines } from './source-lines.ts';

const cell = (source: string | readonly string[]) => ({ cell_type: 'code', metadata: {}, source });
const lineWith = (json: string, text: string) => json.split('\n').findIndex((line) => line.includes(text)) + 1;

test('a line of a cell is on a line of its own in the file', () => {
  const json = JSON.stringify({ cells: [cell(['# %%\n', 'a = 1']), cell(['b = 2\n', '\n', 'c = 3'])] }, null, 1);
  const lines = sourceLines(json);
  expect(lines(0, 2)).toBe(lineWith(json, 'a = 1'));
  expect(lines(1, 1)).toBe(lineWith(json, 'b = 2'));
  expect(lines(1, 3)).toBe(lineWith(json, 'c = 3'));
  expect(lines(2, 1)).toBeNull();
});

test('a source that is one string, or has several lines in a string, is on the line where the string begins', () => {
  const json = JSON.stringify({ cells: [cell('a = 1\nb = 2\n'), cell(['c = 3\nd = 4\n', 'e = 5'])] }, null, 1);
  const lines = sourceLines(json);
  expect(lines(0, 2)).toBe(lineWith(json, 'b = 2'));
  expect(lines(1, 2)).toBe(lineWith(json, 'd = 4'));
  expect(lines(1, 3)).toBe(lineWith(json, 'e = 5'));
  expect(sourceLines('not JSON')(0, 1)).toBeNull();
});
