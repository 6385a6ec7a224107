/** Source positions as the runtime records them, and how to find the analyzer's calls at them. */
import type { ReportCall, ReportPosition } from './report.ts';

export interface Place {
  /** POSIX, relative to the root that was scanned. */
  readonly path: string;
  /** From 1, as editors count; columns in UTF-16 units. */
  readonly line: number;
  readonly column: number;
}

/** @example parsePlace('src/answer.ts:12:41') // null for anything that is not a position, such as an id */
export function parsePlace(text: string): Place | null {
  const [, path, line, column] = /^(.+):(\d+):(\d+)$/s.exec(text) ?? [];
  return path === undefined ? null : { path, line: Number(line), column: Number(column) };
}

/**
 * The call for a recorded call site: by its id, or the innermost call that contains the position `path:line:column`.
 * Null if the report has none. An id survives edits; a position belongs to the sources that ran.
 *
 * @example callAt(report.calls, 'src/answer.ts:12:41')?.id
 */
export function callAt<Call extends ReportPosition & Pick<ReportCall, 'id'>>(
  calls: readonly Call[],
  callSite: string,
): Call | null {
  const place = parsePlace(callSite);
  if (place === null) return calls.find(({ id }) => id === callSite) ?? null;
  const inFile = calls.filter(({ path, cell }) => path === place.path && cell === null);
  const around = inFile.filter((call) => isWithin(place, call));
  if (around.length > 0) return around.reduce((inner, call) => (isAfter(call, inner) ? call : inner));
  return inFile.find((call) => isAwaitOf(place, call)) ?? null;
}

function isWithin({ line, column }: Place, call: ReportPosition): boolean {
  const isBegun = line > call.line || (line === call.line && column >= call.column);
  const isEnded = line > call.endLine || (line === call.endLine && column >= call.endColumn);
  return isBegun && !isEnded;
}

/** Calls that contain the same position are nested: the one that begins last, or ends first, is the innermost. */
function isAfter(a: ReportPosition, b: ReportPosition): boolean {
  const difference = a.line - b.line || a.column - b.column || b.endLine - a.endLine || b.endColumn - a.endColumn;
  return difference > 0;
}

/** A function that awaits is recorded at its `await`, which comes directly before the call. */
function isAwaitOf({ line, column }: Place, call: ReportPosition): boolean {
  return line === call.line && column + 'await '.length === call.column;
}
