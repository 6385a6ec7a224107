/** Functions that have some of their arguments already: `partial(ask, model="...")`. */
import { setEntry } from './entries.ts';
import type { CallArguments, Entry, ExternalValue, Value } from './values.ts';

/** A call that was begun: what it calls, and its first arguments. */
export interface Partial {
  readonly callee: Value;
  readonly args: CallArguments;
}

/** Null for anything but what `functools.partial` gives. */
export function partialOf({ module, steps }: ExternalValue): Partial | null {
  const [maker, made] = steps;
  if (module !== 'functools' || steps.length !== 2 || maker?.kind !== 'member' || maker.name !== 'partial') return null;
  const args = made?.kind === 'call' ? made.args : null;
  const [callee, ...positional] = args?.positional ?? [];
  if (args === null || callee === undefined) return null;
  return { callee, args: { positional, named: args.named, open: args.open, node: args.node, path: args.path } };
}

/** The arguments of a call of it: what the call names replaces what was given before. */
export function completedArguments(before: CallArguments, rest: CallArguments): CallArguments {
  const named = new Map<string, Entry>(before.named);
  for (const [name, entry] of rest.named) setEntry(named, name, entry, true);
  return {
    positional: [...before.positional, ...rest.positional],
    named,
    open: [...before.open, ...rest.open],
    node: rest.node,
    path: rest.path,
  };
}
