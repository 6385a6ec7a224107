/** The place of a parameter in a call's own arguments: an editor shows something there, wherever the value comes from. */
import type { Call, Expression, Span } from '../ir/nodes.ts';
import type { RoleValue } from '../sdks/roles.ts';

/** The expression that is the parameter's value in the call; null if it is not written there by name. */
export function argumentOf(call: Call, { field, site }: Pick<RoleValue, 'field' | 'site'>): Span | null {
  if (site === null || site.origin.start !== call.start || site.origin.end !== call.end) return null;
  const [first = '', ...rest] = field.split('.');
  const named = call.arguments.find(({ kind, name }) => kind === 'named' && name === first);
  if (named) return valueAt(named.value, rest);
  const options = site.position === null ? undefined : call.arguments[site.position];
  return options?.kind === 'positional' ? valueAt(options.value, [first, ...rest]) : null;
}

function valueAt(value: Expression, path: readonly string[]): Span | null {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (value.kind !== 'object') return null;
  const property = value.entries.find((entry) => entry.kind === 'property' && entry.key === first);
  return property === undefined ? null : valueAt(property.value, rest);
}
