/** Keeps the index of wrappers in step with files, one at a time: no other file is searched for callers. */
import { isTestCode } from '../calls/test-code.ts';
import { createWrapperSearch, type WrapperSearch } from '../calls/wrappers/name-search.ts';
import type { WrapperIndex, WrapperName } from '../calls/wrappers/wrapper-index.ts';
import { relativeTo } from '../files/paths.ts';
import { isMinified } from '../files/read.ts';
import type { FileState, FileStates } from './file-state.ts';
import type { Results } from './results.ts';
import type { Texts } from './texts.ts';

export interface WrapperRefreshParts {
  readonly root: string;
  readonly states: FileStates;
  readonly wrappers: WrapperIndex;
  readonly texts: Pick<Texts, 'latin1'>;
  readonly results: Pick<Results, 'look' | 'findWrappers' | 'mayUseOwnWrapper'>;
  /** Names of wrappers that are too common to identify one; another set whenever they change. */
  readonly common: () => ReadonlySet<string>;
  /** True for a file in which any function may be a wrapper that others are known to call. */
  readonly isOfWhole: (path: string) => boolean;
}

export interface WrapperRefresh {
  /** Notes which functions of the file lead to requests; true if it may use a wrapper, its own or another file's. */
  readonly refresh: (path: string) => boolean;
  /**
   * The same for what is shown of the file itself. Which of its functions are wrappers matters to the callers of these:
   * unless the file is one, it is left for later, since it takes longer than all the rest.
   */
  readonly refreshItself: (path: string) => boolean;
  /**
   * Refreshes the files whose text has changed, but for `except`; yields after each. Others keep their wrappers, although
   * one may lead nowhere any more: each call of one is followed anew.
   */
  readonly refreshOutdated: (except?: string) => Generator<void, void>;
  /** Refreshes everything that was left for later. */
  readonly refreshLeft: () => Generator<void, void>;
  /** The file uses no wrapper: only what it makes for others is left of what was known. */
  readonly noteUnused: (path: string) => void;
}

interface MadeSearch {
  /** Of the index. */
  readonly version: number;
  readonly common: ReadonlySet<string>;
  readonly search: WrapperSearch;
}

export function createWrapperRefresh(parts: WrapperRefreshParts): WrapperRefresh {
  const { root, states, wrappers, texts, results, isOfWhole } = parts;
  let made: MadeSearch | null = null;
  /** Files whose wrappers were left for later. */
  const left = new Set<string>();

  const mentionsWrapper = (path: string): boolean => {
    if (wrappers.isEmpty) return false;
    const { version } = wrappers;
    const common = parts.common();
    if (made?.version !== version || made.common !== common) {
      made = { version, common, search: createWrapperSearch([...wrappers.entries()], common) };
    }
    const text = texts.latin1(path);
    return text !== null && made.search(path, text) && !isMinified(path, text);
  };

  const note = (state: FileState, names: readonly WrapperName[]): void => {
    state.areWrappersFound = true;
    left.delete(state.path);
    wrappers.set(state.path, names);
  };

  const noteUnused = (path: string): void => {
    const state = states.of(path);
    // Its requests, if it makes any, were not asked for wrappers since something changed.
    if (state.wrappersAsOf === null && state.wrappers !== null) {
      const objects = state.wrappers.names.filter(({ isObject }) => isObject);
      state.wrappers = { ...state.wrappers, names: objects };
    }
    note(state, state.wrappers?.names ?? []);
  };

  const refresh = (path: string): boolean => {
    results.look(path);
    if (!mentionsWrapper(path)) {
      noteUnused(path);
      return false;
    }
    const state = states.of(path);
    // They are known from the file's own requests, unless more wrappers are known since.
    if (state.wrappersAsOf !== wrappers.version) results.findWrappers(path);
    note(state, state.wrappers?.names ?? []);
    return true;
  };

  const refreshItself = (path: string): boolean => {
    const isFirst = !states.of(path).areWrappersFound && !wrappers.outdated.has(path);
    results.look(path);
    if (isFirst || !mentionsWrapper(path) || results.mayUseOwnWrapper(path)) return refresh(path);
    left.add(path);
    return true;
  };

  const firstOutdated = (except: string | undefined): string | undefined => {
    for (const path of wrappers.outdated) if (path !== except) return path;
    return undefined;
  };

  function* refreshOutdated(except?: string): Generator<void, void> {
    for (let path = firstOutdated(except); path !== undefined; path = firstOutdated(except)) {
      const isKnown = left.has(path) || wrappers.namesOf(path).length > 0 || isOfWhole(path);
      if (isKnown && !isTestCode(relativeTo(path, root), [])) refresh(path);
      else wrappers.set(path, []);
      yield;
    }
  }

  return {
    refresh,
    refreshItself,
    refreshOutdated,
    *refreshLeft() {
      yield* refreshOutdated();
      for (const path of left) {
        refresh(path);
        yield;
      }
    },
    noteUnused,
  };
}
