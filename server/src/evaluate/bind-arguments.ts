/** The parameters of a function of the project, bound to the arguments of one call. */

import type { Parameter } from '../ir/nodes.ts';
import type { Evaluator } from './evaluator.ts';
import { createFrame, type Frame } from './frame.ts';
import { joinOrigins, NULL } from './lattice.ts';
import { destructure, parameterValue } from './names.ts';
import { keptIfWhole } from './progress/cuts.ts';
import { parameterDefinitions } from './scopes/parameters.ts';
import { sourcesOf } from './sources.ts';
import type { CallArguments, Value } from './values.ts';

/** A frame of a function of the project in which its parameters have the call's arguments. */
export function bindArguments(evaluator: Evaluator, value: Value, args: CallArguments): Frame | null {
  if (value.kind !== 'function') return null;
  const scope = value.frame.scope.module.scopes.get(value.node);
  if (!scope) return null;
  const bound = new Map<Parameters<NonNullable<Frame['bound']>['get']>[0], Value>();
  const frame = createFrame(scope, value.frame, value.receiver, bound);
  const used = new Set<string>();
  for (const parameter of value.node.parameters)
    if (parameter.pattern.kind === 'name') used.add(parameter.pattern.name);
  for (const definition of parameterDefinitions(scope)) {
    const { parameter, index, path } = definition.source;
    const argument = argumentFor(parameter, index, value.node.parameters, args, used);
    if (argument === undefined) {
      const among = amongOpen(parameter, args, () => parameterValue(evaluator, scope, parameter, index, frame));
      if (among !== null) bound.set(definition, destructure(evaluator, among, path, frame));
      continue;
    }
    if (argument === null) {
      // Omitted: the default is what it is, for this call.
      if (parameter.default) {
        const byDefault = evaluator.evaluate(parameter.default, value.frame);
        bound.set(definition, destructure(evaluator, byDefault, path, frame));
      }
      // A callback is given more than the evaluator passes it.
      else if (path.length === 0 && args.node !== null) bound.set(definition, NULL);
      continue;
    }
    bound.set(definition, destructure(evaluator, argument, path, frame));
  }
  return evaluator.activations.like(frame);
}

/** By what is handed on, and by parameter: activations that are handed the same are one only if their values are. */
const handedOn = new WeakMap<Value, WeakMap<Parameter, Value>>();

/**
 * `send(**kwargs)`: a parameter whose argument may be among what is handed on comes from there as well. Null where that is
 * known without the call.
 */
function amongOpen(parameter: Parameter, { open }: CallArguments, make: () => Value): Value | null {
  const [first] = open;
  if (first === undefined) return null;
  const known = handedOn.get(first) ?? new WeakMap<Parameter, Value>();
  handedOn.set(first, known);
  const value = keptIfWhole(
    known.get(parameter),
    () => withSources(make(), open),
    (made) => known.set(parameter, made),
  );
  return value.kind === 'unknown' ? value : null;
}

function withSources(value: Value, open: readonly Value[]): Value {
  if (value.kind !== 'unknown') return value;
  return { ...value, from: () => open.reduce((found, one) => joinOrigins(found, sourcesOf(one)), value.from()) };
}

/** Undefined if it is unknown whether the call passes the parameter; null if it certainly does not. */
function argumentFor(
  parameter: Parameter,
  index: number,
  parameters: readonly Parameter[],
  args: CallArguments,
  used: ReadonlySet<string>,
): Value | null | undefined {
  if (parameter.kind === 'rest') {
    return { kind: 'array', items: args.positional.slice(index), open: args.open, origin: null };
  }
  if (parameter.kind === 'namedRest') {
    const entries = new Map([...args.named].filter(([name]) => !used.has(name)));
    return { kind: 'object', entries, open: args.open, origin: null };
  }
  const name = parameter.pattern.kind === 'name' ? parameter.pattern.name : null;
  const entry = name === null ? undefined : args.named.get(name);
  if (entry) return entry.value;
  const positionalIndex = parameters.slice(0, index).filter((candidate) => candidate.kind === 'positional').length;
  const positional = parameter.kind === 'positional' ? args.positional[positionalIndex] : undefined;
  if (positional) return positional.kind === 'null' && parameter.default ? null : positional;
  return args.open.length > 0 ? undefined : null;
}
