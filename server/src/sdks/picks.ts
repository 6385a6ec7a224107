/** Objects that a step finds by name among those that its object was constructed with. */
import { alternativesOf, literalText, oneOf, text, withStep } from '../evaluate/lattice.ts';
import type { CallArguments, ExternalValue, Value } from '../evaluate/values.ts';
import type { StepDescriptor } from './descriptor.ts';
import { type Fields, fieldAt, fieldsOf, NO_FIELDS } from './fields.ts';

/** For each field that has it what the first argument names; all of a field's objects where the name is not known. */
export function pickedFrom(
  constructed: Fields,
  { picks = [], picksOtherwise }: Pick<StepDescriptor, 'picks' | 'picksOtherwise'>,
  args: CallArguments | null,
): readonly Value[] {
  const name = literalText(args?.positional[0]);
  const found = picks.flatMap((path): readonly Value[] => {
    const { entries } = objectIn(constructed, path);
    if (name === null) return entries.size === 0 ? [] : [oneOf([...entries.values()].map(({ value }) => value))];
    const chosen = entries.get(name);
    return chosen === undefined ? [] : [chosen.value];
  });
  if (found.length > 0 || name === null || picksOtherwise === undefined) return found;
  const other = fieldAt(constructed, picksOtherwise).entry?.value;
  return externalsIn(other).map((provider) => withStep(provider, { kind: 'call', args, isNew: false }));
}

/** `custom.languageModel('fast')` for `registry.languageModel('custom:fast')`; null if the registry has no such provider. */
export function routedTo(
  constructed: Fields,
  { field, method }: NonNullable<StepDescriptor['routes']>,
  args: CallArguments | null,
): ExternalValue | null {
  const [, prefix = '', name = ''] = /^([^:]+):(.+)$/.exec(literalText(args?.positional[0]) ?? '') ?? [];
  const provider = externalsIn(objectIn(constructed, field).entries.get(prefix)?.value)[0];
  if (args === null || provider === undefined) return null;
  const { positional, named, open, node, path } = args;
  const given: CallArguments = { positional: [text(name, null), ...positional.slice(1)], named, open, node, path };
  return withStep(withStep(provider, { kind: 'member', name: method }), { kind: 'call', args: given, isNew: false });
}

function objectIn(constructed: Fields, path: string): Fields {
  const { entry } = fieldAt(constructed, path);
  return entry === null ? NO_FIELDS : fieldsOf(entry.value);
}

function externalsIn(value: Value | undefined): readonly ExternalValue[] {
  return value === undefined ? [] : alternativesOf(value).flatMap((one) => (one.kind === 'external' ? [one] : []));
}
