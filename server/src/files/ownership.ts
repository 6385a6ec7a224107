/**
 * Who owns a file. On a shared machine, anyone can put files in a folder like `/tmp`: what is found there is trusted
 * only if no other user could have written it.
 */
import { type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const ROOT = 0;
const GROUP_WRITES = 0o020;
const OTHERS_WRITE = 0o002;
const STICKY = 0o1000;

/** The id of this user; null on Windows, where the files of a user's profile belong to that user. */
function currentUser(): number | null {
  return process.getuid?.() ?? null;
}

/**
 * True if only this user and the administrator can have created or changed what is at `path`: one of them owns it,
 * others cannot write to it, and no folder above lets others replace it. False if there is nothing.
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
      // In a sticky folder everyone can add files, but only their owners can replace them.
      if (isWritableByOthers(above) && (above.mode & STICKY) === 0) return false;
      if (folder === dirname(folder)) return true;
    }
  } catch {
    return false;
  }
}

/** Many systems give each user a private group with the same number. */
function isWritableByOthers({ mode, uid, gid }: Stats): boolean {
  return (mode & OTHERS_WRITE) !== 0 || ((mode & GROUP_WRITES) !== 0 && gid !== uid);
}

/** True if a file next to or above `folder` was put there by an unrelated user. */
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
