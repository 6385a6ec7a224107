/**
 * All calls of a workspace, and the questions that no single file can answer: which calls share a model's name, which
 * feature calls lead to a request, who calls a function, what a function leads to. Whatever a finding, a fix or a message says of "every use" is answered from here.
 */
import type { Origin } from '../ir/origin.ts';
import type { LlmCall } from './call.ts';

export interface CallIndex {
  /**
   * True where every file of the workspace has been analysed as it is now. While it is false, a call may be missing from
   * any answer: then nothing may be said of "every use", and nothing changed that other files may rest on.
   */
  readonly isComplete: boolean;
  /**
   * False for a call in a file that is only known because others need it: no finding at such a call is shown, so that what
   * several calls share is not to be reported there.
   */
  readonly isShown: (call: LlmCall) => boolean;
  /** Requests and feature calls, sorted by path and position. */
  readonly calls: () => readonly LlmCall[];
  readonly byId: (id: string) => LlmCall | null;
  /** The calls of which the model, or one of those that it may be, is written at this place, sorted by path and position. */
  readonly byModelOrigin: (origin: Origin) => readonly LlmCall[];
  /** The feature calls that may lead to a request, sorted by path and position. None lead to a feature call. */
  readonly featuresOf: (request: LlmCall) => readonly LlmCall[];
  /** The requests that a feature call may lead to, as far as they are known, in the order of its `leadsTo`. */
  readonly requestsOf: (feature: LlmCall) => readonly LlmCall[];
  /**
   * The calls of a function of the project, in its own file and in other analysed files, sorted by path and position. A
   * file without a request is not parsed, so calls in it are not included.
   */
  readonly callersOf: (callee: FunctionReference) => readonly FunctionCall[];
  /** The requests that running the function leads to, its own first; each over the shortest way that was found. */
  readonly reaches: (start: FunctionReference) => readonly ReachedCall[];
}

/** A function of the project. */
export interface FunctionReference {
  /** Absolute POSIX path of its module. */
  readonly path: string;
  /** Qualified (`Support.answer`), as `LlmCall.function` has it; null for the code at module level. */
  readonly name: string | null;
}

/** One call of a function of the project. */
export interface FunctionCall {
  readonly caller: FunctionReference;
  readonly callee: FunctionReference;
  /** The call expression, in the caller's module. */
  readonly origin: Origin;
}

export interface ReachedCall {
  readonly call: LlmCall;
  /** The calls that lead there, from the given function inwards; empty for a request in the function itself. */
  readonly via: readonly FunctionCall[];
}
