/** The stored dependency graph of a workspace: read by its first scan, written by each. */
import { type CacheStore, createCacheStore } from '../files/cache-store.ts';
import { absolute } from '../files/paths.ts';
import { projectRoot } from '../files/project-root.ts';
import type { FileAnalysis, FileState } from './file-state.ts';
import { describeGraph, type GraphParts, NOTHING_RESTORED, restoreGraph } from './stored-graph.ts';
import type { SearchedNames } from './wrapper-rounds.ts';

export interface GraphStoreOptions {
  readonly root: string;
  readonly paths: readonly string[];
  readonly now: () => Date;
  /**
   * Where results are kept between scans; `key` is everything but the files that decides them, as it is known after the
   * walk. Null keeps nothing.
   */
  readonly cache?: { readonly directory: string; readonly key: () => string } | null;
}

export interface GraphStore {
  /** Restores what was stored, as far as it is still true. Returns the names that were searched for; null without a graph. */
  readonly restore: (forget: GraphParts['forget']) => SearchedNames | null;
  /** The prefilter's verdict from an earlier scan; null if the file must be read. */
  readonly verdict: (state: FileState) => FileAnalysis | null;
  /** Stores what was found in the files at `paths`, unless none was analysed and that is what is stored already. */
  readonly save: (paths: readonly string[], searched: SearchedNames, hasAnalysed: boolean) => void;
}

export function createGraphStore(options: GraphStoreOptions, parts: Omit<GraphParts, 'forget'>): GraphStore {
  let store: CacheStore | null = null;
  let taken = Date.now();
  let restored = NOTHING_RESTORED;
  return {
    restore: (forget) => {
      taken = Date.now();
      store = storeOf(options);
      if (store !== null) restored = restoreGraph(store.read(), { ...parts, forget });
      return restored.searched;
    },
    verdict: (state) => restored.verdict(state),
    save: (paths, searched, hasAnalysed) => {
      if (store === null || (!hasAnalysed && restored.isUpToDate(paths.length))) return;
      store.write(describeGraph(paths, parts, { taken, world: restored.world, searched }));
    },
  };
}

function storeOf({ cache, root, paths, now }: GraphStoreOptions): CacheStore | null {
  if (!cache) return null;
  const day = now().toISOString().slice(0, 10);
  const name = JSON.stringify([absolute(root), projectRoot(absolute(root)), paths.map((path) => absolute(path))]);
  return createCacheStore(cache.directory, name, JSON.stringify([cache.key(), day]));
}
