/**
 * Converts edits of a notebook's code into edits of its file: the JSON keeps every character that is not part of a
 * changed line.
 */
import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { applyEdits } from '../../edits/apply-edits.ts';
import type { TextEdit } from '../../edits/fix.ts';
import { parseNotebook } from './notebook.ts';
import { withoutNotANumber } from './read-json.ts';

/**
 * `json` after the edits. Their offsets refer to the joined cells (`parseNotebook(json).text`), in order and without
 * overlaps. Null if an edit is not in a cell, or would overwrite something that is not code of the language (a magic).
 */
export function editNotebook(json: string, edits: readonly TextEdit[]): string | null {
  const notebook = parseNotebook(json);
  const root = parseTree(withoutNotANumber(json));
  if (!notebook.ok || root === undefined) return null;
  const nodes = cellNodes(root);
  const changes: TextEdit[] = [];
  for (const { index, start, end } of notebook.cells) {
    const cellEdits = edits.filter((edit) => start <= edit.start && edit.end <= end);
    if (cellEdits.length === 0) continue;
    const source = sourceNode(nodes[index]);
    if (source === null) return null;
    const lines = linesOf(source);
    const code = lines.join('');
    const isCode = cellEdits.every(
      (edit) => code.slice(edit.start - start, edit.end - start) === notebook.text.slice(edit.start, edit.end),
    );
    if (!isCode) return null;
    const moved = cellEdits.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
    changes.push(...rewritten(json, source, lines, applyEdits(code, moved)));
  }
  const isWhole = edits.every(({ start, end }) =>
    notebook.cells.some((cell) => cell.start <= start && end <= cell.end),
  );
  return isWhole ? applyEdits(json, changes) : null;
}

export function cellNodes(root: Node): readonly Node[] {
  const sheets = findNodeAtLocation(root, ['worksheets'])?.children ?? [];
  const lists = [root, ...sheets].map((node) => findNodeAtLocation(node, ['cells'])?.children ?? []);
  return lists.flat();
}

export function sourceNode(cell: Node | undefined): Node | null {
  if (cell === undefined) return null;
  const source = findNodeAtLocation(cell, ['source']) ?? findNodeAtLocation(cell, ['input']);
  return source?.type === 'string' || source?.type === 'array' ? source : null;
}

/** The strings that make up a cell's source. */
function linesOf(source: Node): readonly string[] {
  const nodes = source.type === 'array' ? (source.children ?? []) : [source];
  return nodes.map(({ value }) => (typeof value === 'string' ? value : ''));
}

function rewritten(json: string, source: Node, before: readonly string[], code: string): readonly TextEdit[] {
  const encode = encoderLike(json.slice(source.offset, source.offset + source.length));
  if (source.type === 'string') {
    return [{ start: source.offset, end: source.offset + source.length, text: encode(code) }];
  }
  const nodes = source.children ?? [];
  const after = code.split(/(?<=\n)/);
  let from = 0;
  while (from < before.length - 1 && from < after.length - 1 && before[from] === after[from]) from++;
  let same = 0;
  const max = Math.min(before.length, after.length) - from - 1;
  while (same < max && before.at(-1 - same) === after.at(-1 - same)) same++;
  const [first, last] = [nodes[from], nodes[before.length - same - 1]];
  if (first === undefined || last === undefined) return [];
  const separator = separatorOf(json, source);
  const text = after
    .slice(from, after.length - same)
    .map(encode)
    .join(separator);
  return [{ start: first.offset, end: last.offset + last.length, text }];
}

/** The text between two lines: a comma, and the line ending and indentation of the file. */
function separatorOf(json: string, { offset, children = [] }: Node): string {
  const [first, second] = children;
  if (first === undefined) return ', ';
  if (second !== undefined) return json.slice(first.offset + first.length, second.offset);
  const lead = json.slice(offset + 1, first.offset);
  return lead === '' ? ', ' : `,${lead}`;
}

/** Encodes strings as this file does: some writers escape all characters outside ASCII. */
function encoderLike(json: string): (text: string) => string {
  const isAscii = /\\u(?!00[01])[0-9a-f]{4}/i.test(json) && !/[^\0-\x7f]/.test(json);
  return (text) => {
    const written = JSON.stringify(text);
    if (!isAscii) return written;
    return written.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  };
}
