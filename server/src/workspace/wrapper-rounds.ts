/**
 * The search for feature calls over the files of a workspace. The functions around requests are the first wrappers; files
 * that mention one may hold further wrappers around calls of it, whose callers are looked for in the next round. At the
 * end these files have their feature calls. Only files with a mention are parsed.
 */

import { isTestCode } from '../calls/test-code.ts';
import { commonNames, createNameSearch, createOwnerCheck, type NamesInText } from '../calls/wrappers/name-search.ts';
import { keyOfEntry, type WrapperEntry, type WrapperIndex } from '../calls/wrappers/wrapper-index.ts';
import { relativeTo } from '../files/paths.ts';
import type { Problem } from '../files/problem.ts';
import { isMinified } from '../files/read.ts';
import type { Dependencies } from './dependencies.ts';
import type { FileList } from './file-list.ts';
import type { FileStates } from './file-state.ts';
import { createImportedWrappers } from './imported-wrappers.ts';
import type { Modules } from './modules.ts';
import type { Results } from './results.ts';
import type { Texts } from './texts.ts';
import { createWrapperRefresh } from './wrapper-refresh.ts';

/** Wrappers around wrappers in other files. */
const MAX_ROUNDS = 6;
/** Names that are searched for in a whole project. */
const MAX_NAMES = 400;

export interface WrapperRoundsParts {
  readonly root: string;
  readonly states: FileStates;
  readonly wrappers: WrapperIndex;
  readonly texts: Texts;
  readonly dependencies: Pick<Dependencies, 'dependentsOf'>;
  readonly modules: Pick<Modules, 'importsOf'>;
  readonly list: Pick<FileList, 'has' | 'isLeftOut' | 'isWhole'>;
  readonly results: Pick<
    Results,
    'look' | 'findWrappers' | 'findFeatures' | 'mayUseOwnWrapper' | 'noteSettled' | 'changes'
  >;
}

/** What all known files were searched for, so that a later scan can continue from there. */
export interface SearchedNames {
  /** Keys of wrappers. */
  readonly wrappers: readonly string[];
  /** Their names that are too common to identify a wrapper. */
  readonly common: readonly string[];
}

export interface WrapperRounds {
  /** Brings the feature calls of these files, all of a scan's, up to date; yields after each file. */
  readonly run: (paths: readonly string[]) => Generator<void, void>;
  /**
   * Finds the feature calls of one file by the wrappers that are known and by those that it can reach over its imports.
   * Yields between two files, and may be left at any of these points.
   */
  readonly settle: (path: string) => Generator<void, void>;
  /** Which functions lead to requests is known of every file that was settled; yields after each. */
  readonly finish: () => Generator<void, void>;
  readonly searched: () => SearchedNames;
  readonly restore: (searched: SearchedNames) => void;
  readonly problems: () => readonly Problem[];
}

