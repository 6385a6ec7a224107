/**
 * Which files may be read because code or a configuration names them. A scan runs on code that somebody else wrote, and
 * its report is shown to others: so it reads what the repository holds for everybody who has it, and nothing beside that.
 * A file is inside by its real path, whatever links lead to it.
 */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { trackedPaths } from './git-index.ts';
import {
  gitFolder,
  type IgnoreRules,
  NO_RULES,
  repositoryTop,
  rulesAbove,
  verdictOn,
  withPatterns,
} from './gitignore.ts';
import { absolute, ancestors, folderOf, isInside, join, nameOf, relativeTo, toPosix } from './paths.ts';
import { readTextOrNull } from './regular-file.ts';
import { isSensitive } from './sensitive-files.ts';

/** `path` is absolute. True for a file that need not exist yet. */
export type ReadPolicy = (path: string) => boolean;

/** What stands at the top of a project that is in no repository. */
const MANIFESTS = ['package.json', 'pyproject.toml', 'setup.py'] as const;

/** `roots` are the files and folders that are scanned or edited: what they and their repositories hold may be read. */
export function createReadPolicy(roots: readonly string[]): ReadPolicy {
  const folders = roots.map((root) => absolute(root)).map((root) => (isFolder(root) ? root : folderOf(root)));
  // A root that its repository leaves out was named on purpose: within it, only what it leaves out itself does not count.
  const tops = [...new Set([...folders, ...folders.map(boundaryOf)])].map((folder) => {
    const real = realPath(folder);
    return { folder, real, isIgnored: ignoredIn(real) };
  });

  return (path) => {
    if (tops.some(({ folder }) => isInside(path, folder) && isSensitive(relativeTo(path, folder)))) return false;
    const real = realPath(path);
    const [innermost] = tops.filter((top) => isInside(real, top.real)).sort((a, b) => b.real.length - a.real.length);
    if (innermost === undefined) return false;
    return !isSensitive(relativeTo(real, innermost.real)) && !innermost.isIgnored(real);
  };
}

/** The repository that holds a folder, else the project, else the folder itself. */
function boundaryOf(folder: string): string {
  const top = repositoryTop(folder);
  if (top !== null) return top;
  const home = absolute(homedir());
  for (const candidate of ancestors(folder)) {
    // A manifest that was left in a home folder does not make all of it a project.
    if (isInside(home, candidate)) break;
    if (MANIFESTS.some((name) => existsSync(join(candidate, name)))) return candidate;
  }
  return folder;
}

/**
 * Whether git leaves out a path in `top`. Each `.gitignore` is read once, and the index when something looks ignored. What
 * is in no repository was unpacked or copied as a whole: there, nothing is.
 */
function ignoredIn(top: string): (path: string) => boolean {
  const repository = repositoryTop(top);
  if (repository === null) return () => false;
  let tracked: ReadonlySet<string> | null = null;
  const byFolder = new Map<string, { readonly rules: IgnoreRules; readonly isIgnored: boolean }>();

  const at = (folder: string): { readonly rules: IgnoreRules; readonly isIgnored: boolean } => {
    const known = byFolder.get(folder);
    if (known) return known;
    const above = folder === top ? { rules: rulesAbove(top), isIgnored: false } : at(folderOf(folder));
    const isIgnored = above.isIgnored || (folder !== top && verdictOn(above.rules, folder, true) === 'ignored');
    const text = isIgnored ? null : readTextOrNull(join(folder, '.gitignore'));
    const found = { rules: text === null ? above.rules : withPatterns(above.rules, folder, text), isIgnored };
    byFolder.set(folder, found);
    return found;
  };

  return (path) => {
    if (!isInside(path, top) || path === top) return false;
    const { rules, isIgnored } = at(folderOf(path));
    if (!isIgnored && (rules === NO_RULES || verdictOn(rules, path, false) !== 'ignored')) return false;
    tracked ??= trackedPaths(gitFolder(repository));
    return !tracked.has(relativeTo(path, repository));
  };
}

/** Of a file that does not exist, its folder's real path with its name. */
function realPath(path: string): string {
  try {
    return toPosix(realpathSync.native(path));
  } catch {
    const folder = folderOf(path);
    return folder === path ? path : join(realPath(folder), nameOf(path));
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
