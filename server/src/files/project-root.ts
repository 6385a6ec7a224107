/** The folder that the ids of calls count their paths from, so that they are the same however much of a project is scanned. */
import { findConfig } from './config-file.ts';
import { repositoryTop } from './git/repository.ts';
import { folderOf, toPosix } from './paths.ts';

/**
 * The top of the repository of `folder`; without one, the folder of the nearest configuration, or else `folder`. Absolute,
 * with `/`.
 */
export function projectRoot(folder: string): string {
  const top = repositoryTop(folder);
  if (top !== null) return top;
  const config = findConfig(folder);
  return config === null ? folder : folderOf(toPosix(config));
}
