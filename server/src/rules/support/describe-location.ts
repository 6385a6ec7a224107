/** Locations related to a call, and their description. */
import type { Localised } from '@farthing/shared/language';
import type { LlmCall } from '../../calls/call.ts';
import type { Origin } from '../../ir/origin.ts';
import type { Related } from '../rule.ts';

/** `, in models.ts`; empty for a location in the call's own file. */
export function inFile(place: Origin, call: Origin): Localised {
  if (place.path === call.path) return NOTHING;
  const name = place.path.slice(place.path.lastIndexOf('/') + 1);
  return { en: `, in ${name}`, es: `, en ${name}` };
}

/** Like `inFile`, plus `, where it is constructed` for a location in the same file outside the call. */
export function whereIs(place: Origin, call: Origin): Localised {
  if (place.path !== call.path) return inFile(place, call);
  const isNear = place.start < call.end && call.start < place.end;
  return isNear ? NOTHING : { en: ', where it is constructed', es: ', donde se construye' };
}

const NOTHING: Localised = { en: '', es: '' };

/** ` (for every use of this name, in models.ts)`, for a fix that changes a constant. */
export function forEveryUse(place: Origin, call: Origin): Localised {
  const { en, es } = inFile(place, call);
  return { en: ` (for every use of this name${en})`, es: ` (en todos los usos de este nombre${es})` };
}

/** The function that contains the call, as its callers name it; null at module level. */
export function functionName({ function: qualified }: LlmCall): string | null {
  return qualified === null ? null : qualified.slice(qualified.lastIndexOf('.') + 1);
}

/** The location where a caller's loop calls the function; empty if there is no such loop. */
export function callsInLoop(call: LlmCall): readonly Related[] {
  const name = functionName(call);
  const { caller } = call.loop;
  return caller === null || name === null
    ? []
    : [{ origin: caller.call, text: { en: `The call of ${name} in it.`, es: `La llamada a ${name} en él.` } }];
}
