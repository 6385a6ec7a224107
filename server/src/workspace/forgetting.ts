/** What stops being known when a file changes: its own results, and those of all files that rest on it. */
import type { EditableCallIndex } from '../calls/create-call-index.ts';
import type { SummaryStore } from '../calls/wrappers/summary-store.ts';
import type { WrapperIndex } from '../calls/wrappers/wrapper-index.ts';
import type { Dependencies } from './dependencies.ts';
import type { FileList } from './file-list.ts';
import { type FileState, type FileStates, forgetFeatures, forgetWrappers } from './file-state.ts';
import type { Findings } from './findings.ts';

export interface ForgettingParts {
  readonly states: FileStates;
  readonly dependencies: Pick<Dependencies, 'dependentsOf'>;
  readonly list: Pick<FileList, 'noteResult'>;
  readonly index: EditableCallIndex;
  readonly findings: Pick<Findings, 'last' | 'forget'>;
  readonly summaries: Pick<SummaryStore, 'forget'>;
  readonly wrappers: Pick<WrapperIndex, 'outdate'>;
  /** True where every file gets its results again without being asked about. */
  readonly isKeptCurrent: () => boolean;
  /** Calls are forgotten. */
  readonly onForgotten: () => void;
}

/** Forgets the results of the modules at `paths` and of all that depend on them; returns those that were known. */
export function createForgetting(parts: ForgettingParts): (paths: Iterable<string>) => Set<string> {
  const { states, dependencies, list, index, findings, summaries, wrappers, isKeptCurrent, onForgotten } = parts;

  /** True if there was a result. */
  const forgetResult = (state: FileState): boolean => {
    const { path, analysis } = state;
    if (analysis === null) return false;
    findings.forget(state);
    if (analysis.calls.length > 0) onForgotten();
    state.analysis = null;
    state.isAskedFor = false;
    list.noteResult(path, false);
    return true;
  };

  const forgetChanged = (state: FileState): boolean => {
    forgetWrappers(state);
    state.outdated = null;
    index.delete(state.path);
    return forgetResult(state);
  };

  /** The file's own text is what it was. */
  const forgetDependent = (state: FileState): boolean => {
    const { path, analysis, isAskedFor } = state;
    forgetFeatures(state);
    if (analysis === null) return false;
    // Where the prefilter found nothing, it did so in the file's own text.
    if (!analysis.isRelevant) return isAskedFor;
    if (isAskedFor && isKeptCurrent()) state.outdated = { analysis, findings: findings.last(state) };
    index.outdate(path);
    return forgetResult(state);
  };

  return (paths) => {
    const stale = new Set<string>();
    const changed = new Set<string>();
    for (const path of paths) {
      wrappers.outdate(path);
      for (const module of [path, ...dependencies.dependentsOf(path)]) {
        changed.add(module);
        const state = states.known(module);
        if (state === null) continue;
        if (module === path ? forgetChanged(state) : forgetDependent(state)) stale.add(module);
      }
    }
    summaries.forget(changed);
    return stale;
  };
}
