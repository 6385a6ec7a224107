/**
 * One file at a time from text to calls, for scans and editor sessions alike: a file that breaks the analysis is one line
 * in the report, and memory stays bounded however many modules are read.
 */
import type { LlmCall } from '../calls/call.ts';
import { relativeTo } from '../files/paths.ts';
import { describeFailure } from '../files/problem.ts';
import type { Origin } from '../ir/origin.ts';
import type { FileResult } from './cache.ts';
import type { Project, ProjectOptions } from './project.ts';

/** What an analysis of a module needs of the scan around it. */
export interface AnalysisHost {
  readonly project: Project;
  /** POSIX path relative to the report's root, as call ids have it. */
  readonly relativePath: (path: string) => string;
  /** Calls a month that a comment at the call declares; null where none does. */
  readonly volumeAt: (call: Origin) => number | null;
}

/** Makes a function that finds the calls of the module at a path. It may remember modules: it is made anew when any changes. */
export type CreateAnalysis = (host: AnalysisHost) => (path: string) => readonly LlmCall[];

export interface Examiner {
  /** The calls of the module at `path`; `readProblem` is what was wrong with the file when it was read. Never throws. */
  readonly examine: (path: string, readProblem: string | null) => FileResult;
  /** Forgets what was remembered of modules: one of them changed. */
  readonly renew: () => void;
}

/** UTF-16 units of source whose modules are held at once: their IR is about nine times that in bytes. */
const MAX_LOADED_UNITS = 1_500_000;

/** `root` is absolute: what the paths in call ids are relative to. */
export function createExaminer(
  project: Project,
  root: string,
  { createAnalysis, onFailure }: Pick<ProjectOptions, 'onFailure'> & { readonly createAnalysis: CreateAnalysis },
): Examiner {
  const host: AnalysisHost = {
    project,
    relativePath: (path) => relativeTo(path, root),
    volumeAt: project.volumeAt,
  };
  let analyse: ReturnType<CreateAnalysis> | null = null;

  const callsOf = (path: string): readonly LlmCall[] =>
    project.dependencies.during(path, () => {
      project.load(path);
      analyse ??= createAnalysis(host);
      return analyse(path);
    });

  return {
    examine: (path, readProblem) => {
      let calls: readonly LlmCall[] = [];
      let failure: string | null = null;
      try {
        calls = callsOf(path);
      } catch (error) {
        failure = `not analysed: ${describeFailure(error)}. Everything else was scanned.`;
        onFailure?.({ path, message: failure });
      }
      const problem = failure ?? readProblem ?? project.problemWith(path);
      const result = { calls, directives: project.directives(path), problem };
      if (project.loadedUnits() > MAX_LOADED_UNITS) {
        project.release();
        analyse = null;
      }
      return result;
    },
    renew: () => {
      analyse = null;
    },
  };
}
