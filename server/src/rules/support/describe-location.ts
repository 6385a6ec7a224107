/** Places beside a call, and words for those where a fix works. */
import type { LlmCall } from '../../calls/call.ts';
import type { Origin } from '../../ir/origin.ts';
import type { Related } from '../rule.ts';

/** `, in models.ts`; empty for a place in the call's own file. */
export function inFile(place: Origin, call: Origin): string {
  return place.path === call.path ? '' : `, in ${place.path.slice(place.path.lastIndexOf('/') + 1)}`;
}

/** As `inFile`, and `, where it is constructed` for a place in the same file that is apart from the call. */
export function whereIs(place: Origin, call: Origin): string {
  if (place.path !== call.path) return inFile(place, call);
  const isNear = place.start < call.end && call.start < place.end;
  return isNear ? '' : ', where it is constructed';
}

/** The function that holds the call, as its callers name it; null at module level. */
export function functionName({ function: qualified }: LlmCall): string | null {
  return qualified === null ? null : qualified.slice(qualified.lastIndexOf('.') + 1);
}

/** The place at which a caller's loop calls the function; nothing without such a loop. */
export function callsInLoop(call: LlmCall): readonly Related[] {
  const name = functionName(call);
  const { caller } = call.loop;
  return caller === null || name === null
    ? []
    : [{ origin: caller.call, text: { en: `The call of ${name} in it.`, es: `La llamada a ${name} en él.` } }];
}
