/** Tells whether a file has changed: by size and times first, and by its content if those prove nothing. */
import { hash } from 'node:crypto';
import { type Stats, statSync } from 'node:fs';

export interface Stamp {
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970 of the last change to the content, and of the last change to the inode. */
  readonly modified: number;
  readonly changed: number;
  /** Hash of the content; empty if it was never needed. */
  readonly hash: string;
}

/**
 * Two changes within this many milliseconds may leave the same time: 2 seconds on FAT, 10 ms on most Linux file
 * systems. A stamp taken so soon after a change proves nothing by itself.
 */
const CLOCK_GRAIN = 2_000;

export function stampOf(stats: Stats): Stamp {
  return { size: stats.size, modified: stats.mtimeMs, changed: stats.ctimeMs, hash: '' };
}

/** The stamp of a file without its hash; null if there is no such file. */
export function stampAt(path: string): Stamp | null {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isFile() ? stampOf(stats) : null;
  } catch {
    return null;
  }
}

/** True if `now` proves that the file has not changed since `then`, which was taken at `taken` (milliseconds). */
export function isProvenSame(then: Stamp, now: Stamp, taken: number): boolean {
  return (
    then.size === now.size &&
    then.modified === now.modified &&
    then.changed === now.changed &&
    Math.max(then.modified, then.changed) < taken - CLOCK_GRAIN
  );
}

/** 128 bits of SHA-256, so two different contents never have the same hash by chance. */
export function hashOf(content: string | NodeJS.ArrayBufferView): string {
  return hash('sha256', content, 'base64url').slice(0, 22);
}
