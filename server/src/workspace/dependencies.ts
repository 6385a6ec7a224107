/**
 * What each analysis depends on: where imports led, which modules were loaded, which other files were read. After a
 * change, in an editor or since the last scan, this says what has to be analysed again.
 *
 * An evaluator may remember a module's values from an earlier analysis and then ask nothing. So what counts is not only
 * what was asked during one analysis but everything reachable from it over the imports that were ever resolved.
 */
import type { Resolution } from '../evaluate/modules.ts';
import type { FileStates } from './file-state.ts';

export interface Dependencies {
  /** Runs one analysis; dependencies recorded during it belong to `path`. */
  readonly during: <T>(path: string, run: () => T) => T;
  readonly noteResolution: (from: string, specifier: string, resolution: Resolution) => void;
  readonly noteModule: (path: string) => void;
  readonly noteText: (path: string) => void;
  /** Feature calls or wrappers lead to functions of these modules, whatever they import. */
  readonly noteFollowed: (paths: Iterable<string>) => void;
  /** Every module that an analysis of `path` may rest on, `path` included. */
  readonly closureOf: (path: string) => ReadonlySet<string>;
  /** Every module whose analysis may rest on `path`, a module or another file that was read; not `path` itself. */
  readonly dependentsOf: (path: string) => ReadonlySet<string>;
  /** Forgets where the imports of `path` led: they are resolved again on demand. */
  readonly forgetImports: (path: string) => void;
  /** Forgets what an analysis of `path` loaded, read and followed. */
  readonly forgetLoads: (path: string) => void;
  /** Forgets what was noted for `path`, whose text is another one now. */
  readonly forget: (path: string) => void;
}

const NO_PATHS: ReadonlySet<string> = new Set();

export function createDependencies(states: FileStates): Dependencies {
  let current: string | null = null;

  const closureOf = (path: string): ReadonlySet<string> => {
    const state = states.known(path);
    const loaded = new Set([path, ...(state?.loads ?? NO_PATHS), ...(state?.follows ?? NO_PATHS)]);
    // A set yields what is added while it is walked.
    for (const module of loaded) {
      for (const resolution of states.known(module)?.imports.values() ?? []) {
        if (resolution.kind === 'module') loaded.add(resolution.path);
      }
    }
    return loaded;
  };

  const forgetImports = (path: string): void => {
    const state = states.known(path);
    if (state === null) return;
    // A module may be imported and loaded: one edge stands for both.
    for (const target of state.imports.values()) {
      if (target.kind === 'module' && !state.loads.has(target.path)) states.known(target.path)?.users.delete(path);
    }
    state.imports.clear();
  };

  const forgetLoads = (path: string): void => {
    const state = states.known(path);
    if (state === null) return;
    const imported = new Set([...state.imports.values()].map((to) => (to.kind === 'module' ? to.path : null)));
    for (const module of state.loads) if (!imported.has(module)) states.known(module)?.users.delete(path);
    for (const text of state.reads) states.known(text)?.readers.delete(path);
    for (const module of state.follows) states.known(module)?.followers.delete(path);
    state.loads.clear();
    state.reads.clear();
    state.follows.clear();
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
      states.of(from).imports.set(specifier, resolution);
      if (resolution.kind === 'module') states.of(resolution.path).users.add(from);
    },
    noteModule: (path) => {
      if (current === null || current === path) return;
      states.of(current).loads.add(path);
      states.of(path).users.add(current);
    },
    noteText: (path) => {
      if (current === null || current === path) return;
      states.of(current).reads.add(path);
      states.of(path).readers.add(current);
    },
    noteFollowed: (paths) => {
      if (current === null) return;
      for (const path of paths) {
        if (path === current) continue;
        states.of(current).follows.add(path);
        states.of(path).followers.add(current);
      }
    },
    closureOf,
    dependentsOf: (path) => {
      const state = states.known(path);
      const users = new Set(state?.users);
      // It is unknown which module of an analysis read a text, so all of them are assumed to have.
      for (const reader of state?.readers ?? []) for (const module of closureOf(reader)) users.add(module);
      for (const module of users) for (const user of states.known(module)?.users ?? []) users.add(user);
      // A feature call names every module that it leads to, so that nothing rests on one that rests on it.
      for (const module of [path, ...users])
        for (const follower of states.known(module)?.followers ?? []) users.add(follower);
      users.delete(path);
      return users;
    },
    forgetImports,
    forgetLoads,
    forget: (path) => {
      forgetImports(path);
      forgetLoads(path);
    },
  };
}
