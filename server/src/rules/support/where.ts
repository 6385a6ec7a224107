/** Words for a fix's title that say where it works, where that is not the call itself. */
import type { Origin } from '../../evaluate/values.ts';

/** `, where the model is constructed in models.ts`; empty for a place in or around the call. */
export function whereIs(place: Origin, call: Origin): string {
  if (place.path !== call.path) return `, in ${place.path.slice(place.path.lastIndexOf('/') + 1)}`;
  const isNear = place.start < call.end && call.start < place.end;
  return isNear ? '' : ', where it is constructed';
}
