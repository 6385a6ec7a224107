/** An output limit under the old name of its parameter, which newer models of the same provider refuse. */
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import { isRequest, type LlmCall } from '../call.ts';
import { roleOf } from '../request.ts';
import { type ParameterPlace, placeOfRole } from './edit-targets.ts';
import { codeFact } from './fact.ts';

export interface OldLimit {
  readonly from: string;
  /** The name that all models of the provider accept. */
  readonly to: string;
  /** Where it is written; null if it is not written as a parameter. */
  readonly place: ParameterPlace | null;
}

/** Null for a feature call, and for clients with an address of their own: what answers there may take either name. */
export const oldLimit = codeFact('oldLimit', ({ call, sdkCall, referenced }): OldLimit | null => {
  if (!isRequest(call)) return null;
  const renamed = PROVIDER_TABLE[call.provider].renamedLimit;
  const limit = roleOf(sdkCall, 'outputLimit');
  if (!renamed?.apis.includes(call.api) || limit === null || !limit.isCertain || limit.isReplaceable) return null;
  if (limit.field.split('.').at(-1) !== renamed.from || roleOf(sdkCall, 'baseUrl') !== null) return null;
  return { from: renamed.from, to: renamed.to, place: placeOfRole(sdkCall, 'outputLimit', referenced) };
});

/** True if a model of this name refuses the old parameter. */
export function refusesOldLimit({ provider }: LlmCall, name: string): boolean {
  return PROVIDER_TABLE[provider].renamedLimit?.models.test(name) ?? false;
}
