/**
 * Who calls the wrappers of a file, in the whole workspace and without a scan of it: the files are searched for the
 * wrappers' names, and only those with a mention are parsed. In steps, for the background of an editor.
 */
import { isTestCode } from '../calls/test-code.ts';
import { commonNames, createNameSearch, createOwnerCheck, type NamesInText } from '../calls/wrappers/name-search.ts';
import { keyOfEntry, type WrapperEntry, type WrapperIndex } from '../calls/wrappers/wrapper-index.ts';
import { relativeTo } from '../files/paths.ts';
import { isMinified } from '../files/read.ts';
import type { Analyser } from './analyse-file.ts';
import type { FileList } from './file-list.ts';
import type { Texts } from './texts.ts';
import type { ScanStep } from './workspace.ts';
import type { WrapperRounds } from './wrapper-rounds.ts';

/** Wrappers around wrappers in other files. */
const MAX_ROUNDS = 4;

export interface CallerSearchParts {
  readonly root: string;
  readonly list: Pick<FileList, 'look'>;
  readonly texts: Pick<Texts, 'latin1'>;
  readonly wrappers: WrapperIndex;
  readonly rounds: Pick<WrapperRounds, 'settle' | 'finish'>;
  readonly analyser: Pick<Analyser, 'trim'>;
}

export interface CallerSearch {
  /**
   * Finds the calls of the wrappers in the file at `path`, over other wrappers as well. Yields between two files, and may
   * be left at any of these points. What was searched once is not searched again until `forget`.
   */
  readonly find: (path: string) => Generator<ScanStep, void>;
  /** Files on the disk are others now. */
  readonly forget: () => void;
}

export function createCallerSearch({ root, list, texts, wrappers, rounds, analyser }: CallerSearchParts): CallerSearch {
  let files: readonly string[] | null = null;
  /** By a wrapper's key: the files that mention it. */
  const mentions = new Map<string, readonly string[]>();

  const entriesOf = (path: string): readonly WrapperEntry[] =>
    wrappers.namesOf(path).map((name) => ({ path, ...name }));

  /** Searches the files for the names of the entries. */
  function* search(entries: readonly WrapperEntry[], paths: readonly string[]): Generator<ScanStep, void> {
    const { namesIn } = createNameSearch(entries);
    const found = new Map<string, NamesInText & { readonly text: string }>();
    for (const [index, path] of paths.entries()) {
      const text = texts.latin1(path);
      const names = text === null ? null : namesIn(path, text);
      if (text !== null && names !== null && names.mentioned.size > 0) found.set(path, { ...names, text });
      yield { done: index + 1, total: paths.length };
    }
    const common = new Set(commonNames(entries, found.values(), paths.length));
    for (const entry of entries) {
      const isOfWrapper = createOwnerCheck([entry], common);
      const callers = [...found].filter(
        ([path, { text, used }]) => isOfWrapper(path, text, used) && !isMinified(path, text),
      );
      mentions.set(
        keyOfEntry(entry),
        callers.map(([path]) => path),
      );
    }
  }

  return {
    *find(start) {
      for (const _ of rounds.settle(start)) yield { done: 0, total: 1 };
      for (const _ of rounds.finish()) yield { done: 0, total: 1 };
      const known = new Set<string>();
      let entries = entriesOf(start);
      for (let round = 0; round < MAX_ROUNDS && entries.length > 0; round++) {
        files ??= list.look().filter((path) => !isTestCode(relativeTo(path, root), []));
        yield* search(
          entries.filter((entry) => !mentions.has(keyOfEntry(entry))),
          files,
        );
        const callers = new Set(entries.flatMap((entry) => mentions.get(keyOfEntry(entry)) ?? []));
        for (const entry of entries) known.add(keyOfEntry(entry));
        let done = 0;
        for (const path of callers) {
          for (const _ of rounds.settle(path)) yield { done, total: callers.size };
          done++;
          yield { done, total: callers.size };
        }
        entries = [...callers].flatMap(entriesOf).filter((entry) => !known.has(keyOfEntry(entry)));
      }
      analyser.trim();
    },
    forget: () => {
      files = null;
      mentions.clear();
    },
  };
}
