/** Restricts access to the file to its owner. It contains answers of models, and who asked what. */
import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError } from '../store-error.ts';

/** Permissions of group and others. */
const OTHERS = 0o077;
const IN_MEMORY = ':memory:';

/** Creates the file before SQLite does; SQLite gives -wal and -shm the mode of the file itself. */
export function createPrivately(path: string): void {
  if (path === IN_MEMORY) return;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'ax', 0o600));
    chmodSync(path, 0o600);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return;
    throw new StoreError({
      store: 'sqlite',
      failure: 'refused',
      what: `${path} cannot be created`,
      remedy: 'Use a path in a writable folder.',
      cause: error,
    });
  }
}

/**
 * Removes the access of group and others from an existing file, and from the files next to it. A file of another owner
 * is refused: its owner can read it, and may have put it there for that purpose.
 */
export function makePrivate(path: string): void {
  // Windows has no such modes: the files of a user's profile belong to that user.
  if (path === IN_MEMORY || process.platform === 'win32') return;
  for (const file of [path, `${path}-wal`, `${path}-shm`, `${path}-journal`]) {
    const mode = statSync(file, { throwIfNoEntry: false })?.mode;
    if (mode === undefined || (mode & OTHERS) === 0) continue;
    try {
      chmodSync(file, mode & ~OTHERS & 0o777);
    } catch (error) {
      // Another process has just closed the file as the last one, and its -wal was deleted.
      if (hasCode(error, 'ENOENT')) continue;
      throw new StoreError({
        store: 'sqlite',
        failure: 'refused',
        what: `${file} belongs to another user, and others can read it`,
        remedy: 'Use another path, or have its owner run this and `chmod 600` it.',
        cause: error,
      });
    }
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