export function createWrapperRounds(parts: WrapperRoundsParts): WrapperRounds {
  const { root, states, list, wrappers, texts, results } = parts;
  const searched = new Set<string>();
  let common: ReadonlySet<string> = new Set();
  let problem: string | null = null;
  /** Wrappers that the last scan of the whole left unsearched, because of a limit; null before any. */
  let leftOut: ReadonlySet<string> | null = null;

  const unsearched = (): readonly WrapperEntry[] =>
    [...wrappers.entries()].filter((entry) => !searched.has(keyOfEntry(entry)));

  /** Wrappers whose callers have not been searched for; they count as searched from now on. */
  const takeNew = (): readonly WrapperEntry[] => {
    const entries = unsearched();
    const taken = entries.slice(0, Math.max(0, MAX_NAMES - searched.size));
    for (const entry of taken) searched.add(keyOfEntry(entry));
    if (taken.length < entries.length) {
      problem = `Feature calls may be missing: Farthing searched for callers of only ${MAX_NAMES} functions around LLM calls.`;
    }
    return taken;
  };

  const refresh = createWrapperRefresh({
    ...parts,
    common: () => common,
    isOfWhole: (path) => leftOut !== null && list.has(path),
  });

  /** Brings the index up to date with files that have changed or are gone. */
  function* settleIndex(): Generator<void, void> {
    yield* refresh.refreshLeft();
    for (const { path } of [...wrappers.entries()]) if (states.known(path)?.analysis == null) wrappers.set(path, []);
    const known = new Set(Array.from(wrappers.entries(), keyOfEntry));
    for (const key of searched) if (!known.has(key)) searched.delete(key);
  }

  const imported = createImportedWrappers({ ...parts, refresh });
  /** True if the whole was searched for the callers of every wrapper that is known. */
  const isWholeSearched = (): boolean =>
    leftOut !== null && unsearched().every((entry) => leftOut?.has(keyOfEntry(entry)));

  const passesOver = (path: string, names: ReadonlySet<string>): boolean =>
    states.known(path)?.wrappers?.passedOver.some((name) => names.has(name)) === true;

  /** Files whose wrappers or feature calls may change because these wrappers are known now. */
  const affectedBy = (entries: readonly WrapperEntry[], paths: readonly string[]): readonly string[] => {
    const names = new Set(entries.map(({ name }) => name));
    const all = [...wrappers.entries()];
    const [fresh, whole] = [createNameSearch(entries), createNameSearch(all)];
    const isSearched = (path: string): boolean => states.known(path)?.isSearched === true;
    const found = new Map<string, NamesInText>();
    for (const path of paths) {
      // Without a new wrapper, what was searched already has nothing to be found in it.
      if (entries.length === 0 && isSearched(path)) continue;
      const text = texts.latin1(path);
      if (text !== null) found.set(path, (isSearched(path) ? fresh : whole).namesIn(path, text));
    }
    const more = commonNames(entries, found.values(), paths.length);
    if (more.length > 0) common = new Set([...common, ...more]);
    const isOfFresh = createOwnerCheck(entries, common);
    const isOfAny = createOwnerCheck(all, common);
    const mayUse = (path: string, isOfWrapper: typeof isOfAny): boolean => {
      const inText = found.get(path);
      if (inText === undefined || inText.used.size === 0) return false;
      const text = texts.latin1(path);
      return text !== null && isOfWrapper(path, text, inText.used) && !isMinified(path, text);
    };
    return paths.filter((path) => {
      if (isSearched(path)) return passesOver(path, names) || mayUse(path, isOfFresh);
      states.of(path).isSearched = true;
      if (mayUse(path, isOfAny)) return true;
      refresh.noteUnused(path);
      return false;
    });
  };

  return {
    *run(paths) {
      problem = null;
      yield* settleIndex();
      const code = paths.filter((path) => !isTestCode(relativeTo(path, root), []));
      // What a part of a repository calls may stand in the rest of it.
      if (!list.isWhole()) for (const path of code) if (!states.of(path).isSearched) yield* imported.settle(path);
      const affected = new Set<string>();
      for (let round = 0; round < MAX_ROUNDS; round++) {
        const entries = takeNew();
        const isSettled = entries.length === 0 && code.every((path) => states.known(path)?.isSearched);
        if (isSettled || wrappers.isEmpty) break;
        for (const path of affectedBy(entries, code)) {
          affected.add(path);
          if (states.of(path).wrappersAsOf !== wrappers.version) results.findWrappers(path);
          yield;
        }
      }
      if (!wrappers.isEmpty && unsearched().length > 0) {
        problem ??= `Feature calls may be missing: Farthing follows calls of functions around LLM calls through ${MAX_ROUNDS} files at most.`;
      }
      // Once every wrapper is known: looking at a call before that would have to be done again.
      for (const path of code) {
        if (!affected.has(path)) continue;
        results.findFeatures(path);
        yield;
      }
      paths.forEach(results.noteSettled);
      leftOut = list.isWhole() ? new Set(unsearched().map(keyOfEntry)) : null;
    },
    *settle(path) {
      const state = states.of(path);
      if (state.isSearched) return;
      if (isTestCode(relativeTo(path, root), [])) {
        state.isSearched = true;
        results.noteSettled(path);
        return;
      }
      for (;;) {
        yield* refresh.refreshOutdated(path);
        const isMentioned = isWholeSearched() ? refresh.refreshItself(path) : yield* imported.settle(path);
        // Something changed in the meantime.
        if ([...wrappers.outdated].some((other) => other !== path)) continue;
        state.isSearched = true;
        if (isMentioned) results.findFeatures(path);
        results.noteSettled(path);
        return;
      }
    },
    finish: refresh.refreshLeft,
    searched: () => ({ wrappers: [...searched], common: [...common] }),
    restore: (earlier) => {
      for (const key of earlier.wrappers) searched.add(key);
      common = new Set(earlier.common);
    },
    problems: () => (problem === null ? [] : [{ path: root, message: problem }]),
  };
}
