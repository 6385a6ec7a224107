/** An index over calls that are all there is: a scan's at its end, or those of a test. */
import type { LlmCall } from './call.ts';
import type { CallIndex } from './call-index.ts';
import { createCallIndex } from './create-call-index.ts';

export function indexCalls(calls: readonly LlmCall[]): CallIndex {
  const index = createCallIndex({ isComplete: () => true, functionCallsIn: () => [] });
  for (const [path, callsInFile] of Map.groupBy(calls, ({ origin }) => origin.path)) index.set(path, callsInFile);
  return index;
}
