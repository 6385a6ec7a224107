/** Text that a function out of sight makes of data: `prompts.summary(context)` and `render(title=title)` write it themselves. */
import { unknown } from './lattice.ts';
import { sourcesOfArguments } from './sources.ts';
import type { CallArguments, UnknownValue, Value } from './values.ts';

/** Names under which a function takes a text, or a conversation, that it gives back in another form. */
const TEXT_NAMES =
  /prompt|message|instruction|conversation|dialog|history|^(?:role|content|text|texts|value|values|data|input|inputs|body|string|s|query|q)$/i;

/** What a call of something that is not known gives: its arguments are evaluated if that is asked for. */
export function resultOfUnseen(args: CallArguments): UnknownValue {
  return { ...unknown('opaque', null, null, () => sourcesOfArguments(args)), isFilled: () => isFilledBy(args) };
}

/** True where all that is handed over is data under names of its own, as to a template, and nothing that may be its result in another form. */
export function isFilledBy({ positional, named, open }: CallArguments): boolean {
  if (open.length > 0) return false;
  const names = [...named.keys(), ...positional.flatMap(keysOf)];
  return names.length > 0 && positional.every(isPlainOrNamed) && !names.some((name) => TEXT_NAMES.test(name));
}

function keysOf(value: Value): readonly string[] {
  return value.kind === 'object' ? [...value.entries.keys()] : [];
}

function isPlainOrNamed(value: Value): boolean {
  switch (value.kind) {
    case 'object':
      return value.open.length === 0;
    case 'number':
    case 'boolean':
    case 'null':
      return true;
    default:
      return false;
  }
}
