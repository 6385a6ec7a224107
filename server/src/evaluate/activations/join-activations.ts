/**
 * Joins the values that one expression has in different activations, part by part: `create(key)('a')` and
 * `create(key)('b')` become `create(key)('a' | 'b')`. Which parts belong together is lost, and no part is. There are never
 * more such values than expressions in the code, however many calls lead to them.
 */

import { joinedEntry } from '../entries.ts';
import { oneOf } from '../lattice.ts';
import { keptIfWhole } from '../progress/cuts.ts';
import type { CallArguments, CallStep, Entry, ExternalValue, ObjectValue, Step, Value } from '../values.ts';

/** At most `limit` values, if that can be: objects of more expressions are joined as one. */
export function joinActivations(values: readonly Value[], limit: number): readonly Value[] {
  const byExpression = new Map<unknown, Value[]>();
  for (const value of values) {
    const key = expressionOf(value) ?? value;
    byExpression.set(key, [...(byExpression.get(key) ?? []), value]);
  }
  const all = [...byExpression.values()].map(joined);
  const objects = all.filter((value) => value.kind === 'object');
  const [first] = objects;
  if (all.length <= limit || first === undefined) return all;
  return [joinedObject(first, objects), ...all.filter((value) => value.kind !== 'object')];
}

/** The expression that gave the value; null where that is not known. */
function expressionOf(value: Value): string | null {
  if (value.kind === 'object') {
    return value.origin && `${value.origin.path} ${value.origin.start} ${value.origin.end}`;
  }
  if (value.kind !== 'external' || value.assigned !== undefined) return null;
  const steps = value.steps.map((step) => {
    if (step.kind === 'member') return step.name;
    return step.args?.node ? `(${step.args.path} ${step.args.node.start} ${step.args.node.end})` : null;
  });
  return steps.includes(null) || steps.every((_, index) => value.steps[index]?.kind === 'member')
    ? null
    : [value.module, ...steps].join('.');
}

function joined(values: readonly Value[]): Value {
  const [first] = values as readonly [Value, ...Value[]];
  if (values.length === 1) return first;
  const objects = values.filter((value) => value.kind === 'object');
  const [object] = objects;
  if (object) return joinedObject(object, objects);
  const externals = values.filter((value) => value.kind === 'external');
  const [external] = externals;
  return external ? joinedTrail(external, externals) : first;
}

/** One object in place of `all`: a key is certain where all have it. */
export function joinedObject(first: ObjectValue, all: readonly ObjectValue[]): ObjectValue {
  const entries = joinedEntries(all.map((one) => one.entries));
  return { ...first, entries, open: openOfAll(all) };
}

/** Each value once: objects that are joined again and again share most of theirs, which would double each time. */
function openOfAll(all: readonly { readonly open: readonly Value[] }[]): readonly Value[] {
  return [...new Set(all.flatMap(({ open }) => open))];
}

function joinedEntries(all: readonly ReadonlyMap<string, Entry>[]): ReadonlyMap<string, Entry> {
  const keys = new Set(all.flatMap((entries) => [...entries.keys()]));
  return new Map(
    [...keys].map((key): [string, Entry] => {
      const found = all.flatMap((entries) => entries.get(key) ?? []);
      const isCertain = found.length === all.length && found.every((entry) => entry.isCertain);
      const isReplaceable = found.some((entry) => entry.isReplaceable);
      return [key, joinedEntry(found, isCertain, isReplaceable)];
    }),
  );
}

function joinedTrail(first: ExternalValue, all: readonly ExternalValue[]): ExternalValue {
  const steps = first.steps.map((step, index): Step => {
    if (step.kind === 'member') return step;
    const calls = all.map(({ steps }) => steps[index] as CallStep);
    return { ...step, args: new JoinedArguments(calls.flatMap(({ args }) => args ?? [])) };
  });
  return { ...first, steps };
}

/** Evaluated on demand, as the arguments are. */
class JoinedArguments implements CallArguments {
  readonly node: CallArguments['node'];
  readonly path: string;
  readonly #all: readonly CallArguments[];
  #positional: readonly Value[] | null = null;
  #named: ReadonlyMap<string, Entry> | null = null;

  constructor(all: readonly CallArguments[]) {
    this.#all = all;
    this.node = all[0]?.node ?? null;
    this.path = all[0]?.path ?? '';
  }

  get positional(): readonly Value[] {
    return keptIfWhole(
      this.#positional,
      () => this.#join(),
      (joined) => {
        this.#positional = joined;
      },
    );
  }

  get named(): ReadonlyMap<string, Entry> {
    return keptIfWhole(
      this.#named,
      () => joinedEntries(this.#all.map(({ named }) => named)),
      (joined) => {
        this.#named = joined;
      },
    );
  }

  #join(): readonly Value[] {
    const length = Math.max(...this.#all.map(({ positional }) => positional.length));
    return Array.from({ length }, (_, at) => oneOf(this.#all.flatMap(({ positional }) => positional[at] ?? [])));
  }

  get open(): readonly Value[] {
    return openOfAll(this.#all);
  }
}
