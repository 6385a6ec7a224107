/**
 * One file at a time from text to calls: a file that breaks the analysis is one line in the report, and memory stays
 * bounded however many modules are read.
 */
import type { LlmCall } from '../calls/call.ts';
import type { FunctionCall } from '../calls/call-index.ts';
import {
  type FoundWrappers,
  type ModuleFeatures,
  NO_FEATURES,
  NO_WRAPPERS,
} from '../calls/wrappers/analyse-wrappers.ts';
import type { SummaryStore } from '../calls/wrappers/summary-store.ts';
import type { WrapperIndex, WrapperName } from '../calls/wrappers/wrapper-index.ts';
import type { ModuleHost } from '../evaluate/modules.ts';
import { relativeTo } from '../files/paths.ts';
import { describeFailure, type Problem } from '../files/problem.ts';
import { projectRoot } from '../files/project-root.ts';
import { createReader, type SourceReader, skipReason } from '../files/read.ts';
import { LARGE_TEXT, releaseTrees } from '../frontends/keep-last.ts';
import type { Origin } from '../ir/origin.ts';
import type { Dependencies } from './dependencies.ts';
import { type FileAnalysis, type FileState, type FileStates, noteStamp } from './file-state.ts';
import type { Modules } from './modules.ts';
import type { Texts } from './texts.ts';

/** What an analysis of modules needs of the workspace around it. */
export interface AnalysisHost {
  readonly modules: ModuleHost;
  /** POSIX path relative to the report's root. */
  readonly relativePath: (path: string) => string;
  /** POSIX path relative to the project's root, as call ids have it. */
  readonly idPath: (path: string) => string;
  /** Calls per month that a comment at the call declares; null if none does. */
  readonly volumeAt: (call: Origin) => number | null;
  /** The project's wrappers, as far as they are known. */
  readonly wrappers: WrapperIndex;
  readonly summaries: SummaryStore;
}

/** It may remember modules, so it is recreated when any of them changes. */
export interface Analysis {
  /** The requests in the module at `path`, in the order of the code. */
  readonly callsIn: (path: string) => readonly LlmCall[];
  /** Notes the module's wrappers in the index, by those that are there already. */
  readonly wrappersIn: (path: string) => FoundWrappers;
  /** False if the module's feature calls do not depend on which of its own functions are wrappers. */
  readonly mayUseOwnWrapperIn: (path: string) => boolean;
  /** Objects of SDKs that the module makes for others. */
  readonly objectsIn: (path: string) => readonly WrapperName[];
  /** Its feature calls, by the wrappers that are in the index. */
  readonly featuresIn: (path: string) => ModuleFeatures;
  /** The calls of functions of the project in it. */
  readonly functionCallsIn: (path: string) => readonly FunctionCall[];
}
export type CreateAnalysis = (host: AnalysisHost) => Analysis;

export interface AnalyserOptions {
  /** What the report's paths are relative to; absolute. */
  readonly root: string;
  /** False for text, read as latin1, that surely holds neither a call nor a comment to Farthing: it is never parsed. */
  readonly isRelevant: (latin1: string) => boolean;
  /** The packages for language models that a text, read as latin1, imports and that no descriptor describes. */
  readonly unreadIn: (latin1: string) => readonly string[];
  readonly createAnalysis: CreateAnalysis;
  readonly onFailure?: (failure: Problem) => void;
  /** Called before a file is parsed whose analysis takes hundreds of megabytes. */
  readonly onLargeFile?: () => void;
}

export interface Analyser {
  /** Reads and analyses the file at `path`. One that was named by the user (`isNamed`) is read whatever its size. Never throws. */
  readonly analyse: (path: string, isNamed: boolean) => FileAnalysis;
  readonly functionCallsIn: (path: string) => readonly FunctionCall[];
  /** Finds the wrappers of a file, or its feature calls, whatever the prefilter said of it. Neither ever throws. */
  readonly findWrappers: (path: string) => void;
  readonly featuresIn: (path: string) => FeatureAnalysis;
  /** As of the analysis; true if that fails. */
  readonly mayUseOwnWrapperIn: (path: string) => boolean;
  /** Lets go of modules that were only needed to find feature calls. */
  readonly trim: () => void;
  /** Lets go of all that is only needed to find calls: those are found. */
  readonly finish: () => void;
  /** Its requests, whatever the prefilter said of it. */
  readonly requestsIn: (path: string) => readonly LlmCall[];
  /** Forgets what was remembered of modules: one of them changed. */
  readonly renew: () => void;
  /** Bytes read so far. */
  readonly bytes: () => number;
}

/** `problem` says why the file could not be analysed; null if it could. */
export interface FeatureAnalysis {
  readonly found: ModuleFeatures;
  readonly problem: string | null;
}

/** UTF-16 units of source that one evaluator looks at: what it remembers of their modules takes many times that in bytes. */
const MAX_LOADED_UNITS = 1_500_000;
/** The same while feature calls are looked for, which rest on the modules of the application around them. */
const MAX_FEATURE_UNITS = 6_000_000;
/**
 * Modules that the next evaluator may have as they are: their IR takes about nine times the source in bytes, and feature
 * calls rest on modules that were lowered before.
 */
const MAX_KEPT_UNITS = 12_000_000;

const NO_FEATURE_CALLS = 'calls through the own functions of the project not analysed';

interface Attempt<T> {
  readonly result: T;
  readonly failure: string | null;
}

const NO_CALLS: readonly LlmCall[] = [];

