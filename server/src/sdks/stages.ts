/** The models of a chain, which are asked one after the other. */
import { NO_ROLES, type Roles } from './roles.ts';
import type { Stage, State } from './trail-state.ts';

export const NO_STAGES = { earlier: [], next: NO_ROLES } satisfies Partial<State>;

export function stageOf({ provider, roles }: State): Stage {
  return { provider, roles };
}

/** Every model that the object asks, in order. */
export function stagesOf(state: State): readonly Stage[] {
  return asksModel(state) ? [...state.earlier, stageOf(state)] : state.earlier;
}

/** True if the object asks a model beyond those that it asked before. */
export function asksModel({ model, roles }: State): boolean {
  return model !== 'no' && (roles.values.has('model') || (roles.open.get('model') ?? []).length > 0);
}

/**
 * True if `other`, next to `state` in a chain and known as little or less, is taken for a parser or a function: what is
 * not known to be a model is one only with a prompt between the two.
 */
export function isOnlyPart(state: State, other: State): boolean {
  return other.model === 'maybe' && !hasInput(state.next) && !hasInput(other.next);
}

function hasInput({ values }: Roles): boolean {
  return values.has('messages') || values.has('prompt') || values.has('system');
}

export function withoutInput(roles: Roles): Roles {
  const values = new Map(roles.values);
  const open = new Map(roles.open);
  for (const role of ['messages', 'prompt'] as const) {
    values.delete(role);
    open.delete(role);
  }
  return { ...roles, values, open };
}
