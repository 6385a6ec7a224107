/**
 * What each analysis rests on: which imports led where, which modules were loaded, which other files were read. The disk
 * cache and the editor ask what has to be analysed again after a change.
 *
 * An evaluator may remember a module's values from an earlier analysis and then ask nothing. So what counts is not only
 * what was asked during one analysis but everything reachable from it over the imports that were ever resolved.
 */
import type { Resolution } from '../evaluate/modules.ts';

export interface Dependencies {
  /** Runs one analysis; what is noted meanwhile belongs to `path`. */
  readonly during: <T>(path: string, run: () => T) => T;
  readonly noteResolution: (from: string, specifier: string, resolution: Resolution) => void;
  readonly noteModule: (path: string) => void;
  readonly noteText: (path: string) => void;
  /** Modules in which imports were resolved, and those imports: specifier -> what it named. */
  readonly importers: () => Iterable<string>;
  readonly importsOf: (path: string) => ReadonlyMap<string, Resolution>;
  /** Modules that an analysis of `path` loaded, and other files that it read. */
  readonly loadedFor: (path: string) => ReadonlySet<string>;
  readonly textsFor: (path: string) => ReadonlySet<string>;
  /** Every module that an analysis of `path` may rest on, `path` included. */
  readonly closureOf: (path: string) => ReadonlySet<string>;
  /** Every module whose analysis may rest on `path`, a module or another file that was read; not `path` itself. */
  readonly dependentsOf: (path: string) => ReadonlySet<string>;
  /** Forgets where the imports of `path` led: they are resolved again when they are next asked for. */
  readonly forgetImports: (path: string) => void;
  /** Forgets what was noted for `path`, before it is analysed again. */
  readonly forget: (path: string) => void;
}

const NO_IMPORTS: ReadonlyMap<string, Resolution> = new Map();
const NO_PATHS: ReadonlySet<string> = new Set();

export function createDependencies(): Dependencies {
  const imports = new Map<string, Map<string, Resolution>>();
  const loaded = new Map<string, Set<string>>();
  const texts = new Map<string, Set<string>>();
  /** The same edges the other way round: what imported or loaded a module, and what read a text. */
  const users = new Map<string, Set<string>>();
  const readers = new Map<string, Set<string>>();
  let current: string | null = null;

  const noteFor = (table: Map<string, Set<string>>, back: Map<string, Set<string>>, path: string): void => {
    if (current === null || current === path) return;
    addTo(table, current, path);
    addTo(back, path, current);
  };

  const closureOf = (path: string): ReadonlySet<string> => {
    const reached = new Set([path, ...(loaded.get(path) ?? NO_PATHS)]);
    // A set yields what is added while it is walked.
    for (const module of reached) {
      for (const resolution of imports.get(module)?.values() ?? []) {
        if (resolution.kind === 'module') reached.add(resolution.path);
      }
    }
    return reached;
  };

  const forgetImports = (path: string): void => {
    for (const resolution of imports.get(path)?.values() ?? []) {
      if (resolution.kind === 'module') users.get(resolution.path)?.delete(path);
    }
    imports.delete(path);
  };

  return {
    during: (path, run) => {
      const outer = current;
      current = path;
      try {
        return run();
      } finally {
        current = outer;
      }
    },
    noteResolution: (from, specifier, resolution) => {
      const known = imports.get(from);
      if (known) known.set(specifier, resolution);
      else imports.set(from, new Map([[specifier, resolution]]));
      if (resolution.kind === 'module') addTo(users, resolution.path, from);
    },
    noteModule: (path) => noteFor(loaded, users, path),
    noteText: (path) => noteFor(texts, readers, path),
    importers: () => imports.keys(),
    importsOf: (path) => imports.get(path) ?? NO_IMPORTS,
    loadedFor: (path) => loaded.get(path) ?? NO_PATHS,
    textsFor: (path) => texts.get(path) ?? NO_PATHS,
    closureOf,
    dependentsOf: (path) => {
      const reached = new Set(users.get(path));
      // Which module of an analysis read a text is not known: all of them are taken to have.
      for (const reader of readers.get(path) ?? []) for (const module of closureOf(reader)) reached.add(module);
      for (const module of reached) for (const user of users.get(module) ?? []) reached.add(user);
      reached.delete(path);
      return reached;
    },
    forgetImports,
    forget: (path) => {
      forgetImports(path);
      for (const module of loaded.get(path) ?? []) users.get(module)?.delete(path);
      for (const text of texts.get(path) ?? []) readers.get(text)?.delete(path);
      loaded.delete(path);
      texts.delete(path);
    },
  };
}

function addTo(table: Map<string, Set<string>>, key: string, path: string): void {
  const known = table.get(key);
  if (known) known.add(path);
  else table.set(key, new Set([path]));
}
