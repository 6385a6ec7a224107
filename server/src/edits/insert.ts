/** Where a new item goes in a bracketed list, so that the list keeps the layout that it has. */
import type { TextEdit } from './fix.ts';
import type { Bracketed, Item } from './syntax.ts';
import type { Notation } from './write.ts';

const INDENTATION = /[^\S\r\n]/;

/**
 * Edits that insert `item` after the list's item at `index`; null if the list only contains a comment, whose place is
 * ambiguous.
 */
export function insertAfter<N>(
  text: string,
  list: Bracketed<N>,
  index: number,
  item: string,
  notation: Notation,
): readonly TextEdit[] | null {
  const before = list.items[index];
  if (before === undefined) return fill(text, list, item, notation);
  const inline = [{ start: before.end, end: before.end, text: `,${spaceBehindCommas(text, list)}${item}` }];
  const indentation = ownLineIndentation(text, before);
  if (indentation === null) return inline;
  const lineBreak = text.startsWith('\r\n', before.start - indentation.length - 2) ? '\r\n' : '\n';
  const from = before.comma === null ? before.end : before.comma + 1;
  const rest = restOfLine(text, from, notation);
  const line = `${lineBreak}${indentation}${item}`;
  if (rest === null) {
    // The closing bracket is after the last item, or the next item is on the same line.
    return before.comma === null ? [{ start: before.end, end: before.end, text: `,${line}` }] : inline;
  }
  if (before.comma !== null) return [{ start: from + rest.length, end: from + rest.length, text: `${line},` }];
  if (rest.trim() === '') return [{ start: before.end, end: before.end, text: `,${line}` }];
  return [
    { start: before.end, end: before.end, text: ',' },
    { start: from + rest.length, end: from + rest.length, text: line },
  ];
}

/** Empty if the list has no space after any of its commas. */
function spaceBehindCommas<N>(text: string, { items }: Bracketed<N>): string {
  const behind = items.slice(0, -1).flatMap(({ comma }) => (comma === null ? [] : [text[comma + 1] ?? '']));
  return behind.length > 0 && behind.every((character) => /\S/.test(character)) ? '' : ' ';
}

function fill<N>(text: string, list: Bracketed<N>, item: string, notation: Notation): readonly TextEdit[] | null {
  if (text.slice(list.open, list.close).trim() !== '') return null;
  const padding = list.kind === 'entries' ? notation.bracePadding() : '';
  return [{ start: list.open, end: list.close, text: `${padding}${item}${padding}` }];
}

/**
 * The white space in front of an item that begins its line; null where other code stands before it. Only this white
 * space is looked at: a search for a line break that a long file lacks would read all of the file for each item.
 */
function ownLineIndentation<N>(text: string, item: Item<N>): string | null {
  let start = item.start;
  while (start > 0 && INDENTATION.test(text[start - 1] ?? '')) start--;
  const isLineStart = /[\r\n]/.test(text[start - 1] ?? '');
  return isLineStart ? text.slice(start, item.start) : null;
}

/** The rest of the line after `offset`, if it is not code. */
function restOfLine(text: string, offset: number, { restOfLine: pattern }: Notation): string | null {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0] ?? null;
}
