/** `paths` and `baseUrl` of the nearest tsconfig or jsconfig, with what it extends and, in a solution, its projects. */
import { type Cache, createPathsMatcher, parseTsconfig, type TsConfigJsonResolved } from 'get-tsconfig';
import { type Files, isRecord } from '../files/file-system.ts';
import { absolute, ancestors, folderOf, join } from '../files/paths.ts';

/** Absolute paths that a specifier may stand for, in order; none where no alias matches. */
export type PathAliases = (specifier: string) => readonly string[];

const NAMES = ['tsconfig.json', 'jsconfig.json'] as const;
/** A solution's projects are searched for aliases up to this many. */
const MAX_PROJECTS = 8;
const NO_ALIASES: PathAliases = () => [];

/** Finds the aliases that hold in a folder; each configuration is read once. */
export function createTsconfigs(files: Files): (folder: string) => PathAliases {
  const byFolder = new Map<string, PathAliases>();
  const parsed = new Map<string, PathAliases>();
  const cache: Cache = new Map();

  const aliasesOf = (path: string): PathAliases => {
    const known = parsed.get(path);
    if (known) return known;
    // A project that refers back to its solution finds no aliases there.
    parsed.set(path, NO_ALIASES);
    const config = read(path);
    const own = matcher(path, config);
    const projects = own ? [] : (config.references ?? []).slice(0, MAX_PROJECTS);
    const referenced = projects.map(({ path: project }) =>
      aliasesOf(projectFile(files, absolute(project, folderOf(path)))),
    );
    const aliases: PathAliases =
      own ?? (referenced.length ? (specifier) => referenced.flatMap((aliases) => aliases(specifier)) : NO_ALIASES);
    parsed.set(path, aliases);
    return aliases;
  };

  const read = (path: string): TsConfigJsonResolved => {
    files.readText(path);
    try {
      return parseTsconfig(path, cache);
    } catch {
      // What it extends is not installed, or the file is broken: its own options still count.
      const { compilerOptions, references } = files.readJson(path) ?? {};
      return {
        ...(isRecord(compilerOptions) ? { compilerOptions } : {}),
        ...(Array.isArray(references) ? { references: references.filter(isReference) } : {}),
      };
    } finally {
      noteExtended(files, cache);
    }
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

function matcher(path: string, config: TsConfigJsonResolved): PathAliases | null {
  try {
    return createPathsMatcher({ path, config });
  } catch {
    // A pattern with two stars, or one that is not a string.
    return null;
  }
}

function projectFile(files: Files, path: string): string {
  return files.isDirectory(path) ? join(path, 'tsconfig.json') : path;
}

function isReference(value: unknown): value is { path: string } {
  return isRecord(value) && typeof value.path === 'string';
}

/** The library keeps what it read under `readFileSync:<path>:<encoding>`; those files decide the aliases as well. */
function noteExtended(files: Files, cache: Cache): void {
  for (const key of cache.keys()) {
    const path = /^readFileSync:(.+):utf8$/.exec(key)?.[1];
    if (path !== undefined) files.note(absolute(path));
  }
}
