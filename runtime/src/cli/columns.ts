/**
 * Text in columns, as a terminal shows it: colours take no space, and East Asian characters and emoji take two columns.
 */
import { stripVTControlCharacters } from 'node:util';

const GAP = '  ';

/** One line per row; a column is as wide as its widest cell. */
export function inColumns(rows: readonly (readonly string[])[], isLeft: (column: number) => boolean): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, textWidth(cell));
  }
  const padded = (cell: string, column: number): string => {
    const room = ' '.repeat((widths[column] ?? 0) - textWidth(cell));
    return isLeft(column) ? cell + room : room + cell;
  };
  return rows.map((row) => row.map(padded).join(GAP).trimEnd()).join('\n');
}

const characters = new Intl.Segmenter();
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\p{Emoji}\ufe0f/u;

/** The width of a line of text in a terminal. */
export function textWidth(line: string): number {
  const text = stripVTControlCharacters(line);
  // Latin text, which is nearly all of it, has one column per character.
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of characters.segment(text)) {
    if (/^[\p{Mark}\p{Control}\p{Format}]+$/u.test(segment)) continue;
    width += WIDE.test(segment) ? 2 : 1;
  }
  return width;
}
