/** Plain HTTP requests: which of them are calls, and what their bodies contain. */
import type { ProviderName } from '@farthing/shared/vocabulary';
import { literalText } from '../evaluate/lattice.ts';
import type { CallArguments } from '../evaluate/values.ts';
import { siteOfBody } from './call-site.ts';
import type { CallDescriptor } from './descriptor.ts';
import { askedOf } from './endpoints.ts';
import { fieldsOf, NO_FIELDS, parsed } from './fields.ts';
import { overlay, type RoleValue, readRoles } from './roles.ts';
import { OTHER, type Walked } from './trail-result.ts';
import type { State } from './trail-state.ts';

/** A plain HTTP request is a call where its URL is a provider's. */
export function post(
  state: State,
  call: CallDescriptor,
  args: CallArguments | null,
  baseUrls: Readonly<Record<string, ProviderName>>,
): Walked {
  const { values, open } = state.roles;
  const method = values.get('method');
  const verb = method === undefined ? null : literalText(method.value);
  if (verb !== null && verb.toUpperCase() !== 'POST') return OTHER;
  const sendsNothing = !values.has('body') && !open.has('body');
  if (call.http === 'any' && verb === null && method === undefined && sendsNothing) return OTHER;
  const asked = askedOf(values.get('url')?.value ?? null, values.get('baseUrl')?.value ?? null, baseUrls);
  if (asked === null) return OTHER;
  const body = values.get('body');
  const fields =
    body === undefined ? { entries: NO_FIELDS.entries, open: open.get('body') ?? [] } : fieldsOf(parsed(body.value));
  const site = body === undefined ? null : siteOfBody(body.value, asked.call);
  let roles = overlay(state.roles, readRoles(fields, asked.call, 'call', site));
  if (!asked.demands.every((role) => roles.values.has(role))) return OTHER;
  if (asked.model !== null) {
    const model: RoleValue = {
      value: asked.model,
      isCertain: true,
      isReplaceable: false,
      field: 'url',
      from: 'call',
      site: null,
    };
    roles = { ...roles, values: new Map(roles.values).set('model', model) };
  }
  return {
    kind: 'call',
    sdk: state.sdk,
    provider: asked.provider,
    call: asked.call,
    roles,
    receiver: 'resolved',
    args,
  };
}
