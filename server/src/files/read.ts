/**
 * Reads a source file once and decides whether it is worth parsing. The prefilter sees the bytes as latin1 text, in a
 * buffer that is reused, because decoding files that are not analysed would be a waste. 41,000 files per second, most
 * of it system calls.
 */
import { isUtf8 } from 'node:buffer';
import { hashOf, type Stamp, stampOf } from './file-fingerprint.ts';
import { isNotebook } from './paths.ts';
import { describeError } from './problem.ts';
import { decode, readRegularFile } from './regular-file.ts';

/** Bytes. Hand-written sources are far smaller; in notebooks, outputs count too. */
export const SOURCE_LIMIT = 2 * 1024 * 1024;
export const NOTEBOOK_LIMIT = 50 * 1024 * 1024;
/** The limit for a file that was named: a string can hold half a gigabyte at most. */
const EXPLICIT_LIMIT = 200 * 1024 * 1024;

/** JavaScript of at least this size with lines this long on average was written by a bundler. */
const MINIFIED_SIZE = 32 * 1024;
const MINIFIED_LINE = 400;

export interface SourceRead {
  /** The decoded text if the file may contain a call; null if it does not, or was skipped. */
  readonly text: string | null;
  /** Null if the file could not be opened. It includes the hash if there is a `text`. */
  readonly stamp: Stamp | null;
  /** Why the file was skipped, or what is wrong with it; null if there is no problem. */
  readonly problem: string | null;
}

export interface SourceReader {
  /**
   * Reads the file at `path`. A file that was named on the command line (`isExplicit`) is read whatever its size; one that
   * a listing has as a regular file (`isListed`) is not looked at before it is opened.
   */
  readonly read: (path: string, isExplicit: boolean, isListed?: boolean) => SourceRead;
  /** Bytes read so far. */
  readonly bytes: () => number;
}

/**
 * `isRelevant` decides from a file's bytes (as latin1 text) whether it is worth parsing; it may answer yes too often.
 */
export function createReader(isRelevant: (latin1: string) => boolean): SourceReader {
  const buffer = Buffer.allocUnsafeSlow(SOURCE_LIMIT);
  let total = 0;

  const read = (path: string, isExplicit: boolean, isListed = false): SourceRead => {
    const limit = isExplicit ? EXPLICIT_LIMIT : limitOf(path);
    try {
      const file = readRegularFile(path, limit, buffer, isListed);
      const stamp = stampOf(file.stats);
      if (file.kind === 'read') {
        total += file.bytes.length;
        return judge(path, file.bytes, isExplicit, stamp);
      }
      if (file.kind === 'irregular') return { text: null, stamp, problem: 'not read: it is not a regular file.' };
      return { text: null, stamp, problem: tooLarge(stamp.size, limit, isExplicit) };
    } catch (error) {
      return { text: null, stamp: null, problem: `not read: ${describeError(error)}. Everything else was scanned.` };
    }
  };

  const judge = (path: string, bytes: Buffer, isExplicit: boolean, stamp: Stamp): SourceRead => {
    if (isUtf16(bytes)) return { text: null, stamp, problem: 'skipped: it is UTF-16. Save it as UTF-8.' };
    const isValid = isUtf8(bytes);
    if (isBinary(bytes, isValid)) {
      return { text: null, stamp, problem: 'skipped: it is a binary file despite its name.' };
    }
    const latin1 = bytes.toString('latin1');
    // A truncated notebook is worth a message even if the rest of it shows no call.
    const mayHoldCall = isRelevant(latin1) || (isNotebook(path) && !isWrapped(latin1));
    const problem = isValid
      ? null
      : `not valid UTF-8 (line ${lineOfInvalidByte(bytes).toLocaleString('en')}): read with replacement characters. Save it as UTF-8.`;
    if (mayHoldCall && !isExplicit && isMinified(path, bytes)) {
      return { text: null, stamp, problem: MINIFIED };
    }
    return mayHoldCall
      ? { text: decode(bytes), stamp: { ...stamp, hash: hashOf(bytes) }, problem }
      : { text: null, stamp, problem };
  };

  return { read, bytes: () => total };
}

