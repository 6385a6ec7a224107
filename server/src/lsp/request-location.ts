/** Converts origins, which are offsets in modules, into the protocol's ranges and addresses, and back. */
import type { Location, Position, Range } from 'vscode-languageserver';
import type { Origin } from '../ir/origin.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Documents, OpenDocument } from './documents/documents.ts';
import { uriOf } from './uris.ts';

/** The range in the file, or in the cell where the origin begins. */
export function rangeAt(workspace: Workspace, origin: Origin): { readonly cell: number | null; readonly range: Range } {
  const start = workspace.code.positions(origin.path).at(origin.start);
  const end = workspace.code.positions(origin.path).at(origin.end);
  // A range that extends into the next cell is cut at the end of the line.
  const last = end.cell === start.cell ? end : { line: start.line, column: Number.MAX_SAFE_INTEGER };
  return { cell: start.cell, range: { start: zeroBased(start), end: zeroBased(last) } };
}

export function locationAt(workspace: Workspace, origin: Origin, documents: Documents): Location {
  const { cell, range } = rangeAt(workspace, origin);
  // A document that was never saved has no file.
  const uri = cell === null ? documents.uriAt(origin.path) : documents.cellUri(origin.path, cell);
  return { uri: uri ?? uriOf(origin.path), range };
}

/** Null if the origin is in another document. */
export function rangeIn(open: OpenDocument, workspace: Workspace, origin: Origin): Range | null {
  if (origin.path !== open.path) return null;
  const { cell, range } = rangeAt(workspace, origin);
  return cell === open.cell ? range : null;
}

/** The offset in the module's text of a position in the document. */
export function offsetIn(open: OpenDocument, workspace: Workspace, position: Position): number {
  const offset = open.document.offsetAt(position);
  return open.cell === null ? offset : workspace.code.positions(open.path).startOfCell(open.cell) + offset;
}

function zeroBased({ line, column }: { readonly line: number; readonly column: number }): Position {
  return { line: line - 1, character: Math.min(column - 1, 2 ** 31 - 1) };
}
