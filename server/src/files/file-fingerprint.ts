/** What tells whether a file is still what it was: size and times first, its content where those prove nothing. */
import { hash } from 'node:crypto';
import { type Stats, statSync } from 'node:fs';

export interface Stamp {
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970 of the last change to the content, and of the last change that the system itself saw. */
  readonly modified: number;
  readonly changed: number;
  /** Of the content; empty where nobody needed it. */
  readonly hash: string;
}

/**
 * A file changed twice within this many milliseconds may show the same time for both: 2 seconds on FAT, 10 ms on most
 * Linux file systems. A stamp taken that soon after a change proves nothing by itself.
 */
const CLOCK_GRAIN = 2_000;

export function stampOf(stats: Stats): Stamp {
  return { size: stats.size, modified: stats.mtimeMs, changed: stats.ctimeMs, hash: '' };
}

/** The stamp of a file without its hash; null where there is no such file. */
export function stampAt(path: string): Stamp | null {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isFile() ? stampOf(stats) : null;
  } catch {
    return null;
  }
}

/** True where `now` proves that the file is what it was at `then`; `taken` is when `then` was taken (milliseconds). */
export function isProvenSame(then: Stamp, now: Stamp, taken: number): boolean {
  return (
    then.size === now.size &&
    then.modified === now.modified &&
    then.changed === now.changed &&
    Math.max(then.modified, then.changed) < taken - CLOCK_GRAIN
  );
}

/** 128 bits of SHA-256: two contents that differ never share it by chance. */
export function hashOf(content: string | NodeJS.ArrayBufferView): string {
  return hash('sha256', content, 'base64url').slice(0, 22);
}
