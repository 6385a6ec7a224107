/** Which files a workspace has, and whether every one of them is known as it is now. */
import { type Discovery, discoverFiles, type IgnoredFiles } from '../files/discover.ts';
import { configuredRules, type IgnoreRules, isIgnoredAt } from '../files/git/gitignore.ts';
import { repositoryTop } from '../files/git/repository.ts';
import { absolute, isBeyondProjects, isInside } from '../files/paths.ts';
import type { Problem } from '../files/problem.ts';

export interface FileListOptions {
  /** The folder that contains everything named. */
  readonly root: string;
  /** Files and folders to scan; absolute, or relative to the working directory. */
  readonly paths: readonly string[];
  /** What the configuration that holds for a path leaves out. */
  readonly ignoredAt?: (path: string) => IgnoredFiles;
  /** True if what is left out of folders is left out even if it is named. Default: false. */
  readonly forceExclude?: boolean;
  /** One file that is scanned in the place of what `paths` name, though the disk may not have it. */
  readonly onlyFile?: string | null;
}

export interface FileList {
  /** Looks at the disk. */
  readonly walk: () => Discovery;
  /** The files that a walk would find, without taking note of them. */
  readonly look: () => readonly string[];
  readonly isWalked: () => boolean;
  /** False where files may have come or gone since. */
  readonly isCurrent: () => boolean;
  /** In code-unit order. */
  readonly paths: () => readonly string[];
  readonly has: (path: string) => boolean;
  /** True for a file that was named, rather than found in a folder. */
  readonly isNamed: (path: string) => boolean;
  readonly problems: () => readonly Problem[];
  /** True for a file that the configuration leaves out, by itself or with a folder. */
  readonly isLeftOut: (path: string) => boolean;
  /** True where every file of the repositories is listed. */
  readonly isWhole: () => boolean;
  /**
   * The other files of the same repositories, or of the workspace's folder if there are none: a fix in a listed file
   * must take them into account. Empty if all are listed.
   */
  readonly walkRest: () => readonly string[];
  /** The results of the file are known from now on, or out of date. */
  readonly noteResult: (path: string, isKnown: boolean) => void;
  /** Files may have come or gone: the list has to be made again. */
  readonly outdate: () => void;
  /** Files whose results are not known; null while not even the files are. */
  readonly unknown: () => ReadonlySet<string> | null;
}

const NO_PATHS: readonly string[] = [];

/** `isKnown` says whether what a file holds is known already. */
export function createFileList(options: FileListOptions, isKnown: (path: string) => boolean): FileList {
  const { ignoredAt, forceExclude = false, onlyFile = null } = options;
  const roots = options.paths.map((path) => absolute(path));
  const discovering = ignoredAt ? { ignoredAt } : {};
  const compiled = new WeakMap<IgnoredFiles, IgnoreRules>();
  let discovery: Discovery | null = null;
  let listed: ReadonlySet<string> = new Set();
  let rest: ReadonlySet<string> = new Set();
  let unknown = new Set<string>();
  let isCurrent = false;
  let isWhole = false;

  /** The code base that the path belongs to. */
  const topOf = (path: string): string => repositoryTop(path) ?? absolute(options.root);

  const rulesOf = (ignored: IgnoredFiles): IgnoreRules => {
    const known = compiled.get(ignored) ?? configuredRules(ignored.patterns, absolute(ignored.base));
    compiled.set(ignored, known);
    return known;
  };

  const list = (): Discovery =>
    onlyFile === null
      ? discoverFiles(roots, { ...discovering, forceExclude })
      : { files: [onlyFile], explicit: new Set([onlyFile]), folders: new Map(), problems: [] };

  return {
    walk: () => {
      discovery = list();
      listed = new Set(discovery.files);
      unknown = new Set([...listed, ...rest].filter((path) => !isKnown(path)));
      isCurrent = true;
      const { explicit } = discovery;
      const folders = roots.filter((root) => !explicit.has(root));
      isWhole ||= onlyFile === null && roots.every((root) => folders.some((folder) => isInside(topOf(root), folder)));
      return discovery;
    },
    look: () => list().files,
    isWalked: () => discovery !== null,
    isCurrent: () => isCurrent,
    paths: () => discovery?.files ?? NO_PATHS,
    has: (path) => listed.has(path),
    isNamed: (path) => discovery?.explicit.has(path) ?? false,
    problems: () => discovery?.problems ?? [],
    isLeftOut: (path) => {
      const ignored = ignoredAt?.(path);
      return ignored !== undefined && ignored.patterns.length > 0 && isIgnoredAt(rulesOf(ignored), path);
    },
    isWhole: () => isWhole,
    walkRest: () => {
      const tops = new Set(roots.map(topOf));
      // Whatever a home holds, it is not one code base.
      if (isWhole || onlyFile !== null || [...tops].some(isBeyondProjects)) return NO_PATHS;
      const { files } = discoverFiles([...tops], discovering);
      rest = new Set(files.filter((path) => !listed.has(path)));
      for (const path of rest) if (!isKnown(path)) unknown.add(path);
      isWhole = true;
      return [...rest];
    },
    noteResult: (path, isNowKnown) => {
      if (isNowKnown) unknown.delete(path);
      else if (listed.has(path) || rest.has(path)) unknown.add(path);
    },
    outdate: () => {
      isCurrent = false;
    },
    unknown: () => (isCurrent && isWhole ? unknown : null),
  };
}
