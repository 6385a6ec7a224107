/** Paths of a client, which may only lead to what is in the root. */
import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { absolute, isInside } from '../../files/paths.ts';
import { UsageError } from '../exit.ts';

/**
 * The path, absolute and without links.
 *
 * @param root absolute, without links
 * @throws UsageError if nothing is there, or if it is not in the root
 */
export function pathIn(root: string, path: string): string {
  const outside = new UsageError(
    `"${path}" is outside ${root}, which is all that this server reads. Use a path in it.`,
  );
  const named = resolve(root, path);
  // Said before anything is looked up: whether something exists elsewhere is not told.
  if (!isInside(absolute(named), absolute(root))) throw outside;
  let real: string;
  try {
    real = realpathSync(named);
  } catch {
    throw new UsageError(`there is no file or folder "${path}" in ${root}.`);
  }
  if (!isInside(absolute(real), absolute(root))) throw outside;
  return real;
}