export function createAnalyser(
  modules: Modules,
  states: FileStates,
  dependencies: Dependencies,
  texts: Texts,
  wrappers: WrapperIndex,
  summaries: SummaryStore,
  { root, isRelevant, unreadIn, createAnalysis, onFailure, onLargeFile }: AnalyserOptions,
): Analyser {
  const idRoot = projectRoot(root);
  const host: AnalysisHost = {
    modules,
    relativePath: (path) => relativeTo(path, root),
    idPath: (path) => relativeTo(path, idRoot),
    volumeAt: modules.volumeAt,
    wrappers,
    summaries,
  };
  let analysis: Analysis | null = null;
  /** What the reader reads. */
  let current = '';
  /** Made when first needed: its buffer is two megabytes. */
  let reader: SourceReader | null = null;

  const release = (limit = MAX_LOADED_UNITS, keeping = MAX_KEPT_UNITS): void => {
    if (modules.loadedUnits() <= limit) return;
    modules.release(keeping);
    analysis = null;
  };

  const noteSize = ({ length }: string): void => {
    if (length > LARGE_TEXT) onLargeFile?.();
  };

  const inModule = <T>(path: string, ask: (analysis: Analysis) => T): T =>
    dependencies.during(path, () => {
      modules.load(path);
      analysis ??= createAnalysis(host);
      return ask(analysis);
    });

  const noteFollowed = <T extends Pick<FoundWrappers, 'modules'>>(found: T): T => {
    dependencies.noteFollowed(found.modules);
    return found;
  };

  /** `read` is not to end the scan of everything else. */
  const safely = <T>(path: string, what: string, otherwise: T, read: () => T): Attempt<T> => {
    try {
      return { result: read(), failure: null };
    } catch (error) {
      const failure = `${what}: ${describeFailure(error)}. Everything else was scanned.`;
      onFailure?.({ path, message: failure });
      return { result: otherwise, failure };
    }
  };

  const findWrappers = (state: FileState): void => {
    const { path } = state;
    const ask = (): FoundWrappers => inModule(path, ({ wrappersIn }) => noteFollowed(wrappersIn(path)));
    const { names, passedOver } = safely(path, NO_FEATURE_CALLS, NO_WRAPPERS, ask).result;
    state.wrappers = { names, passedOver };
    state.wrappersAsOf = wrappers.version;
  };

  /** Of a module without requests, only what it makes for others: nothing, in most modules. */
  const findObjects = (state: FileState): void => {
    const ask = (): readonly WrapperName[] => inModule(state.path, ({ objectsIn }) => objectsIn(state.path));
    const names = safely(state.path, NO_FEATURE_CALLS, [], ask).result;
    if (names.length === 0) return;
    wrappers.set(state.path, names);
    state.wrappers = { names, passedOver: [] };
  };

  /** `readProblem` is what was wrong with the file when it was read. */
  const analyseModule = (path: string, readProblem: string | null): FileAnalysis => {
    const state = states.of(path);
    const { result: calls, failure } = safely(path, 'not analysed', NO_CALLS, () =>
      inModule(path, ({ callsIn }) => callsIn(path)),
    );
    if (calls.length > 0) findWrappers(state);
    else findObjects(state);
    const problem = failure ?? readProblem ?? state.moduleProblem;
    // Comments are kept when modules are released.
    modules.directives(path);
    release();
    return { calls, problem, isRelevant: true };
  };

  return {
    analyse: (path, isNamed) => {
      const state = states.of(path);
      if (state.overlay !== null) {
        const text = typeof state.overlay === 'string' ? state.overlay : state.overlay.text;
        const problem = isNamed ? null : skipReason(path, text, isRelevant);
        if (problem !== null) return { calls: [], problem, isRelevant: false };
        noteSize(text);
        return isRelevant(text) ? analyseModule(path, null) : { calls: [], problem: null, isRelevant: false };
      }
      reader ??= createReader((latin1) => {
        texts.keep(current, latin1);
        states.of(current).unread = unreadIn(latin1);
        return isRelevant(latin1);
      });
      current = path;
      const { text, stamp, problem } = reader.read(path, isNamed, modules.files().isListedFile(path));
      noteStamp(state, stamp);
      if (text === null) return { calls: [], problem, isRelevant: false };
      noteSize(text);
      state.primed = text;
      return analyseModule(path, problem);
    },
    functionCallsIn: (path) => {
      const calls = inModule(path, ({ functionCallsIn }) => functionCallsIn(path));
      release();
      return calls;
    },
    findWrappers: (path) => {
      findWrappers(states.of(path));
      release(MAX_FEATURE_UNITS);
    },
    featuresIn: (path) => {
      const { result: found, failure } = safely(path, NO_FEATURE_CALLS, NO_FEATURES, () =>
        inModule(path, ({ featuresIn }) => noteFollowed(featuresIn(path))),
      );
      modules.directives(path);
      release(MAX_FEATURE_UNITS);
      return { found, problem: failure };
    },
    mayUseOwnWrapperIn: (path) =>
      safely(path, NO_FEATURE_CALLS, true, () => inModule(path, (analysis) => analysis.mayUseOwnWrapperIn(path)))
        .result,
    trim: () => release(MAX_LOADED_UNITS, 0),
    finish: () => {
      modules.release(0);
      releaseTrees();
      analysis = null;
    },
    requestsIn: (path) =>
      safely(path, 'not analysed', NO_CALLS, () => inModule(path, ({ callsIn }) => callsIn(path))).result,
    renew: () => {
      analysis = null;
    },
    bytes: () => reader?.bytes() ?? 0,
  };
}
