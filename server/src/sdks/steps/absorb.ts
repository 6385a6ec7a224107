/** What a chain or a wrapper takes over from the objects that it is made of. */
import { alternativesOf } from '../../evaluate/lattice.ts';
import type { Entry, Value } from '../../evaluate/values.ts';
import { byDefault, eitherOf } from '../model-options.ts';
import { NO_ROLES, overlay, type Roles, type RoleValue } from '../roles.ts';
import { asksModel, isOnlyPart, NO_STAGES, stageOf, stagesOf } from '../stages.ts';
import { answersItself, maybe, possible, type State, typeOf } from '../trail-state.ts';
import { isCalledLikeFunction } from './sequences.ts';
import { objectOf, type Trails } from './trails.ts';

/** Takes roles and provider over from a value that a chain or wrapper holds. */
export function absorb(trails: Trails, state: State, value: Value, level = 0): State {
  if (level > 4) return state;
  switch (value.kind) {
    case 'external': {
      const inner = trails.run(value);
      if (inner === null) {
        return trails.registry.byModule(value.module) === null ? possible(state, value) : state;
      }
      if ('kind' in inner)
        return inner.kind === 'method' ? { ...state, provider: inner.provider, model: 'yes' } : state;
      if (typeOf(inner).isApart === true && typeOf(state).isApart !== true) return state;
      const isPayer = inner.model !== 'no' || typeOf(inner).isComposite !== true;
      return {
        ...state,
        roles: overlay(state.roles, inner.roles),
        model: inner.model === 'yes' ? 'yes' : inner.model === 'maybe' ? maybe(state.model) : state.model,
        provider: isPayer && inner.provider !== 'any' ? inner.provider : state.provider,
        earlier: [...state.earlier, ...inner.earlier],
        next: overlay(state.next, inner.next),
      };
    }
    case 'array':
      return [...value.items, ...value.open].reduce<State>((sum, item) => absorb(trails, sum, item, level + 1), state);
    case 'oneOf': {
      const given = value.alternatives.filter(({ kind }) => kind !== 'null');
      const [only] = given;
      if (only !== undefined && given.length === 1) return absorb(trails, state, only, level + 1);
      return eitherOf(
        state,
        given.map((item) => absorb(trails, { ...state, roles: NO_ROLES }, item, level + 1)),
      );
    }
    case 'object':
      return absorbMap(trails, state, value.entries, level);
    case 'instance':
      return answersItself(value, state.sdk) || isCalledLikeFunction(value) ? state : possible(state, value);
    case 'unknown': {
      const open = possible(state, value);
      if (value.hint === null) return open;
      return byDefault(open, value, absorb(trails, { ...state, roles: NO_ROLES }, value.hint, level + 1));
    }
    default:
      return state;
  }
}

/** What is asked with a prompt that is not known, such as a parameter; null for one that is known or has a default. */
export function unknownPrompt(field: string, { value, isCertain, isReplaceable }: Entry): Roles | null {
  if (value.kind !== 'unknown' || value.hint !== null) return null;
  const role: RoleValue = { value, isCertain, isReplaceable, field, from: 'step', site: null };
  return { ...NO_ROLES, values: new Map([['messages', role]]) };
}

/** A map of steps runs each of them; their prompts are their own. */
export function absorbMap(trails: Trails, state: State, entries: ReadonlyMap<string, Entry>, level = 0): State {
  const blank: State = { ...state, ...NO_STAGES, model: 'no', roles: NO_ROLES };
  const steps = [...entries.values()].map(({ value }) => absorb(trails, blank, value, level + 1));
  const asking = steps.filter((step) => step.model === 'yes');
  if (asking.length === 0) return state;
  return { ...state, model: 'yes', earlier: [...state.earlier, ...asking.flatMap(stagesOf)] };
}

/** `state` with `value` run after it: each model of a chain is asked, the first what stands before it. */
export function runAfter(trails: Trails, state: State, value: Value, level = 0): State {
  if (value.kind === 'array' && level <= 4) {
    return [...value.items, ...value.open].reduce<State>((sum, item) => runAfter(trails, sum, item, level + 1), state);
  }
  const step = absorb(trails, { ...state, ...NO_STAGES, model: 'no', roles: NO_ROLES }, value, level);
  const earlier = [...state.earlier, ...step.earlier];
  if (!asksModel(state)) {
    const { model } = state.model === 'yes' || step.model === 'no' ? state : step;
    return { ...step, model, roles: overlay(state.roles, step.roles), earlier };
  }
  if (!asksModel(step) || isOnlyPart(state, step)) {
    return { ...state, earlier, next: overlay(state.next, step.roles) };
  }
  if (isOnlyPart(step, state)) return { ...step, roles: overlay(state.roles, step.roles), earlier };
  const roles = overlay(state.next, step.roles);
  return { ...step, roles, earlier: [...state.earlier, stageOf(state), ...step.earlier] };
}

export function isModel(trails: Trails, value: Value): boolean {
  return alternativesOf(value).some((one) => {
    if (one.kind === 'array') return one.items.some((item) => isModel(trails, item));
    return one.kind === 'external' && objectOf(trails, one)?.model === 'yes';
  });
}
