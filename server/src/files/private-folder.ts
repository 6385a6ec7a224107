/** The folder of this user's cache, made where it is missing, and used only where nobody else can write to it. */
import { mkdirSync, realpathSync } from 'node:fs';
import { isOwn } from './ownership.ts';

/** The real path of the folder at `path`; null where it cannot be made, or others could have put something into it. */
export function privateFolder(path: string): string | null {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const real = realpathSync(path);
    return isOwn(real) ? real : null;
  } catch {
    return null;
  }
}
