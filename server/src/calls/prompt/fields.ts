/** The fields of messages and blocks, whether written as objects or made by a package's classes. */
import type { CallArguments, Entry, ExternalValue, ObjectValue, Value } from '../../evaluate/values.ts';
import type { Origin } from '../../ir/origin.ts';
import { MESSAGE_FUNCTIONS } from '../../sdks/descriptors/message-names.ts';

/** The fields of an object, or of an object of a package's class (`SystemMessage(content=...)`). */
export function fieldsOf(value: Value): ObjectValue | null {
  if (value.kind === 'object') return value;
  // Only an object is made of its arguments: what a function is given says nothing of what it gives.
  if (value.kind !== 'external' || className(value) === '') return null;
  return argumentFields(value);
}

export function argumentFields(value: ExternalValue): ObjectValue | null {
  const last = value.steps[value.steps.length - 1];
  return last?.kind === 'call' && last.args ? fieldsOfArguments(last.args, value.origin) : null;
}

/** The same for a message, which may also be an object of a class of the project. */
export function messageFieldsOf(value: Value): ObjectValue | null {
  if (value.kind !== 'instance') return fieldsOf(value);
  return value.args === null ? null : fieldsOfArguments(value.args, null);
}

function fieldsOfArguments({ positional, named, open }: CallArguments, origin: Origin | null): ObjectValue {
  const [first] = positional;
  const entries = new Map<string, Entry>(first?.kind === 'object' ? first.entries : []);
  if (first && first.kind !== 'object') entries.set('content', { value: first, isCertain: true, isReplaceable: false });
  for (const [key, entry] of named) entries.set(key, entry);
  return { kind: 'object', entries, open: [...open, ...(first?.kind === 'object' ? first.open : [])], origin };
}

/** The class that an object is of, or that the trail's last call is a factory of (`Part.from_text(...)`); empty otherwise. */
export function className(value: Value): string {
  if (value.kind === 'instance') return value.class.node.name ?? '';
  if (value.kind !== 'external') return '';
  const called = value.steps.at(-2);
  const message = called?.kind === 'member' ? MESSAGE_FUNCTIONS.get(called.name) : undefined;
  if (message !== undefined) return message;
  for (let index = value.steps.length - 2; index >= 0; index--) {
    const step = value.steps[index];
    if (step?.kind !== 'member') return '';
    if (/^[A-Z]/.test(step.name)) return step.name;
  }
  return '';
}

/** The first of several fields that is there and not null. */
export function firstField(fields: ObjectValue, names: readonly string[]): Value | null {
  for (const name of names) {
    const value = fields.entries.get(name)?.value;
    if (value !== undefined && value.kind !== 'null') return value;
  }
  return null;
}
