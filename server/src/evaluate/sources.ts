/** Which parameters of the project's functions a value holds, or is made of. */
import type { Origin } from '../ir/origin.ts';
import { joinOrigins } from './lattice.ts';
import { keptIfWhole } from './progress/cuts.ts';
import type { CallArguments, Value } from './values.ts';

/** Values within values, and values that others are made of: no parameter has a longer way. */
const MAX_DEPTH = 100;

/** What was found out about whole questions. */
const known = new WeakMap<Value, readonly Origin[]>();
/**
 * The values that the present question has come to: each is looked at once, since values share parts and may be made of
 * each other. What is under way gives nothing a second time, and is part of the whole answer all the same.
 */
let seen: Set<Value> | null = null;
let depth = 0;

/** The places at which the parameters are declared. Evaluates the arguments of calls that `value` went through. */
export function sourcesOf(value: Value): readonly Origin[] {
  if (seen !== null) return collect(value);
  return keptIfWhole(
    known.get(value),
    () => {
      seen = new Set();
      depth = 0;
      try {
        return collect(value);
      } finally {
        seen = null;
      }
    },
    (found) => known.set(value, found),
  );
}

export function sourcesOfArguments({ positional, named, open }: CallArguments): readonly Origin[] {
  return sourcesOfAll([...positional, ...[...named.values()].map((entry) => entry.value), ...open]);
}

function collect(value: Value): readonly Origin[] {
  if (seen?.has(value) || depth >= MAX_DEPTH) return [];
  seen?.add(value);
  depth++;
  const found = sourcesWithin(value);
  depth--;
  return found;
}

function sourcesWithin(value: Value): readonly Origin[] {
  switch (value.kind) {
    case 'unknown':
      return value.from();
    case 'text':
      return sourcesOfAll(value.segments.flatMap((segment) => (segment.kind === 'hole' ? [segment.value] : [])));
    case 'array':
      return sourcesOfAll([...value.items, ...value.open]);
    case 'object':
      return sourcesOfAll([...[...value.entries.values()].map((entry) => entry.value), ...value.open]);
    case 'oneOf':
      return sourcesOfAll(value.alternatives);
    case 'external':
      return value.steps.reduce<readonly Origin[]>(
        (found, step) =>
          step.kind === 'call' && step.args ? joinOrigins(found, sourcesOfArguments(step.args)) : found,
        [],
      );
    case 'instance':
      return joinOrigins(value.args ? sourcesOfArguments(value.args) : [], value.parameter ? [value.parameter] : []);
    default:
      return [];
  }
}

function sourcesOfAll(values: Iterable<Value>): readonly Origin[] {
  let found: readonly Origin[] = [];
  for (const value of values) found = joinOrigins(found, sourcesOf(value));
  return found;
}
