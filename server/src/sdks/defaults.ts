/** What an SDK itself uses where the code leaves a role out. */
import { text, unknown } from '../evaluate/lattice.ts';
import type { UnknownValue } from '../evaluate/values.ts';
import type { DefaultModel, StepDescriptor } from './descriptor.ts';
import { mayState, type Roles } from './roles.ts';
import type { State } from './trail-state.ts';

/** The field of a role that no field states. */
const DEFAULT = '';

/** `roles` with the step's default model, unless the code states or may state one, or asks another provider. */
export function withDefaultModel(roles: Roles, { defaultModel }: Pick<StepDescriptor, 'defaultModel'>): Roles {
  if (defaultModel === undefined || mayState(roles, 'model') || roles.values.has('provider')) return roles;
  const value = defaultValue(defaultModel);
  return {
    ...roles,
    values: new Map(roles.values).set('model', {
      value,
      isCertain: true,
      isReplaceable: false,
      field: DEFAULT,
      from: 'constructor',
      site: null,
    }),
  };
}

/** `state` after a step that took its default model, which another model replaces. */
export function withDefaultProvider(
  state: State,
  stated: Roles,
  { defaultModel }: Pick<StepDescriptor, 'defaultModel'>,
): State {
  const isTaken = stated.values.get('model')?.field === DEFAULT;
  if (!isTaken || defaultModel?.provider === undefined || state.provider !== 'any') return state;
  return { ...state, provider: defaultModel.provider, isProviderNamed: true };
}

/** Only a hint: another version of the package may use another model. */
function defaultValue({ name, variable }: DefaultModel): UnknownValue {
  if (variable === undefined) return unknown('opaque', text(name, null));
  return { ...unknown('environment', text(name, null)), variable };
}
