/**
 * Finds the source files to scan: those that are named, and those in the folders that are named.
 *
 * The files of a repository are those of `git ls-files --cached --others --exclude-standard`: what git tracks although a
 * `.gitignore` names it is included, and repositories inside it (clones, worktrees, submodules) are not.
 */
import { statSync } from 'node:fs';
import { isExcludedFolder } from './excluded-folders.ts';
import { trackedSources } from './git/git-index.ts';
import { configuredRules, type IgnoreRules, isIgnoredAt, rulesOver } from './git/gitignore.ts';
import { repositoryTop } from './git/repository.ts';
import { type Listing, readListing, tryListing } from './listing.ts';
import {
  absolute,
  ancestors,
  byText,
  folderOf,
  isInside,
  isReadableName,
  isSourceName,
  join,
  nameOf,
} from './paths.ts';
import { describeError, type Problem } from './problem.ts';
import { createWalk } from './walk.ts';

/** What a configuration leaves out. */
export interface IgnoredFiles {
  /** In `.gitignore` syntax. A negated pattern includes files that are otherwise excluded. */
  readonly patterns: readonly string[];
  /** Absolute: the folder that they are relative to. */
  readonly base: string;
}

export interface DiscoveryOptions {
  /**
   * By the configuration that holds for a path; asked for where the walk begins, and for each folder with a
   * configuration. Default: nothing.
   */
  readonly ignoredAt?: (path: string) => IgnoredFiles;
  /** True if roots are left out like anything else. Default: false, what is named is scanned. */
  readonly forceExclude?: boolean;
  /** Reads a folder. Tests replace it to simulate unreadable folders. */
  readonly list?: (folder: string) => Listing;
}

export interface Discovery {
  /** Absolute POSIX paths in code-unit order. A file to which several roots lead is listed once, as the first names it. */
  readonly files: readonly string[];
  /** Files that were passed as roots: they are scanned whatever their size or name. */
  readonly explicit: ReadonlySet<string>;
  /** The contents of each folder that was walked. */
  readonly folders: ReadonlyMap<string, Listing>;
  readonly problems: readonly Problem[];
}

/** `roots` are files and folders, relative to the working directory or absolute. */
export function discoverFiles(roots: readonly string[], options: DiscoveryOptions = {}): Discovery {
  const ignoredAt = (path: string): IgnoredFiles => options.ignoredAt?.(path) ?? { patterns: [], base: absolute('.') };
  const configuredAt = (path: string): IgnoreRules => {
    const { patterns, base } = ignoredAt(path);
    return configuredRules(patterns, absolute(base));
  };
  const walk = createWalk(configuredAt, options.list ?? readListing);
  const problems: Problem[] = [];
  for (const root of roots.map((given) => absolute(given))) {
    try {
      const stats = statSync(root);
      const isFolder = stats.isDirectory();
      if (options.forceExclude && isExcluded(root, isFolder, configuredAt(root), absolute(ignoredAt(root).base)))
        continue;
      if (isFolder) walk.addFolder(root);
      else if (!stats.isFile()) problems.push({ path: root, message: 'not read: it is neither a file nor a folder.' });
      else if (isReadableName(root)) walk.addFile(root);
      else {
        problems.push({
          path: root,
          message: 'not read: Farthing reads TypeScript, JavaScript, Python and notebooks (.ipynb).',
        });
      }
    } catch (error) {
      problems.push({ path: root, message: `not read: ${describeError(error)}.` });
    }
  }
  return {
    files: [...walk.files.values()].sort(byText),
    explicit: walk.explicit,
    folders: walk.folders,
    problems: [...problems, ...walk.problems],
  };
}

/** True if a walk of the folders above `root` would leave it out. */
function isExcluded(root: string, isFolder: boolean, configured: IgnoreRules, base: string): boolean {
  if (!isFolder && !isSourceName(nameOf(root))) return true;
  if (isIgnoredAt(configured, root, isFolder)) return true;
  const top = repositoryTop(folderOf(root));
  if (isIgnoredAt(rulesOver(root), root, isFolder)) {
    const tracked = top === null ? null : trackedSources(top);
    return !(isFolder ? tracked?.folders : tracked?.files)?.has(root);
  }
  const folders = [...ancestors(isFolder ? root : folderOf(root))];
  return folders.some((folder) => {
    if (folder === (top ?? base) || !isInside(folder, top ?? base)) return false;
    const siblings = tryListing(folderOf(folder)) ?? new Map();
    return isExcludedFolder(nameOf(folder), siblings, (inner) => tryListing(inner ? join(folder, inner) : folder));
  });
}
