/**
 * Which files may be read because code or a configuration names them. A scan runs on other people's code and its report
 * is shown to others, so it only reads what the repository contains for everyone. A file counts as inside by its real
 * path, whatever links lead to it.
 */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { trackedPaths } from './git/git-index.ts';
import { type IgnoreRules, ignoreFileOf, NO_RULES, rulesAbove, verdictOn, withPatterns } from './git/gitignore.ts';
import { gitFolder, ignoresCase, repositoryTop } from './git/repository.ts';
import { absolute, ancestors, folderOf, isInside, join, nameOf, relativeTo, toPosix } from './paths.ts';
import { isSensitive } from './sensitive-files.ts';

/** `path` is absolute. The file does not have to exist yet. */
export type ReadPolicy = (path: string) => boolean;

/** Files at the top of a project that is not in a repository. */
const MANIFESTS = ['package.json', 'pyproject.toml', 'setup.py'] as const;

/**
 * `roots` are the files and folders that are scanned or edited; their contents and those of their repositories may be
 * read.
 *
 * @param isListedFile true for a regular file according to a listing: only the path of its folder can contain links then,
 *   and the folder's real path is found once. An editor passes none, since a folder may become a link while it is open.
 */
export function createReadPolicy(
  roots: readonly string[],
  isListedFile: (path: string) => boolean = () => false,
): ReadPolicy {
  const folders = roots.map((root) => absolute(root)).map((root) => (isFolder(root) ? root : folderOf(root)));
  // A root that its repository ignores was named on purpose: within it, only its own ignore rules apply.
  const tops = [...new Set([...folders, ...folders.map(boundaryOf)])].map((folder) => {
    const real = realPath(folder);
    return { folder, real, isIgnored: ignoredIn(real) };
  });

  const realFolders = new Map<string, string>();
  const realPathOf = (path: string): string => {
    if (!isListedFile(path)) return realPath(path);
    const folder = folderOf(path);
    const real = realFolders.get(folder) ?? realPath(folder);
    realFolders.set(folder, real);
    return join(real, nameOf(path));
  };

  return (path) => {
    if (tops.some(({ folder }) => isInside(path, folder) && isSensitive(relativeTo(path, folder)))) return false;
    const real = realPathOf(path);
    const [innermost] = tops.filter((top) => isInside(real, top.real)).sort((a, b) => b.real.length - a.real.length);
    if (innermost === undefined) return false;
    return !isSensitive(relativeTo(real, innermost.real)) && !innermost.isIgnored(real);
  };
}

/** The repository that contains a folder, or else the project, or else the folder itself. */
function boundaryOf(folder: string): string {
  const top = repositoryTop(folder);
  if (top !== null) return top;
  const home = absolute(homedir());
  for (const candidate of ancestors(folder)) {
    // A stray manifest in a home folder does not make the whole home folder a project.
    if (isInside(home, candidate)) break;
    if (MANIFESTS.some((name) => existsSync(join(candidate, name)))) return candidate;
  }
  return folder;
}

/**
 * Whether git ignores a path in `top`. Each `.gitignore` is read once, and the index only when something looks ignored.
 * Outside a repository nothing is ignored, because the files were unpacked or copied as a whole.
 */
function ignoredIn(top: string): (path: string) => boolean {
  const repository = repositoryTop(top);
  if (repository === null) return () => false;
  let tracked: ReadonlySet<string> | null = null;
  const isAnyCase = ignoresCase(repository);
  const byFolder = new Map<string, { readonly rules: IgnoreRules; readonly isIgnored: boolean }>();

  const at = (folder: string): { readonly rules: IgnoreRules; readonly isIgnored: boolean } => {
    const known = byFolder.get(folder);
    if (known) return known;
    const above = folder === top ? { rules: rulesAbove(top), isIgnored: false } : at(folderOf(folder));
    const isIgnored = above.isIgnored || (folder !== top && verdictOn(above.rules, folder, true) === 'ignored');
    const text = isIgnored ? null : ignoreFileOf(folder);
    const found = {
      rules: text === null ? above.rules : withPatterns(above.rules, folder, text, isAnyCase),
      isIgnored,
    };
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

/** For a file that does not exist: the real path of its folder, plus its name. */
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
