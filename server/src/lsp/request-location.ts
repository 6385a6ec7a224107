/** From origins, which are offsets in modules, to the protocol's ranges and addresses, and back. */
import type { Location, Position, Range } from 'vscode-languageserver';
import type { Origin } from '../ir/origin.ts';
import type { Session } from '../workspace/session.ts';
import type { Documents, OpenDocument } from './documents.ts';
import { uriOf } from './uris.ts';

/** The range in the file, or in the cell in which the origin begins. */
export function rangeAt(session: Session, origin: Origin): { readonly cell: number | null; readonly range: Range } {
  const start = session.project.position(origin.path, origin.start);
  const end = session.project.position(origin.path, origin.end);
  // What reaches into the next cell is cut at the line's end.
  const last = end.cell === start.cell ? end : { line: start.line, column: Number.MAX_SAFE_INTEGER };
  return { cell: start.cell, range: { start: zeroBased(start), end: zeroBased(last) } };
}

export function locationAt(session: Session, origin: Origin, documents: Documents): Location {
  const { cell, range } = rangeAt(session, origin);
  const uri = cell === null ? null : documents.cellUri(origin.path, cell);
  return { uri: uri ?? uriOf(origin.path), range };
}

/** Null where the origin lies in another document. */
export function rangeIn(open: OpenDocument, session: Session, origin: Origin): Range | null {
  if (origin.path !== open.path) return null;
  const { cell, range } = rangeAt(session, origin);
  return cell === open.cell ? range : null;
}

/** The offset in the module's text of a position in the document. */
export function offsetIn(open: OpenDocument, session: Session, position: Position): number {
  const offset = open.document.offsetAt(position);
  return open.cell === null ? offset : session.project.positions(open.path).startOfCell(open.cell) + offset;
}

function zeroBased({ line, column }: { readonly line: number; readonly column: number }): Position {
  return { line: line - 1, character: Math.min(column - 1, 2 ** 31 - 1) };
}
