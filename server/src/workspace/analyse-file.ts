/**
 * One file at a time from text to calls: a file that breaks the analysis is one line in the report, and memory stays
 * bounded however many modules are read.
 */
import type { LlmCall } from '../calls/call.ts';
import type { FunctionCall } from '../calls/call-index.ts';
import type { ModuleHost } from '../evaluate/modules.ts';
import { relativeTo } from '../files/paths.ts';
import { describeFailure, type Problem } from '../files/problem.ts';
import { createReader, type SourceReader } from '../files/read.ts';
import type { Origin } from '../ir/origin.ts';
import type { Dependencies } from './dependencies.ts';
import { type FileAnalysis, type FileStates, noteStamp } from './file-state.ts';
import type { Modules } from './modules.ts';

/** What an analysis of modules needs of the workspace around it. */
export interface AnalysisHost {
  readonly modules: ModuleHost;
  /** POSIX path relative to the report's root, as call ids have it. */
  readonly relativePath: (path: string) => string;
  /** Calls per month that a comment at the call declares; null if none does. */
  readonly volumeAt: (call: Origin) => number | null;
}

/** It may remember modules, so it is recreated when any of them changes. */
export interface Analysis {
  /** The calls of the module at `path`, in the order of the code. */
  readonly callsIn: (path: string) => readonly LlmCall[];
  /** The calls of functions of the project in it. */
  readonly functionCallsIn: (path: string) => readonly FunctionCall[];
}
export type CreateAnalysis = (host: AnalysisHost) => Analysis;

export interface AnalyserOptions {
  /** What the paths in call ids are relative to; absolute. */
  readonly root: string;
  /** False for text, read as latin1, that surely holds neither a call nor a comment to Farthing: it is never parsed. */
  readonly isRelevant: (latin1: string) => boolean;
  readonly createAnalysis: CreateAnalysis;
  readonly onFailure?: (failure: Problem) => void;
}

export interface Analyser {
  /** Reads and analyses the file at `path`. One that was named by the user (`isNamed`) is read whatever its size. Never throws. */
  readonly analyse: (path: string, isNamed: boolean) => FileAnalysis;
  readonly functionCallsIn: (path: string) => readonly FunctionCall[];
  /** Forgets what was remembered of modules: one of them changed. */
  readonly renew: () => void;
  /** Bytes read so far. */
  readonly bytes: () => number;
}

/** UTF-16 units of source whose modules are kept in memory at once: their IR takes about nine times that in bytes. */
const MAX_LOADED_UNITS = 1_500_000;

export function createAnalyser(
  modules: Modules,
  states: FileStates,
  dependencies: Dependencies,
  { root, isRelevant, createAnalysis, onFailure }: AnalyserOptions,
): Analyser {
  const host: AnalysisHost = {
    modules,
    relativePath: (path) => relativeTo(path, root),
    volumeAt: modules.volumeAt,
  };
  let analysis: Analysis | null = null;
  /** Made when first needed: its buffer is two megabytes. */
  let reader: SourceReader | null = null;

  const release = (): void => {
    if (modules.loadedUnits() <= MAX_LOADED_UNITS) return;
    modules.release();
    analysis = null;
  };

  const inModule = <T>(path: string, ask: (analysis: Analysis) => T): T =>
    dependencies.during(path, () => {
      modules.load(path);
      analysis ??= createAnalysis(host);
      return ask(analysis);
    });

  /** `readProblem` is what was wrong with the file when it was read. */
  const analyseModule = (path: string, readProblem: string | null): FileAnalysis => {
    let calls: readonly LlmCall[] = [];
    let failure: string | null = null;
    try {
      calls = inModule(path, ({ callsIn }) => callsIn(path));
    } catch (error) {
      failure = `not analysed: ${describeFailure(error)}. Everything else was scanned.`;
      onFailure?.({ path, message: failure });
    }
    const problem = failure ?? readProblem ?? states.of(path).moduleProblem;
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
        return isRelevant(text) ? analyseModule(path, null) : { calls: [], problem: null, isRelevant: false };
      }
      reader ??= createReader(isRelevant);
      const { text, stamp, problem } = reader.read(path, isNamed, modules.files().isListedFile(path));
      noteStamp(state, stamp);
      if (text === null) return { calls: [], problem, isRelevant: false };
      state.primed = text;
      return analyseModule(path, problem);
    },
    functionCallsIn: (path) => {
      const calls = inModule(path, ({ functionCallsIn }) => functionCallsIn(path));
      release();
      return calls;
    },
    renew: () => {
      analysis = null;
    },
    bytes: () => reader?.bytes() ?? 0,
  };
}
