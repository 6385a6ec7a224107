/** Calls and their arguments; `super()` has its own node. */
import type { Argument, Call, Expression, Super } from '../../ir/nodes.ts';
import { lowerClauses } from './comprehensions.ts';
import { lowerExpression } from './expressions.ts';
import {
  childOfKind,
  childrenOf,
  isExpression,
  kindOf,
  missing,
  type Source,
  spanOf,
  startOf,
  textOf,
} from './source.ts';

export function lowerCall(source: Source, node: number): Call | Super {
  const span = spanOf(source, node);
  const [calleeNode] = childrenOf(source, node);
  const list = childOfKind(source, node, 'ArgList');
  if (calleeNode !== undefined && isSuper(source, calleeNode, list)) return { kind: 'super', ...span };
  const callee = calleeNode === undefined ? missing(span.start) : lowerExpression(source, calleeNode);
  return {
    kind: 'call',
    ...span,
    callee: baseConstructor(callee),
    arguments: list === undefined ? [] : lowerArguments(source, list),
    isNew: false,
    argumentsStart: list === undefined ? span.end : startOf(source, list) + 1,
  };
}

/** `super()` and `super(A, self)`. If there is a call among its arguments it stays a call, so that none is lost. */
function isSuper(source: Source, callee: number, list: number | undefined): boolean {
  if (kindOf(source, callee) !== 'VariableName' || textOf(source, callee) !== 'super') return false;
  return (
    list !== undefined &&
    childrenOf(source, list).every((child) => !isExpression(source, child) || isPlain(source, child))
  );
}

function isPlain(source: Source, node: number): boolean {
  const end = source.tree.end[node] ?? node;
  for (let inside = node; inside < end; inside++) if (kindOf(source, inside) === 'CallExpression') return false;
  return true;
}

/** `super().__init__` is the base's constructor, which is also what calling the super node means. */
function baseConstructor(callee: Expression): Expression {
  const isBase = callee.kind === 'member' && callee.property === '__init__' && callee.object.kind === 'super';
  return isBase ? { kind: 'super', start: callee.start, end: callee.end } : callee;
}

/** The arguments of an `ArgList`, which can also be the bases of a class. */
export function lowerArguments(source: Source, list: number): Argument[] {
  const wasAnnotation = source.isAnnotation;
  source.isAnnotation = false;
  const nodes = childrenOf(source, list);
  const result: Argument[] = [];
  let at = 0;
  while (at < nodes.length) {
    const { argument, next } = lowerArgument(source, nodes, at);
    if (argument !== null) result.push(argument);
    at = next;
  }
  source.isAnnotation = wasAnnotation;
  return result;
}

/** The argument that starts at `nodes[at]`, if there is one, and the index after it. */
function lowerArgument(
  source: Source,
  nodes: readonly number[],
  at: number,
): { argument: Argument | null; next: number } {
  const node = nodes[at];
  const kind = kindOf(source, node);
  const following = nodes[at + 1];
  if (node === undefined) return { argument: null, next: at + 1 };
  const start = startOf(source, node);
  if (kind === '*' || kind === '**') {
    if (!isExpression(source, following)) return { argument: null, next: at + 1 };
    const value = lowerExpression(source, following);
    const spread = kind === '*' ? 'spread' : 'namedSpread';
    return { argument: { kind: spread, name: null, start, end: value.end, value }, next: at + 2 };
  }
  if (!isExpression(source, node)) return { argument: null, next: at + 1 };
  if (kindOf(source, following) === 'AssignOp' && following !== undefined) {
    const { value, next } = lowerValue(source, nodes, at + 2, spanOf(source, following).end);
    if (kind === 'VariableName' && textOf(source, following) === '=') {
      return { argument: { kind: 'named', name: textOf(source, node), start, end: value.end, value }, next };
    }
    const target = { kind: 'name', ...spanOf(source, node), name: textOf(source, node) } as const;
    const assignment: Expression = { kind: 'assignment', start, end: value.end, target, operator: '=', value };
    return { argument: { kind: 'positional', name: null, start, end: value.end, value: assignment }, next };
  }
  const { value, next } = lowerValue(source, nodes, at, start);
  return { argument: { kind: 'positional', name: null, start, end: value.end, value }, next };
}

/**
 * The expression at `nodes[at]`; a `for` after it makes it a generator. `offset` is where it would be if it is missing.
 */
function lowerValue(
  source: Source,
  nodes: readonly number[],
  at: number,
  offset: number,
): { value: Expression; next: number } {
  const node = nodes[at];
  if (!isExpression(source, node)) return { value: missing(offset), next: at };
  const element = lowerExpression(source, node);
  const following = kindOf(source, nodes[at + 1]);
  if (following !== 'for' && following !== 'async') return { value: element, next: at + 1 };
  const { clauses, next } = lowerClauses(source, nodes, at + 1);
  const last = clauses.at(-1);
  const end = last?.conditions.at(-1)?.end ?? last?.iterable.end ?? element.end;
  return {
    value: { kind: 'comprehension', start: element.start, end, element, clauses, collection: 'generator' },
    next,
  };
}
