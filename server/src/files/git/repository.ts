/** Git repositories on disk: where they begin, where git keeps their data, and how their settings match names. */
import { existsSync } from 'node:fs';
import type { Listing } from '../listing.ts';
import { absolute, ancestors, join } from '../paths.ts';
import { readTextOrNull } from '../regular-file.ts';

/** The nearest folder at or above `folder` that contains `.git`; null if there is none. */
export function repositoryTop(folder: string): string | null {
  for (const candidate of ancestors(folder)) {
    if (existsSync(join(candidate, '.git'))) return candidate;
  }
  return null;
}

/** True if a repository begins at `folder`: a clone, a worktree or a submodule. A stray `.git` folder is none. */
export function isRepository(folder: string, listing: Listing): boolean {
  const kind = listing.get('.git');
  if (kind === undefined) return false;
  return kind === 'file' || existsSync(join(folder, '.git/HEAD'));
}

/** `.git`, or the folder that it points to: in worktrees and submodules it is a file. */
export function gitFolder(top: string): string {
  const path = join(top, '.git');
  const target = readTextOrNull(path)?.match(/^gitdir:\s*(.+?)\s*$/m)?.[1];
  return target === undefined ? path : absolute(target, top);
}

/** The folder that contains `info` and `config`, which worktrees share. */
export function sharedGitFolder(top: string): string {
  const folder = gitFolder(top);
  const common = readTextOrNull(join(folder, 'commondir'));
  return common === null ? folder : absolute(common.trim(), folder);
}

/**
 * True if patterns match in any case. Git tries the file system when it creates a repository, and writes the answer to
 * `core.ignorecase`. Without a repository, the answer is what the system usually has.
 */
export function ignoresCase(top: string | null): boolean {
  const text = top === null ? null : readTextOrNull(join(sharedGitFolder(top), 'config'));
  const usual = process.platform === 'darwin' || process.platform === 'win32';
  return text === null ? usual : (booleanIn(text, 'core', 'ignorecase') ?? false);
}

const TRUE = /^(?:true|yes|on|1)$/i;

/** A setting of a git configuration file; the last one counts. Null if it is not there. */
function booleanIn(text: string, section: string, key: string): boolean | null {
  let current = '';
  let found: boolean | null = null;
  for (const line of text.split('\n')) {
    const [, header] = /^\s*\[\s*([^\]\s]+)\s*\]/.exec(line) ?? [];
    if (header !== undefined) current = header.toLowerCase();
    const [, name, value] = /^\s*([a-z][a-z0-9-]*)\s*(?:=\s*([^#;\s]*).*)?$/i.exec(line) ?? [];
    // A key without a value is true.
    if (current === section && name?.toLowerCase() === key) found = value === undefined || TRUE.test(value);
  }
  return found;
}
