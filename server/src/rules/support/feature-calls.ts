/**
 * Feature calls in findings. A cause is reported once, where it can be mended: at the request if the request's own function
 * has it, whoever calls it, and at the feature call if that decides it.
 */
import type { Model } from '@farthing/shared/catalogue/catalogue';
import { formatCount } from '@farthing/shared/money';
import { isProductCode, isRequest, type LlmCall } from '../../calls/call.ts';
import type { CallIndex } from '../../calls/call-index.ts';
import type { Origin } from '../../ir/origin.ts';
import type { CallContext, Related } from '../rule.ts';

/** More callers than this are counted, not shown. */
const MAX_CALLERS = 5;

/** The feature calls that lead to a request and count as the code that runs. */
export function callersOf(request: LlmCall, { featuresOf }: CallIndex): readonly LlmCall[] {
  return featuresOf(request).filter((feature) => isProductCode(feature) === isProductCode(request));
}

/** The feature calls that go through a request of `feature`, itself included, sorted by path and position. */
export function siblingsOf(feature: LlmCall, index: CallIndex): readonly LlmCall[] {
  return [...new Set(index.requestsOf(feature).flatMap((request) => callersOf(request, index)))].sort(byPlace);
}

/** The feature calls that a finding at their request is about, the first few. */
export function calledFrom(features: readonly LlmCall[]): { readonly related?: readonly Related[] } {
  if (features.length === 0) return {};
  const text = { en: 'Called from here.', es: 'Llamada desde aquí.' };
  const shown = features.slice(0, MAX_CALLERS);
  return { related: shown.map(({ origin, methodOrigin }) => ({ origin: { ...origin, end: methodOrigin.end }, text })) };
}

/** The other calls that use what a finding is about, the first few. */
export function usedHere(calls: readonly LlmCall[]): { readonly related?: readonly Related[] } {
  const { related } = calledFrom(calls);
  const text = { en: 'Used here as well.', es: 'También se usa aquí.' };
  return related === undefined ? {} : { related: related.map((one) => ({ ...one, text })) };
}

/** ` 12 calls lead here.`; empty for none, since a request by itself needs no such words. */
export function leadHere(callers: number): string {
  if (callers === 0) return '';
  return callers === 1 ? ' 1 call leads here.' : ` ${formatCount(callers)} calls lead here.`;
}

export function leadHereInSpanish(callers: number): string {
  if (callers === 0) return '';
  return callers === 1 ? ' 1 llamada llega aquí.' : ` ${formatCount(callers, 'es')} llamadas llegan aquí.`;
}

/**
 * The other calls that have the same finding at `place`, such as two questions with one text; null if one of them comes
 * before `call`, and is the one to report it. A place in the call's own file is not looked for in others.
 */
export function sharingPlace(
  call: LlmCall,
  place: Origin,
  { calls, isShown }: CallIndex,
  placesOf: (other: LlmCall) => readonly Origin[],
): readonly LlmCall[] | null {
  const sharing = calls().filter(
    (other) =>
      (place.path !== call.origin.path || other.origin.path === place.path) &&
      other !== call &&
      isShown(other) &&
      isProductCode(other) === isProductCode(call) &&
      placesOf(other).some((one) => isSamePlace(one, place)),
  );
  return sharing.some((other) => byPlace(other, call) < 0) ? null : sharing;
}

export type ModelOf = (call: LlmCall) => Model | null;

/**
 * The models of other calls than the one at hand as well. A feature call that may lead to several requests has the default
 * of one of them, which says nothing about another: whether that is asked, and for which model, only the run knows.
 */
export function modelsBeside(
  call: LlmCall,
  { model, catalogue, index }: Pick<CallContext, 'model' | 'catalogue' | 'index'>,
): ModelOf {
  return (other) => {
    if (other === call) return model;
    if (isRequest(call) && isDefaultElsewhere(other, call, index)) return null;
    const name = other.model.value ?? other.model.hint;
    return name === null ? null : catalogue.find(other.provider, name);
  };
}

/** True if a request other than `request` writes the default that the feature call has. */
function isDefaultElsewhere(feature: LlmCall, request: LlmCall, index: CallIndex): boolean {
  if (isRequest(feature)) return false;
  const place = placeOfModel(feature);
  const isWrittenBy = (one: LlmCall) => isSamePlace(placeOfModel(one), place);
  return !isWrittenBy(request) && index.requestsOf(feature).some(isWrittenBy);
}

/** Where the code writes the model that the call has, for certain or by default; null if it is not known. */
export function placeOfModel({ model, modelChoice }: LlmCall): Origin | null {
  const name = model.value ?? model.hint;
  return modelChoice.alternatives.find((one) => one.name === name)?.origin ?? model.origin;
}

export function isSamePlace(a: Origin | null, b: Origin | null): boolean {
  return a !== null && b !== null && a.path === b.path && a.start === b.start;
}

export function byPlace({ origin: a }: LlmCall, { origin: b }: LlmCall): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.start - b.start || b.end - a.end;
}
