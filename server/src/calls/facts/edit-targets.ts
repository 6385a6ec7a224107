/** The places at which a call's parameters are written, or could be: what fixes need, as plain data. */
import type { Target } from '../../edits/fix.ts';
import type { Origin } from '../../ir/origin.ts';
import type { Site } from '../../sdks/call-site.ts';
import type { Role } from '../../sdks/descriptor.ts';
import type { SdkCall } from '../../sdks/trail-result.ts';

/** The place where a parameter is written, or would be: in the call, or in a constructor before it. */
export interface ParameterPlace {
  readonly target: Target;
  /** The parameter after which a new one reads best (`model`); null if none is known. */
  readonly after: string | null;
}

/** The place of an existing parameter of the call; null if it is not written as one. */
export function placeOfRole(call: SdkCall, role: Role, referenced: Origin | null): ParameterPlace | null {
  const value = call.roles.values.get(role);
  if (!value?.site || value.field === '') return null;
  return placeAt(call, value.site, value.field, referenced);
}

/** The first step on the way to the call that takes the role: a construction rather than the call, where both do. */
export function siteFor(call: SdkCall, role: Role): Site | null {
  return call.roles.sites.find(({ roles }) => roles[role] !== undefined) ?? null;
}

/**
 * The place of the parameter `field` at `site`. `referenced` is a call that hands the paid method on with its arguments
 * (`to_thread(client.create, ...)`): there only named parameters keep their place.
 */
export function placeAt(call: SdkCall, site: Site, field: string, referenced: Origin | null): ParameterPlace {
  const isHandedOn = referenced !== null && isSame(site.origin, referenced);
  const target: Target = {
    at: site.origin,
    position: isHandedOn ? null : site.position,
    path: field.split('.'),
  };
  const model = call.roles.values.get('model');
  const after = model?.site === site && !model.field.includes('.') ? model.field : null;
  return { target, after };
}

function isSame(a: Origin, b: Origin): boolean {
  return a.path === b.path && a.start === b.start && a.end === b.end;
}
