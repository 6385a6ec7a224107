/** One step of a trail: what a constructor or a method makes of the object before it, as its descriptor says. */
import { alternativesOf } from '../../evaluate/lattice.ts';
import type { CallArguments, Value } from '../../evaluate/values.ts';
import { siteOf } from '../call-site.ts';
import { withDefaultModel, withDefaultProvider } from '../defaults.ts';
import { EVERY_FIELD, type StepDescriptor } from '../descriptor.ts';
import { fieldAt, readFields } from '../fields.ts';
import { pickedFrom, routedTo } from '../picks.ts';
import { NO_ROLES, overlay, type Roles, type RoleValue, readRoles } from '../roles.ts';
import { switched } from '../switches.ts';
import type { Walked } from '../trail-result.ts';
import { addressed, fresh, maybe, PICKED_TYPE, reopened, type State, typeOf } from '../trail-state.ts';
import { absorb, absorbMap, isModel, runAfter, unknownPrompt } from './absorb.ts';
import { resolveModel, withModelValue } from './model.ts';
import { pay, sendCommand } from './pay.ts';
import { objectOf, type Trails } from './trails.ts';

/** The result of applying `step` to `state`: another state, or a result. Null if the step gives nothing known. */
export function takeStep(
  trails: Trails,
  state: State,
  step: StepDescriptor,
  args: CallArguments | null,
  type: string | null,
  from: RoleValue['from'],
): State | Walked | null {
  const before = begun(state, type);
  const subject = { ...before, provider: step.provider ?? before.provider };
  if (step.passes !== undefined) return passOn(trails, args?.positional[step.passes]);
  const sent = step.sendsCommand === true ? sendCommand(trails, subject, args) : null;
  if (sent !== null || (step.sendsCommand === true && step.call === undefined)) return sent;
  if (step.call !== undefined) {
    const { call, ...object } = step;
    const payer = step.absorbs === undefined ? subject : takeStep(trails, state, object, args, type, from);
    return payer === null || 'kind' in payer ? payer : pay(trails, payer, call, args);
  }
  const fields = readFields(args, step);
  if (step.picks !== undefined) return pick(trails, subject, step, args);
  const route = step.routes === undefined ? null : routedTo(subject.constructed, step.routes, args);
  const routed = route === null ? null : objectOf(trails, route);
  if (routed !== null) return routed;
  const stated = statedBy(step, withDefaultModel(readRoles(fields, step, from, siteOf(args, step)), step));
  const named = type === null || type === 'self' ? state.type : type;
  const entered: State = { ...reopened(subject, stated), type: named, roles: NO_ROLES };
  const { absorbed, chained, inner } = takenOver(trails, entered, subject, step, args);
  if (type === null && inner === null) return null;
  const target = type === null && inner !== null ? { sdk: inner.sdk, type: inner.type } : null;
  const next: State = {
    ...absorbed,
    provider: switched(step, fields) ?? absorbed.provider,
    sdk: target?.sdk ?? state.sdk,
    type: target?.type ?? named,
    path: [],
    roles: overlay(chained?.roles ?? overlay(before.roles, absorbed.roles), stated),
    constructed: from === 'constructor' ? fields : state.constructed,
  };
  return addressed(withDefaultProvider(resolveModel(trails, next), stated, step), stated, trails.baseUrls);
}

interface TakenOver {
  /** The object with what its parts say of model and provider. */
  readonly absorbed: State;
  /** Of a sequence, `subject` with the parts run after it; null of any other step. */
  readonly chained: State | null;
  /** The first object among the parts. */
  readonly inner: State | null;
}

/** What the step takes over from the objects in its arguments. */
function takenOver(
  trails: Trails,
  entered: State,
  subject: State,
  step: StepDescriptor,
  args: CallArguments | null,
): TakenOver {
  if (step.absorbs === undefined && step.isSequence !== true) return { absorbed: entered, chained: null, inner: null };
  const fields = readFields(args, step);
  let absorbed = entered;
  let chained = subject;
  let inner: State | null = null;
  for (const path of step.absorbs ?? []) {
    const isMap = path === EVERY_FIELD;
    if (isMap) absorbed = absorbMap(trails, absorbed, fields.entries);
    const at = isMap ? { entry: null, open: fields.open } : fieldAt(fields, path);
    if (at.entry === null) {
      if (at.open.length > 0 || args === null) absorbed = { ...absorbed, model: maybe(absorbed.model) };
      continue;
    }
    for (const alternative of alternativesOf(at.entry.value)) {
      if (alternative.kind === 'external') inner ??= objectOf(trails, alternative);
    }
    const prompt = step.absorbsPrompts?.includes(path) === true ? unknownPrompt(path, at.entry) : null;
    if (prompt !== null) absorbed = { ...absorbed, roles: overlay(absorbed.roles, prompt) };
    else if (step.isSequence === true) chained = runAfter(trails, chained, at.entry.value);
    else if (step.absorbsModelsOnly !== true || isModel(trails, at.entry.value))
      absorbed = absorb(trails, absorbed, at.entry.value);
  }
  if (step.isSequence !== true) return { absorbed, chained: null, inner };
  return { absorbed: { ...chained, roles: NO_ROLES }, chained, inner };
}

function passOn(trails: Trails, value: Value | undefined): State | Walked | null {
  for (const alternative of value === undefined ? [] : alternativesOf(value)) {
    const result = alternative.kind === 'external' ? trails.run(alternative) : null;
    if (result !== null) return result;
  }
  return null;
}

/** The object that the constructor's field names: by a literal name, else any of them. */
function pick(trails: Trails, state: State, step: StepDescriptor, args: CallArguments | null): State {
  const picked: State = { ...state, type: PICKED_TYPE, path: [], model: 'maybe' };
  return pickedFrom(state.constructed, step, args).reduce<State>(
    (current, value) => resolveModel(trails, withModelValue(current, value)),
    picked,
  );
}

/** An object that makes requests of its own passes nothing on to one of another type that it gives. */
function begun(state: State, type: string | null): State {
  if (typeOf(state).isApart !== true || type === null || type === 'self') return state;
  return state.sdk.types[type]?.isApart === true ? state : fresh(state.sdk, state.type);
}

function statedBy({ isTemplate }: StepDescriptor, roles: Roles): Roles {
  if (isTemplate !== true) return roles;
  return { ...roles, values: new Map([...roles.values].map(([role, value]) => [role, { ...value, isTemplate }])) };
}

/** The step as it is taken: a call that also returns an object only counts if nothing is done with that object. */
export function taken(step: StepDescriptor, type: string | null, isLast: boolean): StepDescriptor {
  if (step.call === undefined || type === null || isLast) return step;
  const { call: _, ...object } = step;
  return object;
}