/**
 * A file that an analysis needs, whatever it contains: its text and stamp. The text is null if the file cannot be read
 * or exceeds `limit` bytes.
 */
export function readWhole(path: string, limit: number): { readonly text: string | null; readonly stamp: Stamp | null } {
  try {
    const file = readRegularFile(path, limit);
    if (file.kind === 'irregular') return { text: null, stamp: null };
    if (file.kind === 'too large') return { text: null, stamp: stampOf(file.stats) };
    const isText = !isBinary(file.bytes, isUtf8(file.bytes));
    return { text: isText ? decode(file.bytes) : null, stamp: { ...stampOf(file.stats), hash: hashOf(file.bytes) } };
  } catch {
    return { text: null, stamp: null };
  }
}

/** A NUL or two stand in the strings of some sources; what is compiled or packed is full of them. */
const MAX_NUL_SHARE = 0.01;

function isBinary(bytes: Buffer, isValid: boolean): boolean {
  let count = 0;
  for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) {
    count++;
    if (!isValid || count > bytes.length * MAX_NUL_SHARE) return true;
  }
  return false;
}

/** Why the text of an open document is skipped, as its file is in a scan; null if it is not. */
export function skipReason(path: string, text: string, isRelevant: (text: string) => boolean): string | null {
  if (isTooLarge(path, text)) return tooLarge(Buffer.byteLength(text), limitOf(path));
  return isMinified(path, text) && isRelevant(text) ? MINIFIED : null;
}

/** True for the text of an open document that a scan does not look into. */
export function isSkipped(path: string, text: string): boolean {
  return isTooLarge(path, text) || isMinified(path, text);
}

function isTooLarge(path: string, text: string): boolean {
  // No character takes more than three bytes for each of its units.
  return text.length * 3 > limitOf(path) && Buffer.byteLength(text) > limitOf(path);
}

function limitOf(path: string): number {
  return isNotebook(path) ? NOTEBOOK_LIMIT : SOURCE_LIMIT;
}

/** A source's bytes as latin1 text; null where it cannot be read, is no text, or is larger than a source. */
export function readLatin1(path: string): string | null {
  try {
    const file = readRegularFile(path, limitOf(path));
    return file.kind === 'read' && !isBinary(file.bytes, isUtf8(file.bytes)) ? file.bytes.toString('latin1') : null;
  } catch {
    return null;
  }
}

function isUtf16(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

/** Whether text begins and ends as a JSON object does. */
function isWrapped(text: string): boolean {
  return /^(?:\xEF\xBB\xBF)?\s*\{/.test(text) && /\}\s*$/.test(text.slice(-64));
}

interface Content {
  readonly length: number;
  readonly indexOf: (text: string, from?: number) => number;
}

/** `content` is a file's bytes, or their latin1 text. */
export function isMinified(path: string, content: Content): boolean {
  if (content.length < MINIFIED_SIZE || !/\.[mc]?jsx?$/.test(path)) return false;
  const maxLines = content.length / MINIFIED_LINE;
  let lines = 1;
  for (let at = content.indexOf('\n'); at >= 0; at = content.indexOf('\n', at + 1)) {
    if (++lines > maxLines) return false;
  }
  return true;
}

/** The line, from 1, of the first byte that is not UTF-8. */
function lineOfInvalidByte(bytes: Buffer): number {
  let line = 1;
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(10, start);
    if (!isUtf8(bytes.subarray(start, end < 0 ? bytes.length : end)) || end < 0) return line;
    start = end + 1;
    line++;
  }
}

const REMEDY = ' Name it on the command line to scan it.';
const MINIFIED = `skipped: it is minified.${REMEDY}`;

function tooLarge(size: number, limit: number, isExplicit = false): string {
  return `skipped: ${inMegabytes(size)}, larger than ${inMegabytes(limit)}.${isExplicit ? '' : REMEDY}`;
}

function inMegabytes(bytes: number): string {
  return `${(bytes / (1024 * 1024)).toFixed(1).replace(/\.0$/, '')} MB`;
}
