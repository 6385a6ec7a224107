/** Files that are read to be changed: put back whole or not at all, and never over what somebody else wrote meanwhile. */
import { randomUUID } from 'node:crypto';
import { chmodSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { describeError, type Problem } from './problem.ts';
import { decode } from './read.ts';

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

/** Another file takes the place of this one at once. A link stays a link, and the file keeps who may read and run it. */
function replace(path: string, bytes: Buffer): void {
  const real = realpathSync(path);
  const temporary = `${real}.${randomUUID()}.tmp`;
  try {
    const { mode } = statSync(real);
    writeFileSync(temporary, bytes, { flag: 'wx', mode });
    // What the process masks out when it makes a file is part of the mode all the same.
    chmodSync(temporary, mode);
    renameSync(temporary, real);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function encode(text: string, original: Buffer): Buffer {
  const bytes = Buffer.from(text);
  const hasMark = original.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  return hasMark ? Buffer.concat([BYTE_ORDER_MARK, bytes]) : bytes;
}

function tryRead(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}
