/** Where in the application's own sources a call comes from, by the stack of the moment. */
import { findSourceMap } from 'node:module';
import { dirname, isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LRUCache } from 'lru-cache';

/** The nearest frame that is the application's, as `path:line:column`, POSIX and relative to the root; null without one. */
export type FindCaller = (above: (...args: never[]) => unknown, frames: 'own' | 'awaiting') => string | null;

/**
 * The number of frames to examine: the AI SDK has 17 frames before the code that awaits it, and each costs about a
 * microsecond.
 */
const DEEPEST = { own: 16, awaiting: 40 } as const;
/** Places repeat: a program has only so many. */
const MAX_PLACES = 10_000;

/**
 * Frames of packages (`node_modules`), of Node and of the runtime are passed over. Positions are the sources' own where
 * Node knows their map (`--enable-source-maps`) or strips the types itself, and else those of the file that runs.
 *
 * @param root what paths are relative to
 * @example const findCaller = createCallerFinder(process.cwd()); findCaller(create, 'own') // 'src/answer.ts:12:41'
 */
export function createCallerFinder(root: string): FindCaller {
  const places = new LRUCache<string, { readonly place: string | null }>({ max: MAX_PLACES });

  const placeOf = (frame: NodeJS.CallSite): string | null => {
    const file = frame.getFileName();
    const line = frame.getLineNumber();
    const column = frame.getColumnNumber();
    if (typeof file !== 'string' || line === null || column === null || isForeign(file)) return null;
    const key = `${file}:${line}:${column}`;
    let known = places.get(key);
    if (known === undefined) {
      known = { place: placeIn(root, locate(file, line, column)) };
      places.set(key, known);
    }
    return known.place;
  };

  return (above, frames) => {
    for (const frame of framesBelow(above, DEEPEST[frames])) {
      // What awaits may be further out than what called: only the latter is surely inside of the call.
      if (frames === 'own' && frame.isAsync()) return null;
      const place = placeOf(frame);
      if (place !== null) return place;
    }
    return null;
  };
}

interface Location {
  /** Absolute; null for a source that is not a file. */
  readonly path: string | null;
  readonly line: number;
  readonly column: number;
}

function isForeign(file: string): boolean {
  return file.startsWith('node:') || /[\\/]node_modules[\\/]/.test(file);
}

function locate(file: string, line: number, column: number): Location {
  const entry = findSourceMap(file)?.findEntry(line - 1, column - 1);
  if (entry === undefined || !('originalSource' in entry)) return { path: pathOf(file), line, column };
  const { originalSource, originalLine, originalColumn } = entry;
  return { path: pathOf(originalSource), line: originalLine + 1, column: originalColumn + 1 };
}

function pathOf(file: string): string | null {
  if (file.startsWith('file:')) return fileURLToPath(file);
  return isAbsolute(file) ? file : null;
}

/** Null for files outside the application, and on another drive than the root's. */
function placeIn(root: string, { path, line, column }: Location): string | null {
  if (path === null || isForeign(path) || dirname(path) === ownFolder()) return null;
  const below = relative(root, path);
  return isAbsolute(below) ? null : `${below.replaceAll(sep, '/')}:${line}:${column}`;
}

let own: { readonly folder: string | null } | null = null;

/**
 * The position of this file itself, mapped if there is a source map. A bundle that includes it and has no map is
 * skipped, because it is unknown which of its frames belong to the application.
 */
function ownFolder(): string | null {
  if (own === null) {
    const frame = framesBelow(framesBelow, 1)[0];
    const { path } = locate(frame?.getFileName() ?? '', frame?.getLineNumber() ?? 1, frame?.getColumnNumber() ?? 1);
    own = { folder: path === null ? null : dirname(path) };
  }
  return own.folder;
}

/** The name of the function that called a running one; null if the platform does not reveal it. */
export function readerName(running: (...args: never[]) => unknown): string | null {
  return framesBelow(running, 1)[0]?.getFunctionName() ?? null;
}

/** The frames below a running function, nearest first; none if the platform does not reveal them. */
function framesBelow(above: (...args: never[]) => unknown, limit: number): readonly NodeJS.CallSite[] {
  if (Object.isFrozen(Error)) return [];
  const { prepareStackTrace, stackTraceLimit } = Error;
  const holder: { stack?: unknown } = {};
  try {
    Error.stackTraceLimit = limit;
    Error.prepareStackTrace = (_, frames) => frames;
    Error.captureStackTrace(holder, above);
    return Array.isArray(holder.stack) ? holder.stack : [];
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}
