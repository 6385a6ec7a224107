import { expect, test } from 'vitest';
import { inColumns, textWidth } from './columns.ts';

test.each([
  ['chat', 4],
  ['\u001b[1mchat\u001b[22m', 4],
  ['é', 1],
  ['e\u0301', 1],
  ['…/a', 3],
  ['██▍', 3],
  ['要約', 4],
  ['チャット', 8],
  ['요약', 4],
  ['ａ', 2],
  ['👍🏽', 2],
  ['👩‍👩‍👧', 2],
  ['❤️', 2],
  ['', 0],
])('%s takes %i places', (text, width) => {
  expect(textWidth(text)).toBe(width);
});

test('columns line up, whatever their cells are written in, and lines end without spaces', () => {
  const rows = [
    ['feature', 'calls', ''],
    ['要約', '1', '█'],
    ['\u001b[2m(none)\u001b[22m', '12,000', ''],
  ];
  expect(inColumns(rows, (column) => column !== 1)).toBe(
    ['feature   calls', '要約          1  █', '\u001b[2m(none)\u001b[22m   12,000'].join('\n'),
  );
});
