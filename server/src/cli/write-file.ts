/** Writes the files that Farthing keeps in a repository: its configuration and its baseline. */
import { lstatSync, writeFileSync } from 'node:fs';
import { describeWriteError } from '../files/problem.ts';
import { UsageError } from './exit.ts';

/**
 * `name` is the path for messages. A file that is to be new is not written over another one.
 *
 * @throws UsageError also for a link: a repository could make it lead to any file of the user's
 */
export function writeRepositoryFile(path: string, name: string, text: string, { isNew = false } = {}): void {
  if (!isNew && lstatSync(path, { throwIfNoEntry: false })?.isFile() === false)
    throw new UsageError(`${name} is not a regular file, so it is not written. Remove it first.`);
  try {
    writeFileSync(path, text, { flag: isNew ? 'wx' : 'w' });
  } catch (error) {
    if (isNew && error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new UsageError(`${name} already exists and was not changed.`);
    throw new UsageError(`${name} cannot be written: ${describeWriteError(error, path)}.`);
  }
}
