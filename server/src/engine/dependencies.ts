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
  /** Forgets what was noted for `path`, before it is analysed again. */
  readonly forget: (path: string) => void;
}

const NO_IMPORTS: ReadonlyMap<string, Resolution> = new Map();
const NO_PATHS: ReadonlySet<string> = new Set();

export function createDependencies(): Dependencies {
  const imports = new Map<string, Map<string, Resolution>>();
  const loaded = new Map<string, Set<string>>();
  const texts = new Map<string, Set<string>>();
  let current: string | null = null;

  const noteFor = (table: Map<string, Set<string>>, path: string): void => {
    if (current === null || current === path) return;
    const known = table.get(current);
    if (known) known.add(path);
    else table.set(current, new Set([path]));
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
    },
    noteModule: (path) => noteFor(loaded, path),
    noteText: (path) => noteFor(texts, path),
    importers: () => imports.keys(),
    importsOf: (path) => imports.get(path) ?? NO_IMPORTS,
    loadedFor: (path) => loaded.get(path) ?? NO_PATHS,
    textsFor: (path) => texts.get(path) ?? NO_PATHS,
    closureOf: (path) => {
      const reached = new Set([path, ...(loaded.get(path) ?? NO_PATHS)]);
      // A set yields what is added while it is walked.
      for (const module of reached) {
        for (const resolution of imports.get(module)?.values() ?? []) {
          if (resolution.kind === 'module') reached.add(resolution.path);
        }
      }
      return reached;
    },
    forget: (path) => {
      imports.delete(path);
      loaded.delete(path);
      texts.delete(path);
    },
  };
}
