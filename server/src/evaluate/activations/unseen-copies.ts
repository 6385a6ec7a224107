/** Functions that give back what they are given, or a changed copy: `function redact<T>(options: T): T`. */
import type { Expression, FunctionNode, Name } from '../../ir/nodes.ts';
import { nodesWithin } from '../../ir/walk.ts';
import type { Frame } from '../frame.ts';
import { alternativesOf, oneOf } from '../lattice.ts';
import type { Value } from '../values.ts';

/**
 * The result of `node` in an activation without what is not seen of it, where it declares to give the type of a parameter
 * whose value it gives on some path. What it makes of that value otherwise has the same members.
 */
export function withoutUnseenCopies(result: Value, { returns, parameters }: FunctionNode, { bound }: Frame): Value {
  if (result.kind !== 'oneOf' || returns?.kind !== 'name' || bound === null) return result;
  const { name } = returns;
  const given = [...bound].flatMap(([{ source }, value]) => {
    const { annotation } = source.kind === 'parameter' ? source.parameter : { annotation: null };
    return annotation !== null && mentions(annotation, name) ? alternativesOf(value) : [];
  });
  if (parameters.length === 0 || !result.alternatives.some((one) => one.kind !== 'null' && given.includes(one))) {
    return result;
  }
  return oneOf(result.alternatives.filter((one) => one.kind !== 'null' && !isUnseen(one)));
}

function isUnseen(value: Value): boolean {
  return value.kind === 'unknown' ? value.reason === 'opaque' : value.kind === 'object' && value.entries.size === 0;
}

function mentions(type: Expression, name: string): boolean {
  return nodesWithin(type).some((node) => 'kind' in node && node.kind === 'name' && (node as Name).name === name);
}
