/** Calls whose model is written in one place: changing it for one changes it for all. */
import type { LlmCall } from '../../calls/call.ts';
import type { CallIndex } from '../../calls/call-index.ts';

/**
 * The other calls that take their model's name from the same place; null while such calls may be missing. A name
 * written in the call itself is not used by other files.
 */
export function callsSharingModel({ id, origin: call, model }: LlmCall, index: CallIndex): readonly LlmCall[] | null {
  const { origin } = model;
  if (origin === null) return [];
  const isOwn = origin.path === call.path && call.start <= origin.start && origin.end <= call.end;
  return isOwn || index.isComplete ? index.byModelOrigin(origin).filter((other) => other.id !== id) : null;
}
