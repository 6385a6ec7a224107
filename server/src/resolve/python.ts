/**
 * What a module name refers to in Python. The sources do not say where a program is started, so an absolute import is
 * tried from every folder that could be on the path, nearest first.
 */
import type { Resolution } from '../evaluate/modules.ts';
import type { Files } from '../files/file-system.ts';
import { ancestors, folderOf, isInside, join } from '../files/paths.ts';
import { PYTHON_STANDARD_LIBRARY } from './python-standard-library.ts';

const PROJECT_FILES = ['pyproject.toml', 'setup.py', 'setup.cfg'] as const;

interface SearchPaths {
  /** Folders that may be on the path, nearest first. */
  readonly outer: readonly string[];
  /** Folders inside packages: they are on the path only if a script in them is started directly. */
  readonly inner: readonly string[];
}

/** Resolves `name` (`..models`, `app.models`) for a module in `folder`. `tops` are the outermost folders to search. */
export function createPythonResolver(
  files: Files,
  tops: readonly string[],
): (folder: string, name: string) => Resolution {
  const pathsByFolder = new Map<string, SearchPaths>();
  let projects: readonly string[] | null = null;

  /**
   * Folders anywhere in the tree that have a project file, and their `src`: packages of a monorepo import each other.
   */
  const projectPaths = (): readonly string[] => {
    projects ??= [...files.walked()]
      .filter(([, listing]) => PROJECT_FILES.some((name) => listing.has(name)))
      .flatMap(([folder, listing]) => (listing.has('src') ? [join(folder, 'src'), folder] : [folder]));
    return projects;
  };

  const searchPaths = (folder: string): SearchPaths => {
    const known = pathsByFolder.get(folder);
    if (known) return known;
    const top =
      tops.filter((candidate) => isInside(folder, candidate)).sort((a, b) => a.length - b.length)[0] ?? folder;
    const outer = new Set<string>();
    const inner: string[] = [];
    for (const candidate of ancestors(folder)) {
      if (!isInside(candidate, top)) break;
      if (files.isFile(join(candidate, '__init__.py'))) inner.push(candidate);
      else outer.add(candidate);
      if (files.isDirectory(join(candidate, 'src'))) outer.add(join(candidate, 'src'));
    }
    for (const path of projectPaths()) outer.add(path);
    const found = { outer: [...outer], inner };
    pathsByFolder.set(folder, found);
    return found;
  };

  /**
   * A name of which only the beginning is found belongs to a package: `agents/azure/` does not hide `azure.identity`.
   */
  const absoluteImport = (folder: string, name: string): Resolution => {
    const parts = name.split('.');
    const [first = ''] = parts;
    if (PYTHON_STANDARD_LIBRARY.has(first)) return { kind: 'external', module: name };
    const { outer, inner } = searchPaths(folder);
    for (const base of outer) {
      const path = findModule(files, base, parts);
      // A folder without `__init__.py` is only a package if it contains modules.
      if (path !== null && (!files.isDirectory(path) || holdsPython(files, path))) return { kind: 'module', path };
    }
    for (const base of inner) {
      // `stores/redis/client.py` that imports `redis` wraps the package with the same name as its folder.
      if (isInside(folder, join(base, first))) continue;
      const path = findModule(files, base, parts);
      if (path !== null && !files.isDirectory(path)) return { kind: 'module', path };
    }
    return { kind: 'external', module: name };
  };

  return (folder, name) => {
    const dots = /^\.*/.exec(name)?.[0].length ?? 0;
    if (dots === 0) return name === '' ? { kind: 'missing' } : absoluteImport(folder, name);
    let base = folder;
    for (let level = 1; level < dots; level++) base = folderOf(base);
    const path = findModule(files, base, name.slice(dots).split('.').filter(Boolean));
    return path === null ? { kind: 'missing' } : { kind: 'module', path };
  };
}

/**
 * The file of a module, a package's `__init__.py`, or the folder of a package that has none (its module is empty, and
 * its submodules are found by their longer names).
 */
function findModule(files: Files, base: string, parts: readonly string[]): string | null {
  let folder = base;
  for (const part of parts.slice(0, -1)) folder = join(folder, part);
  const last = parts.at(-1);
  if (last !== undefined) {
    folder = join(folder, last);
    const initial = join(folder, '__init__.py');
    if (files.isFile(initial)) return initial;
    if (files.isFile(`${folder}.py`)) return `${folder}.py`;
    return files.isDirectory(folder) ? folder : null;
  }
  const initial = join(folder, '__init__.py');
  if (files.isFile(initial)) return initial;
  return files.isDirectory(folder) ? folder : null;
}

function holdsPython(files: Files, folder: string): boolean {
  const listing = files.list(folder);
  return listing !== null && [...listing].some(([name, kind]) => kind === 'file' && name.endsWith('.py'));
}
