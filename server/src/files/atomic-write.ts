/**
 * Files that are read to be changed: put back whole or not at all, and never over what somebody else wrote meanwhile.
 *
 * This is ours because `write-file-atomic` breaks hard links, replaces files that are write-protected, and opens a
 * temporary file whose name can be foreseen without refusing one that is already there.
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

/** Bytes. Sources that a fix is for are far smaller. */
const LIMIT = 200 * 1024 * 1024;

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

export interface Rewriter {
  /** The text without its byte order mark; null where it cannot be read, or would not be the same if it were written. */
  readonly contentOf: (path: string) => string | null;
  /** Writes contents by path, of files that were read before. Returns those that were left as they are, with the reason. */
  readonly write: (contents: ReadonlyMap<string, string>) => readonly Problem[];
}

/** `mayChange` says which files may be written to at all. */
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
      return { path, message: 'not fixed: it changed meanwhile. Run the same command again.' };
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
 * Another file takes the place of this one at once. A link stays a link, and the file keeps its owner and who may read
 * and run it. Where another file cannot be all that this one is, this one is overwritten.
 */
function replace(path: string, bytes: Buffer): void {
  const real = realpathSync(path);
  // A folder that may be written to is enough to replace a file, but write-protection is meant.
  accessSync(real, constants.W_OK);
  const stats = statSync(real);
  if (stats.nlink > 1 || !wasReplaced(real, bytes, stats)) overwrite(real, bytes);
}

/** False where the new file would belong to somebody else than the old one. */
function wasReplaced(path: string, bytes: Buffer, { mode, uid, gid }: Stats): boolean {
  const temporary = `${path}.${randomUUID()}.tmp`;
  let descriptor: number | null = null;
  try {
    descriptor = openSync(temporary, 'wx', mode);
    const made = fstatSync(descriptor);
    const isSameOwner = made.uid === uid && made.gid === gid;
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
    // What the process masks out when it makes a file is part of the mode all the same.
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
