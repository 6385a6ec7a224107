/**
 * Which functions of the project a condition is followed through. `isClaude(model)` tells something of what the caller
 * passed. What a function with loops or many ways out gives depends on the run, and evaluating it to find that out takes
 * longer than all else in the function around.
 */
import type { Expression } from '../../ir/nodes.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Frame } from '../frame.ts';
import { alternativesOf } from '../lattice.ts';
import type { Definition, Region, Scope } from '../scopes/scope.ts';

/** Values that are returned, names that are defined besides the parameters: a test has few. */
const MAX_RETURNS = 4;
const MAX_NAMES = 6;
/** Variables that are computed from variables. */
const MAX_DEPTH = 4;

/** True where the outcome of `test` depends on what such a function gives. */
export function restsOnProcess(evaluator: Evaluator, test: Expression, frame: Frame, depth = 0): boolean {
  const rests = (node: Expression): boolean => restsOnProcess(evaluator, node, frame, depth);
  switch (test.kind) {
    case 'unary':
      return rests(test.operand);
    case 'logical':
      // Either side may decide.
      return rests(test.left) && rests(test.right);
    case 'binary':
      return rests(test.left) || rests(test.right);
    case 'member':
    case 'index':
      return rests(test.object);
    case 'name':
      return depth < MAX_DEPTH && isComputedByProcess(evaluator, test.name, frame, depth);
    case 'call': {
      const { callee, arguments: args } = test;
      if (callee.kind === 'member' && rests(callee.object)) return true;
      // `isinstance(x, str)`, `len(x)`
      if (callee.kind === 'name' && args[0] !== undefined && rests(args[0].value)) return true;
      return alternativesOf(evaluator.evaluate(callee, frame)).some(
        (value) => value.kind === 'function' && isProcess(value.frame.scope.module.scopes.get(value.node)),
      );
    }
    default:
      return false;
  }
}

/** True if every value that the function gives to the variable is computed like this. */
function isComputedByProcess(evaluator: Evaluator, name: string, frame: Frame, depth: number): boolean {
  for (let current: Frame | null = frame; current?.scope.parent; current = current.parent) {
    const definitions = current.scope.definitions.get(name);
    if (definitions === undefined) continue;
    const home = current;
    const isProcessed = ({ source }: Definition): boolean =>
      source.kind === 'value' && restsOnProcess(evaluator, source.expression, home, depth + 1);
    return definitions.every(isProcessed);
  }
  return false;
}

const known = new WeakMap<Scope, boolean>();

function isProcess(scope: Scope | undefined): boolean {
  if (scope === undefined) return false;
  const before = known.get(scope);
  if (before !== undefined) return before;
  const names = [...scope.definitions.values()].filter((all) => all.some(({ source }) => source.kind !== 'parameter'));
  const found = scope.returns.length > MAX_RETURNS || names.length > MAX_NAMES || hasLoop(scope.region);
  known.set(scope, found);
  return found;
}

function hasLoop({ kind, children }: Region): boolean {
  return kind === 'loop' || children.some(hasLoop);
}
