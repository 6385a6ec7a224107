/** The wrappers and feature calls of one file, beside the requests that it makes itself. */
import { isRequest, type LlmCall } from '../calls/call.ts';
import type { Analyser } from './analyse-file.ts';
import type { FileAnalysis, FileState, FileStates } from './file-state.ts';

export interface FeatureResults {
  /** Finds the wrappers of a file anew, or its feature calls, by the wrappers that are known by now. */
  readonly findWrappers: (path: string) => void;
  readonly findFeatures: (path: string) => void;
  /** False if the file's feature calls do not depend on which of its own functions are wrappers. */
  readonly mayUseOwnWrapper: (path: string) => boolean;
}

export interface FeatureResultsParts {
  readonly states: FileStates;
  readonly analyser: Pick<Analyser, 'findWrappers' | 'featuresIn' | 'mayUseOwnWrapperIn' | 'requestsIn'>;
  /** What is known of a file but for its feature calls. */
  readonly analyse: (state: FileState) => FileAnalysis;
  readonly take: (state: FileState, analysis: FileAnalysis) => void;
}

export function createFeatureResults({ states, analyser, analyse, take }: FeatureResultsParts): FeatureResults {
  return {
    findWrappers: (path) => {
      const state = states.of(path);
      analyse(state);
      analyser.findWrappers(path);
    },
    findFeatures: (path) => {
      const state = states.of(path);
      const { calls, problem, isRelevant } = analyse(state);
      // Its text alone did not show a request that it makes with an object of another file.
      const requests = isRelevant ? calls.filter(isRequest) : analyser.requestsIn(path);
      const { found, problem: failure } = analyser.featuresIn(path);
      const { names = [], passedOver = [] } = state.wrappers ?? {};
      state.wrappers = { names, passedOver: [...new Set([...passedOver, ...found.passedOver])] };
      // Findings about the requests that these lead to are shown there, where the requests are known.
      for (const { origin } of found.calls.flatMap(({ leadsTo }) => leadsTo)) analyse(states.of(origin.path));
      take(state, {
        calls: [...requests, ...found.calls].sort(byStart),
        problem: problem ?? failure,
        isRelevant: true,
      });
    },
    mayUseOwnWrapper: analyser.mayUseOwnWrapperIn,
  };
}

function byStart({ origin: a }: LlmCall, { origin: b }: LlmCall): number {
  return a.start - b.start || b.end - a.end;
}
