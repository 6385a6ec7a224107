import { printableJson } from '@farthing/shared/printable';
import type { Report } from '@farthing/shared/report';

/** UTF-16 units after which a piece is handed on. */
const PIECE = 65_536;

/**
 * The report itself, in pieces: the text of a report with tens of thousands of calls takes more memory than all that a
 * scan knows.
 */
export function* formatJson(report: Report): Generator<string> {
  let piece = '';
  for (const text of textsOf(report)) {
    piece += text;
    if (piece.length < PIECE) continue;
    yield printableJson(piece);
    piece = '';
  }
  yield printableJson(piece);
}

/** What `JSON.stringify(report, null, 2)` gives, by fields and elements of lists, and a line break. */
function* textsOf(report: Report): Generator<string> {
  let separator = '{\n';
  for (const [key, value] of Object.entries(report)) {
    yield `${separator}  ${JSON.stringify(key)}: `;
    separator = ',\n';
    if (Array.isArray(value) && value.length > 0) yield* elementsOf(value);
    else yield indented(value, '  ');
  }
  yield '\n}\n';
}

function* elementsOf(list: readonly unknown[]): Generator<string> {
  let separator = '[\n';
  for (const element of list) {
    yield `${separator}    ${indented(element, '    ')}`;
    separator = ',\n';
  }
  yield '\n  ]';
}

function indented(value: unknown, indentation: string): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${indentation}`);
}
