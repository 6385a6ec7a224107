/** A page of text and tables, which is written as Markdown or, for clients that do not render it, as plain text. */
import { printable } from '@farthing/shared/printable';
import type { Location } from 'vscode-languageserver';
import { markdownText } from '../../report/markdown-text.ts';
import type { AnalysedDocument } from '../context.ts';
import { alignRows, block } from './table.ts';

export interface Link {
  readonly text: string;
  readonly uri: string;
}
/** Text of the program or of the user's files: never markup. */
export type Cell = string | Link;

/** Finds the document of a place in the code. */
export type Place = Pick<AnalysedDocument, 'locationOf'>;

/** A link to a place in the code. Editors open an address with a fragment at that line. */
export function linkTo({ uri, range }: Location, text: string): Link {
  return { text, uri: `${uri}#L${range.start.line + 1}` };
}

export type Part =
  | { readonly kind: 'text'; readonly cells: readonly Cell[] }
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  /** The first row is the head; `right` lists the columns that contain numbers, from 0. */
  | { readonly kind: 'table'; readonly rows: readonly (readonly Cell[])[]; readonly right: readonly number[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Cell[])[] }
  /** For a monospaced font. */
  | { readonly kind: 'lines'; readonly lines: readonly string[] };

export type Page = readonly Part[];

export function text(...cells: readonly Cell[]): Part {
  return { kind: 'text', cells };
}

export function writePage(page: Page, isMarkdown: boolean): string {
  return page.map((part) => (isMarkdown ? markdownOf(part) : plainOf(part))).join('\n\n');
}

function markdownOf(part: Part): string {
  switch (part.kind) {
    case 'text':
      return part.cells.map(markdownCell).join('');
    case 'heading':
      return `${'#'.repeat(part.level)} ${markdownText(part.text)}`;
    case 'strong':
      return `**${markdownText(part.text)}**`;
    case 'list':
      return part.items.map((cells) => `- ${cells.map(markdownCell).join('')}`).join('\n');
    case 'lines':
      return block(part.lines, true);
    case 'table': {
      const [head = [], ...rows] = part.rows.map((row) => `| ${row.map(markdownCell).join(' | ')} |`);
      const line = (part.rows[0] ?? []).map((_, column) => (part.right.includes(column) ? '---:' : '---'));
      return [head, `| ${line.join(' | ')} |`, ...rows].join('\n');
    }
  }
}

function markdownCell(cell: Cell): string {
  return typeof cell === 'string' ? markdownText(cell) : `[${markdownText(cell.text)}](${addressOf(cell.uri)})`;
}

/** What would end the address in Markdown is written as a code in it. */
function addressOf(uri: string): string {
  return uri.replace(/[()<>\s|]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

function plainOf(part: Part): string {
  switch (part.kind) {
    case 'text':
      return printable(part.cells.map(plainCell).join(''));
    case 'heading':
    case 'strong':
      return printable(part.text);
    case 'list':
      return part.items.map((cells) => printable(cells.map(plainCell).join(''))).join('\n');
    case 'lines':
      return block(part.lines, false);
    case 'table':
      return alignRows(
        part.rows.map((row) => row.map((cell) => printable(plainCell(cell)))),
        part.right,
      ).join('\n');
  }
}

function plainCell(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}
