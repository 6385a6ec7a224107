/** A step that is a paid call. */
import { alternativesOf } from '../../evaluate/lattice.ts';
import type { CallArguments, Value } from '../../evaluate/values.ts';
import { siteOf } from '../call-site.ts';
import { withDefaultModel } from '../defaults.ts';
import { withDeployments } from '../deployments.ts';
import type { CallDescriptor } from '../descriptor.ts';
import { readFields } from '../fields.ts';
import { post } from '../http-requests.ts';
import { mayState, NO_ROLES, overlay, type Roles, readRoles } from '../roles.ts';
import { NO_STAGES, stagesOf, withoutInput } from '../stages.ts';
import { switched } from '../switches.ts';
import { OTHER, type SdkCall, type Walked } from '../trail-result.ts';
import { addressed, fresh, reopened, type State, typeOf } from '../trail-state.ts';
import { isFake, resolveModel, withModelValue } from './model.ts';
import { objectOf, type Trails } from './trails.ts';

/** The request that `call` on `state` makes; another thing if nothing is paid for. */
export function pay(trails: Trails, state: State, call: CallDescriptor, args: CallArguments | null): Walked {
  if (typeOf(state).isComposite === true && state.model === 'no') return OTHER;
  const fields = readFields(args, call);
  const said = withTemplate(trails, readRoles(fields, call, 'call', siteOf(args, call)));
  const stated = overlay(constructedFor(state, call), said);
  if (call.asksWith !== undefined && !mayState(stated, call.asksWith)) return OTHER;
  if (state.earlier.length > 0) return payEach(trails, state, call, args, stated);
  const roles = withDeployments(overlay(state.roles, stated), state.sdk.deployments);
  if (call.http !== undefined) return post({ ...state, roles }, call, args, trails.baseUrls);
  const { provider: known, ...before } = reopened(state, stated);
  const done = resolveModel(trails, { ...before, provider: call.provider ?? known, roles });
  if (isFake(trails, done)) return OTHER;
  const paid = { ...done, provider: switched(call, fields) ?? done.provider };
  const { sdk, provider } = addressed(paid, stated, trails.baseUrls);
  return { kind: 'call', sdk, provider, call, roles: done.roles, receiver: 'resolved', args };
}

/** `model.invoke(template.format_messages(...))`: what the template says stands in its place. */
function withTemplate(trails: Trails, roles: Roles): Roles {
  const messages = roles.values.get('messages')?.value;
  if (messages?.kind !== 'external') return roles;
  const object = objectOf(trails, messages);
  if (object === null || typeOf(object).isPrompt !== true) return roles;
  const others = new Map([...roles.values].filter(([role]) => role !== 'messages'));
  return overlay({ ...roles, values: others }, object.roles);
}

/** What the object's constructor says of this call alone. */
function constructedFor(state: State, { constructed }: CallDescriptor): Roles {
  if (constructed === undefined) return NO_ROLES;
  return withDefaultModel(readRoles(state.constructed, constructed, 'constructor'), constructed);
}

/** A chain asks each of its models: the first gets what the call passes, each other one the result of the one before it. */
function payEach(
  trails: Trails,
  state: State,
  call: CallDescriptor,
  args: CallArguments | null,
  stated: Roles,
): Walked {
  const later = withoutInput(stated);
  const requests = stagesOf(state).flatMap(({ provider, roles }, index): readonly SdkCall[] => {
    const asked = { ...state, ...NO_STAGES, provider, roles: overlay(roles, index === 0 ? stated : later) };
    const paid = resolveModel(trails, asked);
    if (isFake(trails, paid)) return [];
    return [
      { kind: 'call', sdk: state.sdk, provider: paid.provider, call, roles: paid.roles, receiver: 'resolved', args },
    ];
  });
  const last = requests.at(-1);
  return last === undefined ? OTHER : { ...last, earlier: requests.slice(0, -1) };
}

/** The request of a command object that a client sends (`client.send(new ConverseCommand(...))`). */
export function sendCommand(trails: Trails, state: State, args: CallArguments | null): Walked | null {
  for (const alternative of alternativesOf(args?.positional[0] ?? { kind: 'null' })) {
    const command = alternative.kind === 'external' ? trails.run(alternative) : null;
    if (command === null || 'kind' in command) continue;
    const call = typeOf(command).command;
    if (call === undefined) continue;
    if (call.http !== undefined) return post(command, call, args, trails.baseUrls);
    return {
      kind: 'call',
      sdk: command.sdk,
      provider: command.provider,
      call,
      roles: overlay(state.roles, command.roles),
      receiver: 'resolved',
      args,
    };
  }
  return null;
}

/** The call with `model`, where nothing else said which; null if that only stands in for one. */
export function withModel(trails: Trails, call: SdkCall, model: Value): SdkCall | null {
  const { sdk, provider, roles } = call;
  const state = resolveModel(trails, withModelValue({ ...fresh(sdk, ''), provider, roles }, model));
  return isFake(trails, state) ? null : { ...call, provider: state.provider, roles: state.roles };
}
