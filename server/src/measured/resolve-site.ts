/** Which call of the code a record is about: by its id, by its position, or by its function and line. */
import type { MeasuredPlace, MeasuredSite } from '@farthing/shared/measured/measured';
import { callAt } from '@farthing/shared/position';
import type { ReportCall, ReportPosition } from '@farthing/shared/report';
import { lineHashes } from './line-hashes.ts';
import type { RecordedSite } from './recorded-call.ts';

export type JoinedSite = Pick<MeasuredSite, 'call' | 'place' | 'lines'>;
export type ResolveSite = (site: RecordedSite | null, revision: string | null) => JoinedSite;

/** A call of the code, as far as records can name it. */
export interface RanCall extends ReportPosition, Pick<ReportCall, 'id' | 'function'> {
  /** True for the request itself, false for a feature call that leads to one. */
  readonly isRequest: boolean;
}

/** A file as it was when it ran. */
export interface RanFile {
  readonly text: string;
  readonly calls: readonly RanCall[];
}

export interface RanCode {
  /** The files that have calls now, relative to the project's root. */
  readonly paths: readonly string[];
  /** Null if it is not there, or if the revision is not. Without a revision: as it is now. */
  readonly fileAt: (path: string, revision: string | null) => RanFile | null;
  /** The file of a call as it is now; null for an id that no call has. */
  readonly pathOf: (id: string) => string | null;
}

const NOT_JOINED: JoinedSite = { call: null, place: null, lines: [] };

export function createResolveSite({ paths, fileAt, pathOf }: RanCode): ResolveSite {
  return (site, revision) => {
    if (site === null) return NOT_JOINED;
    if ('id' in site) {
      const path = pathOf(site.id);
      const file = path === null || revision === null ? null : fileAt(path, revision);
      const call = file?.calls.find(({ id }) => id === site.id);
      return { call: site.id, place: null, lines: file && call ? linesOf(call, file) : [] };
    }
    const path = fileNamed(site.path, paths);
    const file = path === null ? null : fileAt(path, revision);
    const place = path === null ? site : { ...site, path };
    if (file === null) return { ...NOT_JOINED, place };
    const call = callIn(place, file, revision !== null);
    return call === null ? { ...NOT_JOINED, place } : { call: call.id, place, lines: linesOf(call, file) };
  };
}

function linesOf({ line, endLine, cell }: RanCall, { text }: RanFile): readonly string[] {
  return cell === null ? lineHashes(text, line, endLine) : [];
}

/**
 * A process may run in a folder of the project, or under another path, as in a container: the file whose path ends in the
 * same way. Null if several do.
 */
function fileNamed(recorded: string, paths: readonly string[]): string | null {
  const wanted = recorded
    .replaceAll('\\', '/')
    .replace(/^file:\/\//, '')
    .replace(/^\.\//, '');
  if (paths.includes(wanted)) return wanted;
  const isSame = (path: string): boolean =>
    wanted.endsWith(`/${path}`) || (!wanted.startsWith('/') && path.endsWith(`/${wanted}`));
  const found = paths.filter(isSame);
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** @param isSure true if the text is what ran, so that a line is where it was */
function callIn(
  { path, line, column, function: name }: MeasuredPlace,
  { calls }: RanFile,
  isSure: boolean,
): RanCall | null {
  if (line !== null && column !== null) {
    const exact = callAt(calls, `${path}:${line}:${column}`);
    if (exact !== null) return exact;
  }
  const named = name === null ? [] : calls.filter((call) => call.isRequest && isNamed(call.function, name));
  if (named.length === 1) return named[0] ?? null;
  if (line === null) return null;
  const among = named.length > 0 ? named : name === null || isSure ? calls : [];
  const around = among.filter((call) => call.cell === null && call.line <= line && line <= call.endLine);
  // The innermost, and of those the first: it ends on the fewest lines.
  return around.sort((a, b) => a.endLine - a.line - (b.endLine - b.line))[0] ?? null;
}

/** Tools name a method with its class or module, or without. */
function isNamed(own: string | null, recorded: string): boolean {
  if (own === null) return recorded === '<module>';
  return own === recorded || own.endsWith(`.${recorded}`) || recorded.endsWith(`.${own}`);
}
