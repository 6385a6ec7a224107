/** Which parameters of the project's functions a value holds, or is made of. */
import type { Origin } from '../ir/origin.ts';
import { joinOrigins } from './lattice.ts';
import type { CallArguments, Value } from './values.ts';

/** Values nest, but what is sent to a model not like this. */
const MAX_DEPTH = 10;

/** The places at which the parameters are declared. Evaluates the arguments of calls that `value` went through. */
export function sourcesOf(value: Value, depth = 0): readonly Origin[] {
  if (depth > MAX_DEPTH) return [];
  const within = (values: Iterable<Value>) => sourcesOfAll(values, depth + 1);
  switch (value.kind) {
    case 'unknown':
      return value.from();
    case 'text':
      return within(value.segments.flatMap((segment) => (segment.kind === 'hole' ? [segment.value] : [])));
    case 'array':
      return within([...value.items, ...value.open]);
    case 'object':
      return within([...[...value.entries.values()].map((entry) => entry.value), ...value.open]);
    case 'oneOf':
      return within(value.alternatives);
    case 'external':
      return value.steps.reduce<readonly Origin[]>(
        (found, step) =>
          step.kind === 'call' && step.args ? joinOrigins(found, sourcesOfArguments(step.args, depth + 1)) : found,
        [],
      );
    case 'instance':
      return value.args ? sourcesOfArguments(value.args, depth + 1) : [];
    default:
      return [];
  }
}

export function sourcesOfArguments({ positional, named, open }: CallArguments, depth = 0): readonly Origin[] {
  return sourcesOfAll([...positional, ...[...named.values()].map((entry) => entry.value), ...open], depth);
}

function sourcesOfAll(values: Iterable<Value>, depth: number): readonly Origin[] {
  let found: readonly Origin[] = [];
  for (const value of values) found = joinOrigins(found, sourcesOf(value, depth));
  return found;
}
