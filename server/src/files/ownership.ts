/**
 * Whom a file belongs to. On a machine that others use too, a folder like `/tmp` holds what anybody put there: what is
 * found in it is believed only where nobody else could have written it.
 */
import { type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const ROOT = 0;
const GROUP_WRITES = 0o020;
const OTHERS_WRITE = 0o002;
const STICKY = 0o1000;

/** This user; null on Windows, where files of a user's profile are the user's and have no such rights. */
function currentUser(): number | null {
  return process.getuid?.() ?? null;
}

/**
 * True where nobody but this user and the system's administrator can have made or changed what stands at `path`: it is
 * theirs, others may not write to it, and no folder above lets others put something else in its place. False where there
 * is nothing.
 */
export function isOwn(path: string): boolean {
  const user = currentUser();
  if (user === null) return true;
  const isTrusted = ({ uid }: Stats): boolean => uid === user || uid === ROOT;
  try {
    const stats = statSync(path);
    if (!isTrusted(stats) || isWritableByOthers(stats)) return false;
    for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
      const above = statSync(folder);
      if (!isTrusted(above)) return false;
      // In a sticky folder everybody may add, and only owners may replace.
      if (isWritableByOthers(above) && (above.mode & STICKY) === 0) return false;
      if (folder === dirname(folder)) return true;
    }
  } catch {
    return false;
  }
}

/** Many systems give each user a group of the same number that holds nobody else. */
function isWritableByOthers({ mode, uid, gid }: Stats): boolean {
  return (mode & OTHERS_WRITE) !== 0 || ((mode & GROUP_WRITES) !== 0 && gid !== uid);
}

/** True where a file beside or above `folder` was put there by somebody who has nothing to do with it. */
export function isStrangers(path: string, folder: string): boolean {
  const user = currentUser();
  if (user === null) return false;
  try {
    const { uid } = statSync(path);
    return uid !== user && uid !== ROOT && uid !== statSync(folder).uid;
  } catch {
    return false;
  }
}
