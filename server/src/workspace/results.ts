/** What is known of each file, and what stops being known when something changes. */

import type { CallIndex, FunctionCall } from '../calls/call-index.ts';
import { createCallIndex } from '../calls/create-call-index.ts';
import type { SummaryStore } from '../calls/wrappers/summary-store.ts';
import type { WrapperIndex } from '../calls/wrappers/wrapper-index.ts';
import type { Diagnostic } from '../lint/diagnostic.ts';
import type { Analyser } from './analyse-file.ts';
import type { Dependencies } from './dependencies.ts';
import { createFeatureResults, type FeatureResults } from './feature-results.ts';
import type { FileList } from './file-list.ts';
import type { FileAnalysis, FileState, FileStates, OutdatedResults } from './file-state.ts';
import { createFindings, type Findings, type FindingsOptions } from './findings.ts';
import { createForgetting } from './forgetting.ts';

export interface Results extends FeatureResults {
  /** The results of the file at `path`, analysed now if necessary. */
  readonly file: (path: string) => FileAnalysis;
  readonly findings: (path: string) => readonly Diagnostic[];
  /** The same without looking at a file again whose results are on their way: what was said of it counts. */
  readonly shown: (path: string) => OutdatedResults;
  readonly failures: Findings['failures'];
  /** The feature calls of the file are known by now, if it has any. */
  readonly noteSettled: (path: string) => void;
  /** Analyses a file that others need: its calls count, but it is in no report. */
  readonly look: (path: string) => void;
  /** Takes for known what is in the states already. */
  readonly adopt: () => void;
  /** Forgets the results of the modules at `paths` and of all that depend on them; returns those that were known. */
  readonly forget: (paths: Iterable<string>) => Set<string>;
  /** The index. What is out of date is looked at first, unless that is a lot. */
  readonly calls: () => CallIndex;
  /** The index as it is. */
  readonly known: CallIndex;
  /** While a scan is under way, the index is taken as it is. */
  readonly setScanning: (isScanning: boolean) => void;
  /** How often results were forgotten. */
  readonly changes: () => number;
  /** Files that were analysed so far, rather than known from an earlier scan. */
  readonly analysed: () => number;
  /** How often something was asked about every use of a name while not all calls were known. */
  readonly askedIncomplete: () => number;
}

export interface ResultsParts {
  readonly states: FileStates;
  readonly dependencies: Dependencies;
  readonly list: FileList;
  readonly analyser: Analyser;
  /** The prefilter's verdict from an earlier scan; null if the file must be read. */
  readonly verdict: (state: FileState) => FileAnalysis | null;
  readonly summaries: Pick<SummaryStore, 'forget'>;
  readonly wrappers: Pick<WrapperIndex, 'outdate'>;
  /** Looks for feature calls in a file that was analysed by itself, in steps. */
  readonly settle: (path: string) => Iterable<void>;
  /** How many modules are analysed for a question about all calls when some are out of date. */
  readonly maxCatchUp: number;
  readonly lint: Omit<FindingsOptions, 'index' | 'known' | 'version' | 'isComplete'>;
}

/** Milliseconds without further catching up after it was not enough. */
const PAUSE = 5_000;

export function createResults({
  states,
  dependencies,
  list,
  analyser,
  verdict,
  summaries,
  wrappers,
  settle,
  maxCatchUp,
  lint,
}: ResultsParts): Results {
  let analysed = 0;
  let changes = 0;
  let askedIncomplete = 0;
  let isScanning = false;
  /** A fix that asks for every use of a name lists the files too, but what it finds must not change what is shown. */
  let wasScanned = false;
  let pausedUntil = 0;
  let version = 0;
  const isComplete = (): boolean => list.unknown()?.size === 0;
  const index = createCallIndex({
    isComplete,
    isShown: ({ origin: { path } }) => (wasScanned ? list.has(path) : states.known(path)?.isAskedFor === true),
    functionCallsIn: (path) => functionCallsIn(states.of(path), analyser),
  });

  const take = (state: FileState, analysis: FileAnalysis): FileAnalysis => {
    state.analysis = analysis;
    list.noteResult(state.path, true);
    if (analysis.calls.length > 0) version++;
    if (analysis.isRelevant) index.set(state.path, analysis.calls, !state.isSearched);
    else index.delete(state.path);
    return analysis;
  };

  const analyse = (state: FileState): FileAnalysis => {
    if (state.analysis !== null) return state.analysis;
    const known = verdict(state);
    if (known !== null) {
      state.isSearched = true;
      return take(state, known);
    }
    analysed++;
    return take(state, analyser.analyse(state.path, list.isNamed(state.path)));
  };

  const features = createFeatureResults({ states, analyser, analyse, take });

  const file = (path: string): FileAnalysis => {
    const state = states.of(path);
    state.isAskedFor = true;
    const analysis = analyse(state);
    if (isScanning || state.isSearched) return analysis;
    for (const _ of settle(path));
    return state.analysis ?? analysis;
  };

  const catchUp = (): void => {
    if (isScanning || performance.now() < pausedUntil) return;
    if (!list.isCurrent()) list.walk();
    let parsed = 0;
    for (const path of [...(list.unknown() ?? [])]) {
      if (analyse(states.of(path)).isRelevant && ++parsed >= maxCatchUp) {
        // The next question continues from here, after a pause.
        pausedUntil = performance.now() + PAUSE;
        return;
      }
    }
  };

  const calls = (): CallIndex => {
    catchUp();
    if (!isComplete()) askedIncomplete++;
    return index;
  };

  const findings = createFindings(states, {
    ...lint,
    index: {
      ...index,
      get isComplete() {
        return calls().isComplete;
      },
    },
    known: index,
    version: () => version,
    isComplete: () => wasScanned && calls().isComplete,
  });

  const forget = createForgetting({
    states,
    dependencies,
    list,
    index,
    findings,
    summaries,
    wrappers,
    isKeptCurrent: () => wasScanned,
    onForgotten: () => {
      version++;
    },
  });

  const findingsOf = (path: string): readonly Diagnostic[] => {
    file(path);
    return findings.of(states.of(path));
  };

  return {
    file,
    known: index,
    findings: findingsOf,
    shown: (path) => states.of(path).outdated ?? { analysis: file(path), findings: findingsOf(path) },
    failures: findings.failures,
    ...features,
    look: (path) => {
      analyse(states.of(path));
    },
    noteSettled: (path) => {
      states.of(path).outdated = null;
      index.settle(path);
    },
    adopt: () => {
      for (const state of states.all()) {
        if (state.analysis === null) continue;
        state.isSearched = true;
        take(state, state.analysis);
      }
    },
    forget: (paths) => {
      changes++;
      analyser.renew();
      return forget(paths);
    },
    calls,
    setScanning: (isUnderWay) => {
      isScanning = isUnderWay;
      wasScanned = true;
    },
    changes: () => changes,
    analysed: () => analysed,
    askedIncomplete: () => askedIncomplete,
  };
}

function functionCallsIn(state: FileState, analyser: Analyser): readonly FunctionCall[] {
  state.functionCalls ??= analyser.functionCallsIn(state.path);
  return state.functionCalls;
}
