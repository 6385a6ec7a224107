/**
 * `paths` and `baseUrl` of the nearest tsconfig or jsconfig, including what it extends and, in a solution, its
 * projects.
 */
import { createPathsMatcher } from 'get-tsconfig';
import type { Files } from '../files/file-system.ts';
import { absolute, ancestors, folderOf, join } from '../files/paths.ts';
import { type PathOptions, readPathOptions } from './tsconfig-extends.ts';

/** Absolute paths that a specifier may refer to, in order; none if no alias matches. */
export type PathAliases = (specifier: string) => readonly string[];

const NAMES = ['tsconfig.json', 'jsconfig.json'] as const;
/** At most this many projects of a solution are searched for aliases. */
const MAX_PROJECTS = 8;
const NO_ALIASES: PathAliases = () => [];

/** Finds the aliases that apply in a folder; each configuration is read once. */
export function createTsconfigs(files: Files): (folder: string) => PathAliases {
  const byFolder = new Map<string, PathAliases>();
  const parsed = new Map<string, PathAliases>();

  const aliasesOf = (path: string): PathAliases => {
    const known = parsed.get(path);
    if (known) return known;
    // A project that refers back to its solution finds no aliases there.
    parsed.set(path, NO_ALIASES);
    const options = readPathOptions(files, path);
    const matched = matcher(options);
    const projects = matched ? [] : options.references.slice(0, MAX_PROJECTS);
    const referenced = projects.map((project) => aliasesOf(projectFile(files, absolute(project, folderOf(path)))));
    const aliases: PathAliases =
      matched ?? (referenced.length ? (specifier) => referenced.flatMap((aliases) => aliases(specifier)) : NO_ALIASES);
    parsed.set(path, aliases);
    return aliases;
  };

  return (folder) => {
    const known = byFolder.get(folder);
    if (known) return known;
    const passed: string[] = [];
    let aliases = NO_ALIASES;
    for (const candidate of ancestors(folder)) {
      const above = byFolder.get(candidate);
      if (above) {
        aliases = above;
        break;
      }
      passed.push(candidate);
      const name = NAMES.find((name) => files.isFile(join(candidate, name)));
      if (name !== undefined) {
        aliases = aliasesOf(join(candidate, name));
        break;
      }
    }
    for (const candidate of passed) byFolder.set(candidate, aliases);
    return aliases;
  };
}

function matcher({ baseUrl, paths, pathsFile }: PathOptions): PathAliases | null {
  if (baseUrl === null && paths === null) return null;
  try {
    const compilerOptions = {
      ...(baseUrl === null ? {} : { baseUrl }),
      ...(paths === null ? {} : { paths: { ...paths } }),
    };
    return createPathsMatcher({ path: pathsFile, config: { compilerOptions } });
  } catch {
    // A pattern with two stars, or a path that is relative to nothing.
    return null;
  }
}

function projectFile(files: Files, path: string): string {
  return files.isDirectory(path) ? join(path, 'tsconfig.json') : path;
}
