/** Calls whose model is written at one place: what changes it for one changes it for all. */
import type { LlmCall } from '../../calls/call.ts';
import type { CallIndex } from '../../calls/call-index.ts';

/** The other calls that take their model's name from where this one takes it. */
export function callsSharingModel({ id, model }: LlmCall, index: CallIndex): readonly LlmCall[] {
  return model.origin === null ? [] : index.byModelOrigin(model.origin).filter((other) => other.id !== id);
}
