/** The fields of messages and blocks, whether written as objects or made by a package's classes. */
import type { Entry, ExternalValue, ObjectValue, Value } from '../../evaluate/values.ts';

/** The fields of an object, or of an object of a package's class (`SystemMessage(content=...)`). */
export function fieldsOf(value: Value): ObjectValue | null {
  if (value.kind === 'object') return value;
  // Only an object is made of its arguments: what a function is given says nothing of what it gives.
  if (value.kind !== 'external' || className(value) === '') return null;
  return argumentFields(value);
}

export function argumentFields(value: ExternalValue): ObjectValue | null {
  const last = value.steps[value.steps.length - 1];
  if (last?.kind !== 'call' || !last.args) return null;
  const [first] = last.args.positional;
  const entries = new Map<string, Entry>(first?.kind === 'object' ? first.entries : []);
  if (first && first.kind !== 'object') entries.set('content', { value: first, isCertain: true, isReplaceable: false });
  for (const [key, entry] of last.args.named) entries.set(key, entry);
  return {
    kind: 'object',
    entries,
    open: [...last.args.open, ...(first?.kind === 'object' ? first.open : [])],
    origin: value.origin,
  };
}

/** The class that the trail's last call is of, or is a factory of (`Part.from_text(...)`); empty for any other function. */
export function className(value: ExternalValue): string {
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
