/**
 * Activations of functions, remembered by their arguments: many places call one helper with the same constant, and each
 * would evaluate its body anew.
 */
import { bindArguments } from '../bind-arguments.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Frame } from '../frame.ts';
import { literalText } from '../lattice.ts';
import { keptIfWhole } from '../progress/cuts.ts';
import type { CallArguments, FunctionValue, Value } from '../values.ts';

/** Of one function; the first are forgotten first. */
const MAX_REMEMBERED = 64;

const remembered = new WeakMap<Frame, Map<number, Map<string, Frame>>>();

/** As `bindArguments`: the same activation for the same values, from the same places. */
export function activationOf(evaluator: Evaluator, fn: FunctionValue, args: CallArguments): Frame | null {
  if (args.open.length > 0 || args.node === null) return bindArguments(evaluator, fn, args);
  const byFunction = remembered.get(fn.frame) ?? new Map<number, Map<string, Frame>>();
  remembered.set(fn.frame, byFunction);
  const activations = byFunction.get(fn.node.start) ?? new Map<string, Frame>();
  byFunction.set(fn.node.start, activations);
  const key = keyOf(fn.receiver, args);
  return keptIfWhole(
    activations.get(key),
    () => bindArguments(evaluator, fn, args),
    (frame) => {
      if (frame === null) return;
      const [first] = activations.keys();
      if (first !== undefined && activations.size >= MAX_REMEMBERED) activations.delete(first);
      activations.set(key, frame);
    },
  );
}

function keyOf(receiver: Value | null, { positional, named }: CallArguments): string {
  const parts = [receiver === null ? '' : identityOf(receiver), ...positional.map(identityOf)];
  for (const [name, entry] of named) parts.push(`${name}=${identityOf(entry.value)}`);
  return parts.join(' ');
}

let count = 0;
const identities = new WeakMap<Value, string>();
/** Prompts are long, and rarely passed twice. */
const MAX_TEXT = 200;

/** Constants are the same if they are written in the same place; other values are if they are one object. */
function identityOf(value: Value): string {
  const known = identities.get(value);
  if (known) return known;
  const identity = constantOf(value) ?? String(++count);
  identities.set(value, identity);
  return identity;
}

function constantOf(value: Value): string | null {
  if (value.kind === 'null') return 'null';
  if (value.kind !== 'text' && value.kind !== 'number' && value.kind !== 'boolean') return null;
  const { origin } = value;
  const constant = value.kind === 'text' ? literalText(value) : value.value;
  if (origin === null || constant === null || String(constant).length > MAX_TEXT) return null;
  return `${JSON.stringify(constant)}@${origin.path}:${origin.start}:${origin.end}`;
}
