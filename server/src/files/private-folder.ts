/** The folder of this user's cache: created if it is missing, and used only if no other user can write to it. */
import { mkdirSync, realpathSync } from 'node:fs';
import { isOwn } from './ownership.ts';

/**
 * The real path of the folder at `path`; null if it cannot be created, or if others could have put something in it.
 */
export function privateFolder(path: string): string | null {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const real = realpathSync(path);
    return isOwn(real) ? real : null;
  } catch {
    return null;
  }
}
