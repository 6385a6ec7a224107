/** What an SDK itself uses where the code leaves a role out. */
import { text, unknown } from '../evaluate/lattice.ts';
import type { UnknownValue } from '../evaluate/values.ts';
import type { DefaultModel, StepDescriptor } from './descriptor.ts';
import type { Roles } from './roles.ts';

/** `roles` with the step's default model, unless the code states or may state one. */
export function withDefaultModel(roles: Roles, { defaultModel }: Pick<StepDescriptor, 'defaultModel'>): Roles {
  if (defaultModel === undefined || roles.values.has('model') || roles.open.has('model')) return roles;
  const value = defaultValue(defaultModel);
  return {
    ...roles,
    values: new Map(roles.values).set('model', {
      value,
      isCertain: true,
      isReplaceable: false,
      field: '',
      from: 'constructor',
      site: null,
    }),
  };
}

/** Only a hint: another version of the package may use another model. */
function defaultValue({ name, variable }: DefaultModel): UnknownValue {
  if (variable === undefined) return unknown('opaque', text(name, null));
  return { ...unknown('environment', text(name, null)), variable };
}
