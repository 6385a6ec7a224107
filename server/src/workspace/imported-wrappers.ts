/**
 * The wrappers that one file can reach over its imports, found without a scan: the editor shows the feature calls of a
 * file as soon as it is open, and so does a scan of a part of a repository. What nothing imports (a class that
 * implements an interface somewhere else) waits for a scan of the whole.
 */
import { isTestCode } from '../calls/test-code.ts';
import { keyOfEntry, type WrapperIndex } from '../calls/wrappers/wrapper-index.ts';
import { relativeTo } from '../files/paths.ts';
import type { Dependencies } from './dependencies.ts';
import type { FileList } from './file-list.ts';
import type { FileStates } from './file-state.ts';
import type { Modules } from './modules.ts';
import type { Results } from './results.ts';
import type { WrapperRefresh } from './wrapper-refresh.ts';

/** Files that are followed from one: those of products were seen to import up to 320, over any number of steps. */
const MAX_FILES = 400;

export interface ImportedWrappersParts {
  readonly root: string;
  readonly states: FileStates;
  readonly dependencies: Pick<Dependencies, 'dependentsOf'>;
  readonly modules: Pick<Modules, 'importsOf'>;
  readonly list: Pick<FileList, 'isLeftOut'>;
  readonly wrappers: WrapperIndex;
  readonly results: Pick<Results, 'look' | 'changes'>;
  readonly refresh: Pick<WrapperRefresh, 'refresh' | 'refreshItself'>;
}

export interface ImportedWrappers {
  /**
   * Brings the index up to date with the file at `path` and everything that it imports; yields after each file, and
   * takes up what changes in the meantime. Returns true if the file mentions a wrapper.
   */
  readonly settle: (path: string) => Generator<void, boolean>;
}

export function createImportedWrappers(parts: ImportedWrappersParts): ImportedWrappers {
  const { root, states, dependencies, modules, list, wrappers, results, refresh } = parts;

  /** The file and what it imports, over any number of steps; the nearest first. */
  const around = (start: string): ReadonlySet<string> => {
    const found = new Set([start]);
    // A set yields what is added while it is walked.
    for (const path of found) {
      for (const target of modules.importsOf(path)) {
        if (found.size >= MAX_FILES) return found;
        if (!isTestCode(relativeTo(target, root), []) && !list.isLeftOut(target)) found.add(target);
      }
    }
    return found;
  };

  const isSettled = (path: string): boolean => {
    const { areWrappersFound, isSearched } = states.of(path);
    return areWrappersFound || (isSearched && !wrappers.outdated.has(path));
  };

  const keysIn = (path: string): readonly string[] =>
    wrappers.namesOf(path).map((name) => keyOfEntry({ path, ...name }));

  /** Null if something changed before it was done. */
  function* settleOnce(start: string): Generator<void, boolean | null> {
    const since = results.changes();
    const known = new Set(Array.from(wrappers.entries(), keyOfEntry));
    const files = around(start);
    const changed = [...files].filter((path) => path === start || !isSettled(path));
    for (const path of changed) {
      results.look(path);
      yield;
      if (results.changes() !== since) return null;
    }
    let isMentioned = false;
    // What is imported comes before what imports it; where it cannot, because of a circle, the latter comes again.
    const pending = new Set(changed.toReversed());
    for (const path of pending) {
      pending.delete(path);
      const isMentionedHere = path === start ? refresh.refreshItself(path) : refresh.refresh(path);
      if (!isMentionedHere) continue;
      isMentioned ||= path === start;
      const fresh = keysIn(path).filter((key) => !known.has(key));
      for (const key of fresh) known.add(key);
      for (const user of fresh.length > 0 ? dependencies.dependentsOf(path) : []) {
        if (!files.has(user)) continue;
        Object.assign(states.of(user), { areWrappersFound: false, isSearched: false });
        pending.add(user);
      }
      if (pending.size === 0) break;
      yield;
      if (results.changes() !== since) return null;
    }
    return isMentioned;
  }

  return {
    *settle(start) {
      for (;;) {
        const isMentioned = yield* settleOnce(start);
        if (isMentioned !== null) return isMentioned;
      }
    },
  };
}
