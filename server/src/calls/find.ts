/** Finds every call site of a module. Filled in with the evaluator. */
import type { ModuleHost } from '../evaluate/modules.ts';
import type { LlmCall } from './call.ts';

export type FindCalls = (path: string, host: ModuleHost) => readonly LlmCall[];
