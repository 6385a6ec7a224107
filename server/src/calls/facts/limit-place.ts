/** The place of a call's output limit: where it is written, or where it would be. */
import { isRequest } from '../call.ts';
import { limitParameter } from '../request.ts';
import { type ParameterPlace, placeAt, placeOfRole, siteFor } from './edit-targets.ts';
import { codeFact } from './fact.ts';

/** Null for a feature call, if the API has no limit, if code out of sight may set it, or if it is not written as a parameter. */
export const limitPlace = codeFact('limitPlace', ({ call, sdkCall, record, referenced }): ParameterPlace | null => {
  if (!isRequest(call)) return null;
  const { state } = call.outputLimit;
  if (sdkCall.roles.values.has('outputLimit')) return placeOfRole(sdkCall, 'outputLimit', referenced);
  if (state !== 'absent') return null;
  const site = siteFor(sdkCall, 'outputLimit');
  const parameter = limitParameter(sdkCall, record.scope.module.loaded.node.language);
  return site === null || parameter === null ? null : placeAt(sdkCall, site, parameter, referenced);
});
