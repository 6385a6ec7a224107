/** The edits that make a call use another model of its provider. */
import type { Catalogue, Model } from '@farthing/shared/catalogue/catalogue';
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import { isRequest, type LlmCall } from '../../calls/call.ts';
import type { CallIndex } from '../../calls/call-index.ts';
import { limitPlace } from '../../calls/facts/limit-place.ts';
import type { Operation } from '../../edits/fix.ts';

export interface ModelChange {
  readonly catalogue: Catalogue;
  readonly index: CallIndex;
  /** True if the new model reasons by default and the old one could not. */
  readonly isReasoningNew: boolean;
  /** All calls that take the name from the same place. */
  readonly users: readonly LlmCall[];
}

/**
 * Replaces the name where it is written, along with the parameters that differ for the new model. Null if the name is
 * not written as text, if the provider's own API does not accept it, or if a parameter cannot be changed.
 */
export function changeOfModel(
  call: LlmCall,
  model: Model,
  id: string,
  { catalogue, index, isReasoningNew, users }: ModelChange,
): readonly Operation[] | null {
  const { origin, value } = call.model;
  const name = value === null ? null : spelledLike(value, model, id, call, catalogue);
  if (origin === null || name === null) return null;
  const requests = requestsOf(users, index);
  if (requests === null) return null;
  // Calls on one model object share the place of their parameters.
  const operations = new Map<string, Operation>();
  const isUser = new Set(users);
  for (const user of requests) {
    const parameters = renamed(user, id);
    const reasoning = isReasoningNew ? reasoningOff(user) : [];
    if (parameters === null || reasoning === null) return null;
    // A request that gets its model from its callers may get another one from the next.
    if (!isUser.has(user) && parameters.length + reasoning.length > 0) return null;
    for (const operation of [...parameters, ...reasoning]) operations.set(JSON.stringify(operation), operation);
  }
  return [{ kind: 'replace-text', origin, value: name }, ...operations.values()];
}

/** The requests that the calls make, each once: these have the parameters. Null if they are not all known. */
function requestsOf(calls: readonly LlmCall[], index: CallIndex): readonly LlmCall[] | null {
  const found = new Set<LlmCall>();
  for (const call of calls) {
    const requests = isRequest(call) ? [call] : index.requestsOf(call);
    if (call.leadsToMore || requests.length < call.leadsTo.length) return null;
    for (const request of requests) found.add(request);
  }
  return [...found];
}

/** `openai/gpt-6-luna` instead of `openai/gpt-4o-2024-08-06`. */
function spelledLike(value: string, model: Model, id: string, call: LlmCall, catalogue: Catalogue): string | null {
  if (PROVIDER_TABLE[call.provider].takesIds !== true) return null;
  const prefix = /^(?:.*[/:])?/.exec(value)?.[0] ?? '';
  const rest = value.slice(prefix.length);
  return catalogue.find(call.provider, rest)?.id === model.id ? prefix + id : null;
}

/** Renames a parameter that the new model refuses; null if it is set at an unknown place. */
function renamed(call: LlmCall, id: string): readonly Operation[] | null {
  const { api, provider, outputLimit } = call;
  const change = PROVIDER_TABLE[provider].renamedLimit;
  if (!change?.apis.includes(api) || !change.models.test(id) || outputLimit.state === 'absent') return [];
  const place = limitPlace(call);
  if (place === null) return outputLimit.state === 'unknown' ? [] : null;
  return place.target.path.at(-1) === change.from ? [{ kind: 'rename', target: place.target, name: change.to }] : [];
}

/** Reasoning counts towards the limit: a label's few tokens would be used up before the answer begins. */
function reasoningOff(call: LlmCall): readonly Operation[] | null {
  const { api, provider, outputLimit } = call;
  const path = PROVIDER_TABLE[provider].reasoningSwitch?.[api];
  const place = limitPlace(call);
  if (path === undefined || place === null) return outputLimit.state === 'present' ? null : [];
  const target = { ...place.target, path };
  return [{ kind: 'set', target, value: 'none', ...(place.after === null ? {} : { after: place.after }) }];
}
