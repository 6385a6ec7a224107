/**
 * Reads files and rewrites them: completely or not at all, and never over changes made by others in the meantime.
 *
 * Not `write-file-atomic`, because that breaks hard links, replaces write-protected files, and opens a temporary file
 * with a predictable name even if one already exists.
 */
import { randomUUID } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import { describeError, type Problem } from './problem.ts';
import { decode, tryReadRegularFile } from './regular-file.ts';

/** Bytes. Sources that fixes apply to are far smaller. */
const LIMIT = 200 * 1024 * 1024;

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

export interface Rewriter {
  /**
   * The text without its byte order mark; null if it cannot be read, or would not come out the same when written back.
   */
  readonly contentOf: (path: string) => string | null;
  /**
   * Writes contents by path, for files that were read before. Returns the files that were not written, with the reason.
   */
  readonly write: (contents: ReadonlyMap<string, string>) => readonly Problem[];
}

/** `mayChange` decides which files may be written at all. */
export function createRewriter(mayChange: (path: string) => boolean): Rewriter {
  const originals = new Map<string, Buffer>();

  const contentOf = (path: string): string | null => {
    if (!mayChange(path)) return null;
    const bytes = originals.get(path) ?? tryRead(path);
    if (bytes === null) return null;
    originals.set(path, bytes);
    const text = decode(bytes);
    return encode(text, bytes).equals(bytes) ? text : null;
  };

  const writeOne = (path: string, content: string): Problem | null => {
    const original = originals.get(path);
    if (original === undefined || !tryRead(path)?.equals(original)) {
      return { path, message: 'not fixed: it was changed in the meantime. Run the command again.' };
    }
    try {
      replace(path, encode(content, original));
      return null;
    } catch (error) {
      return { path, message: `not fixed: it cannot be written (${describeError(error)}).` };
    }
  };

  return {
    contentOf,
    write: (contents) =>
      [...contents].map(([path, content]) => writeOne(path, content)).filter((problem) => problem !== null),
  };
}

/**
 * Replaces the file in one step. A link stays a link, and the file keeps its owner and permissions. If a new file
 * cannot have all of these, the existing file is overwritten.
 */
function replace(path: string, bytes: Buffer): void {
  const real = realpathSync(path);
  // Replacing a file only needs a writable folder, but write protection must be respected.
  accessSync(real, constants.W_OK);
  const stats = statSync(real);
  if (stats.nlink > 1 || !wasReplaced(real, bytes, stats)) overwrite(real, bytes);
}

/** False if the new file would have a different owner than the old one. */
function wasReplaced(path: string, bytes: Buffer, { mode, uid, gid }: Stats): boolean {
  const temporary = `${path}.${randomUUID()}.tmp`;
  let descriptor: number | null = null;
  try {
    descriptor = openSync(temporary, 'wx', mode);
    const created = fstatSync(descriptor);
    const isSameOwner = created.uid === uid && created.gid === gid;
    if (isSameOwner) {
      writeAll(descriptor, bytes);
      fsyncSync(descriptor);
    }
    closeSync(descriptor);
    descriptor = null;
    if (!isSameOwner) {
      rmSync(temporary, { force: true });
      return false;
    }
    // Restores the mode bits that the umask removed when the file was created.
    chmodSync(temporary, mode);
    renameSync(temporary, path);
    return true;
  } catch (error) {
    if (descriptor !== null) closeSync(descriptor);
    rmSync(temporary, { force: true });
    throw error;
  }
}

function overwrite(path: string, bytes: Buffer): void {
  const descriptor = openSync(path, 'r+');
  try {
    writeAll(descriptor, bytes);
    ftruncateSync(descriptor, bytes.length);
  } finally {
    closeSync(descriptor);
  }
}

function writeAll(descriptor: number, bytes: Buffer): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(descriptor, bytes, written, bytes.length - written, written);
}

function encode(text: string, original: Buffer): Buffer {
  const bytes = Buffer.from(text);
  const hasMark = original.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  return hasMark ? Buffer.concat([BYTE_ORDER_MARK, bytes]) : bytes;
}

function tryRead(path: string): Buffer | null {
  return tryReadRegularFile(path, LIMIT);
}
