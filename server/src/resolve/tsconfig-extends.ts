/**
 * The path options of a tsconfig and of the configurations it extends. A library would read the files by itself; here
 * they are read like every other file, and the disk cache knows about them.
 */
import { type Files, isRecord } from '../files/file-system.ts';
import { absolute, ancestors, folderOf, join } from '../files/paths.ts';

export interface PathOptions {
  /** Absolute; null if no configuration sets it. */
  readonly baseUrl: string | null;
  /** As written, and the configuration that contains them: without a `baseUrl` they are relative to it. */
  readonly paths: Readonly<Record<string, string[]>> | null;
  readonly pathsFile: string;
  /** Paths of a solution's projects, as written. They are not inherited. */
  readonly references: readonly string[];
}

/** Real chains have three or four; a longer one is a mistake or an attack. */
const MAX_CONFIGURATIONS = 32;
/** Stands for the folder of the first configuration in the chain. */
const CONFIG_FOLDER = /^\$\{configDir\}/i;

/**
 * The options of the configuration at `path`. The configurations it extends are used if they can be read; its own
 * options are always used.
 */
export function readPathOptions(files: Files, path: string): PathOptions {
  const left = { configurations: MAX_CONFIGURATIONS };
  return optionsOf(files, path, folderOf(path), left);
}

function optionsOf(files: Files, path: string, start: string, left: { configurations: number }): PathOptions {
  const none: PathOptions = { baseUrl: null, paths: null, pathsFile: path, references: [] };
  if (left.configurations-- <= 0) return none;
  const config = files.readJson(path);
  if (config === null) return none;
  let { baseUrl, paths, pathsFile } = none;
  for (const parent of parentsOf(config.extends)) {
    const file = findExtended(files, parent, path);
    if (file === null) continue;
    const inherited = optionsOf(files, file, start, left);
    baseUrl = inherited.baseUrl ?? baseUrl;
    if (inherited.paths !== null) ({ paths, pathsFile } = inherited);
  }
  const options = isRecord(config.compilerOptions) ? config.compilerOptions : {};
  if (typeof options.baseUrl === 'string')
    baseUrl = absolute(options.baseUrl.replace(CONFIG_FOLDER, start), folderOf(path));
  if (isRecord(options.paths)) {
    paths = targetsOf(options.paths, start);
    pathsFile = path;
  }
  const references = Array.isArray(config.references) ? config.references.filter(isReference) : [];
  return { baseUrl, paths, pathsFile, references: references.map((reference) => reference.path) };
}

function parentsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function targetsOf(paths: Readonly<Record<string, unknown>>, start: string): Readonly<Record<string, string[]>> {
  const entries = Object.entries(paths).map(([pattern, targets]) => {
    const texts = Array.isArray(targets) ? targets.filter((target) => typeof target === 'string') : [];
    return [pattern, texts.map((target) => target.replace(CONFIG_FOLDER, start))] as const;
  });
  return Object.fromEntries(entries);
}

/** The file that `extends` refers to: relative to the configuration, or in a package above it. */
function findExtended(files: Files, specifier: string, from: string): string | null {
  const folder = folderOf(from);
  if (/^\.{1,2}(?:\/|$)|^\/|^[a-z]:/i.test(specifier)) return firstFile(files, absolute(specifier, folder));
  for (const candidate of ancestors(folder)) {
    const modules = join(candidate, 'node_modules');
    if (!files.isDirectory(modules)) continue;
    const path = join(modules, specifier);
    const named = files.readJson(join(path, 'package.json'))?.tsconfig;
    const found =
      (typeof named === 'string' ? firstFile(files, absolute(named, path)) : null) ?? firstFile(files, path);
    if (found !== null) return found;
  }
  return null;
}

function firstFile(files: Files, path: string): string | null {
  const candidates = [path, `${path}.json`, join(path, 'tsconfig.json')];
  return candidates.find((candidate) => files.isFile(candidate)) ?? null;
}

function isReference(value: unknown): value is { readonly path: string } {
  return isRecord(value) && typeof value.path === 'string';
}
