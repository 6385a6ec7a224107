/** Functions of the project that decorators hand to an SDK's object (`@agent.instructions`). */
import { array } from '../evaluate/lattice.ts';
import type { Entry, Value } from '../evaluate/values.ts';
import type { SdkDescriptor } from './descriptor.ts';
import type { Roles } from './roles.ts';

/** `roles` with what decorated functions add to them. */
export function withDecorated(
  roles: Roles,
  { decorators = {} }: SdkDescriptor,
  assigned: ReadonlyMap<string, Entry>,
): Roles {
  const values = new Map(roles.values);
  for (const [name, role] of Object.entries(decorators)) {
    const added = assigned.get(name)?.value;
    if (added?.kind !== 'array') continue;
    const stated = values.get(role);
    const all = array([...(stated === undefined ? [] : itemsOf(stated.value)), ...added.items], [], null);
    values.set(role, {
      isCertain: true,
      isReplaceable: false,
      field: '',
      from: 'step',
      site: null,
      ...stated,
      value: all,
    });
  }
  return { ...roles, values };
}

function itemsOf(value: Value): readonly Value[] {
  return value.kind === 'array' && value.open.length === 0 ? value.items : [value];
}
