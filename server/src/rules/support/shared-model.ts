/** Calls whose model is written in one place: changing it for one changes it for all. */
import { isProductCode, isRequest, type LlmCall } from '../../calls/call.ts';
import type { CallIndex } from '../../calls/call-index.ts';
import { isInside, type Origin } from '../../ir/origin.ts';
import { byPlace, callersOf, isSamePlace } from './feature-calls.ts';

/**
 * The calls that take their model's name from the same place, this one included; null while some may be missing, or if the
 * name is not written anywhere. A name written in the call itself is not used by other files.
 */
export function usersOfModelName({ origin: call, model }: LlmCall, index: CallIndex): readonly LlmCall[] | null {
  const { origin } = model;
  if (origin === null || !(isInside(origin, call) || index.isComplete)) return null;
  return index.byModelOrigin(origin);
}

/**
 * The other calls whose model's name is written at the same place; null if one of them has the finding. A request comes
 * before the feature calls that lead to it, since that is where the name is used. A name that stands in a feature call is
 * reported there alone: it is not the request's to change.
 */
export function sharingName(
  call: LlmCall,
  name: string,
  place: Origin | null,
  index: CallIndex,
): readonly LlmCall[] | null {
  if (place === null) return [];
  const usesIt = (other: LlmCall) =>
    isProductCode(other) === isProductCode(call) && namesAt(other, place).includes(name);
  const requests = isRequest(call) ? [call] : index.requestsOf(call);
  const isHolder = !isRequest(call) && isInside(place, call.origin);
  if (!isHolder && isReportedBefore(call, requests, index.byModelOrigin(place), index.isShown, usesIt)) return null;
  const features = requests.flatMap((request) => callersOf(request, index));
  const shown = [...index.byModelOrigin(place), ...features].filter(index.isShown);
  const sharing = [...new Set([...shown, ...requests])].filter(usesIt).sort(byPlace);
  const others = sharing.filter((other) => other !== call);
  const holder = sharing.find((other) => !isRequest(other) && isInside(place, other.origin));
  if (holder !== undefined) return holder === call ? [] : null;
  const first = sharing.find(isRequest) ?? sharing[0];
  return first === undefined || first === call ? others : null;
}

/** True where one look tells that another call reports it: of thousands of calls, all but one need no list of all others. */
function isReportedBefore(
  call: LlmCall,
  requests: readonly LlmCall[],
  [first]: readonly LlmCall[],
  isShown: CallIndex['isShown'],
  usesIt: (other: LlmCall) => boolean,
): boolean {
  if (!isRequest(call) && requests.some(usesIt)) return true;
  if (first === undefined || !isShown(first) || !usesIt(first)) return false;
  return (isRequest(first) || !isRequest(call)) && byPlace(first, call) < 0;
}

/** The models of the call whose names are written at this place. */
function namesAt({ model, modelChoice }: LlmCall, place: Origin): readonly (string | null)[] {
  const own = isSamePlace(model.origin, place) ? [model.value ?? model.hint] : [];
  const others = modelChoice.alternatives.filter(({ origin }) => isSamePlace(origin, place));
  return [...own, ...others.map(({ name }) => name)];
}
