/** Keeps the index of wrappers in step with files, one at a time: no other file is searched for callers. */
import { isTestCode } from '../calls/test-code.ts';
import { createWrapperSearch, type WrapperSearch } from '../calls/wrappers/name-search.ts';
import type { WrapperIndex } from '../calls/wrappers/wrapper-index.ts';
import { relativeTo } from '../files/paths.ts';
import { isMinified } from '../files/read.ts';
import type { FileStates } from './file-state.ts';
import type { Results } from './results.ts';
import type { Texts } from './texts.ts';

export interface WrapperRefreshParts {
  readonly root: string;
  readonly states: FileStates;
  readonly wrappers: WrapperIndex;
  readonly texts: Pick<Texts, 'latin1'>;
  readonly results: Pick<Results, 'look' | 'findWrappers'>;
  /** Names of wrappers that are too common to identify one; another set whenever they change. */
  readonly common: () => ReadonlySet<string>;
  /** True for a file in which any function may be a wrapper that others are known to call. */
  readonly isOfWhole: (path: string) => boolean;
}

export interface WrapperRefresh {
  /** Notes which functions of the file lead to requests; true if it may use a wrapper, its own or another file's. */
  readonly refresh: (path: string) => boolean;
  /**
   * The same for the files whose text has changed; yields after each. Others keep their wrappers, although one may lead
   * nowhere any more: each call of one is followed anew.
   */
  readonly refreshOutdated: () => Generator<void, void>;
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

  const noteUnused = (path: string): void => {
    const state = states.of(path);
    // Its requests, if it makes any, were not asked for wrappers since something changed.
    if (state.wrappersAsOf === null && state.wrappers !== null) {
      const objects = state.wrappers.names.filter(({ isObject }) => isObject);
      state.wrappers = { ...state.wrappers, names: objects };
    }
    wrappers.set(path, state.wrappers?.names ?? []);
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
    wrappers.set(path, state.wrappers?.names ?? []);
    return true;
  };

  return {
    refresh,
    *refreshOutdated() {
      for (let [path] = wrappers.outdated; path !== undefined; [path] = wrappers.outdated) {
        const isKnown = wrappers.namesOf(path).length > 0 || isOfWhole(path);
        if (isKnown && !isTestCode(relativeTo(path, root), [])) refresh(path);
        else wrappers.set(path, []);
        yield;
      }
    },
    noteUnused,
  };
}
