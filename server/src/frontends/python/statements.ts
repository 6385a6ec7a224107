/** Lowers Python statements to IR. */
import type { Declare, Expression, Pattern, Return, Span, Statement } from '../../ir/nodes.ts';
import { lowerAnnotation } from './annotations.ts';
import { lowerClass } from './classes.ts';
import { lowerBranch, lowerLoop, lowerMatch, lowerTry, lowerWith } from './compound.ts';
import { flatten, lowerExpression, lowerFirst, lowerItems, lowerList, lowerParts } from './expressions.ts';
import { lowerFunction } from './functions.ts';
import { lowerImport } from './imports.ts';
import { boundNames, lowerTarget, lowerTargets } from './patterns.ts';
import {
  childOfKind,
  childrenOf,
  endOf,
  isExpression,
  kindOf,
  MAXIMUM_DEPTH,
  missing,
  type Source,
  spanOf,
  startOf,
  textOf,
} from './source.ts';

/** The statements of a `Script` or a `Body`. */
export function lowerBody(source: Source, node: number): Statement[] {
  const out: Statement[] = [];
  lowerChildren(source, node, out);
  return out;
}

/** Adds the IR of `node` to `out`: one statement, several (`import a, b`) or none (`pass`). */
export function lowerStatement(source: Source, node: number, out: Statement[]): void {
  if (source.depth >= MAXIMUM_DEPTH) {
    out.push({ kind: 'expression', ...spanOf(source, node), expression: flatten(source, node) });
    return;
  }
  source.depth++;
  (LOWER[kindOf(source, node)] ?? lowerOther)(source, node, out);
  source.depth--;
}

type Lower = (source: Source, node: number, out: Statement[]) => void;

const LOWER: Readonly<Record<string, Lower>> = {
  AssignStatement: lowerAssignment,
  Body: lowerChildren,
  BreakStatement: lowerExit,
  ClassDefinition: (source, node, out) => lowerDefinition(source, node, node, out),
  ContinueStatement: lowerExit,
  DecoratedStatement: lowerDecorated,
  ExpressionStatement: lowerExpressionStatement,
  ForStatement: lowerLoop,
  FunctionDefinition: (source, node, out) => lowerDefinition(source, node, node, out),
  IfStatement: lowerBranch,
  ImportStatement: lowerImport,
  MatchStatement: lowerMatch,
  PassStatement: () => {},
  RaiseStatement: lowerExit,
  ReturnStatement: lowerExit,
  ScopeStatement: lowerScope,
  StatementGroup: lowerChildren,
  TryStatement: lowerTry,
  TypeDefinition: () => {},
  UpdateStatement: lowerUpdate,
  WhileStatement: lowerLoop,
  WithStatement: lowerWith,
  YieldStatement: lowerYield,
};

function lowerChildren(source: Source, node: number, out: Statement[]): void {
  for (const child of childrenOf(source, node)) lowerStatement(source, child, out);
}

function lowerExpressionStatement(source: Source, node: number, out: Statement[]): void {
  const expression = lowerList(source, childrenOf(source, node));
  if (expression !== null) out.push({ kind: 'expression', ...spanOf(source, node), expression });
}

/** `global` and `nonlocal`. */
function lowerScope(source: Source, node: number): void {
  for (const child of childrenOf(source, node)) {
    if (kindOf(source, child) === 'VariableName') source.scope.outerNames.add(textOf(source, child));
  }
}

function lowerYield(source: Source, node: number, out: Statement[]): void {
  source.scope.hasYield = true;
  out.push({ kind: 'expression', ...spanOf(source, node), expression: lowerParts(source, node) });
}

/**
 * `del`, `assert`, the old `print`, and code that the parser could not assign to a statement: kept for the expressions
 * in it.
 */
function lowerOther(source: Source, node: number, out: Statement[]): void {
  const span = spanOf(source, node);
  if (isExpression(source, node)) out.push({ kind: 'expression', ...span, expression: lowerExpression(source, node) });
  else if (childrenOf(source, node).some((child) => isExpression(source, child))) {
    out.push({ kind: 'expression', ...span, expression: lowerParts(source, node) });
  }
}

/** `a = b = value`, with one declaration each and one value node; `a: X`, `a: X = value`. */
function lowerAssignment(source: Source, node: number, out: Statement[]): void {
  const span = spanOf(source, node);
  const groups: number[][] = [[]];
  let annotation: Expression | null = null;
  for (const child of childrenOf(source, node)) {
    const kind = kindOf(source, child);
    if (kind === 'TypeDef') annotation = lowerAnnotation(source, child);
    else if (kind === 'AssignOp') groups.push([]);
    else groups.at(-1)?.push(child);
  }
  const valueNodes = groups.length > 1 ? groups.pop() : undefined;
  const value = valueNodes === undefined ? null : (lowerList(source, valueNodes) ?? missing(span.end));
  for (const group of groups) {
    out.push(declare(source, span, lowerTargets(source, group, span.start), value, { annotation }));
  }
}

function lowerUpdate(source: Source, node: number, out: Statement[]): void {
  const span = spanOf(source, node);
  const nodes = childrenOf(source, node);
  const at = nodes.findIndex((child) => kindOf(source, child) === 'UpdateOp');
  const operatorNode = nodes[at];
  const operator = operatorNode === undefined ? '=' : textOf(source, operatorNode);
  const target = lowerTargets(source, at < 0 ? nodes : nodes.slice(0, at), span.start);
  const value = (at < 0 ? null : lowerList(source, nodes.slice(at + 1))) ?? missing(span.end);
  out.push(declare(source, span, target, value, { operator }));
}

/** The binding of `target`. An attribute, an item and a `global` name exist already; every other name is declared. */
export function declare(
  source: Source,
  span: Span,
  target: Pattern,
  value: Expression | null,
  rest: Partial<Pick<Declare, 'operator' | 'annotation' | 'isConstant'>> = {},
): Declare {
  return {
    kind: 'declare',
    start: span.start,
    end: span.end,
    target,
    value,
    operator: rest.operator ?? '=',
    annotation: rest.annotation ?? null,
    isDeclaration: boundNames(target).some((name) => !source.scope.outerNames.has(name)),
    isConstant: rest.isConstant ?? false,
    scope: 'function',
  };
}

function lowerExit(source: Source, node: number, out: Statement[]): void {
  const span = spanOf(source, node);
  const [keyword, ...rest] = childrenOf(source, node);
  const exits: Readonly<Record<string, Return['exit']>> = { raise: 'throw', break: 'break', continue: 'continue' };
  const exit = exits[kindOf(source, keyword)] ?? 'return';
  if (exit !== 'throw') {
    out.push({ kind: 'return', ...span, value: lowerList(source, rest), exit });
    return;
  }
  const [value, ...causes] = lowerItems(source, rest);
  // `raise X from Y` also evaluates Y.
  for (const cause of causes)
    if (cause.kind !== 'spread')
      out.push({ kind: 'expression', start: cause.start, end: cause.end, expression: cause });
  out.push({ kind: 'return', ...span, value: value === undefined || value.kind === 'spread' ? null : value, exit });
}

function lowerDecorated(source: Source, node: number, out: Statement[]): void {
  const nodes = childrenOf(source, node);
  const definition = nodes.find((child) => /^(?:Function|Class)Definition$/.test(kindOf(source, child)));
  const decorators = nodes
    .filter((child) => kindOf(source, child) === 'Decorator')
    .map((child) => lowerFirst(source, childrenOf(source, child), endOf(source, child)));
  if (definition !== undefined) lowerDefinition(source, definition, node, out, decorators);
  // Decorators whose function has not been typed yet.
  else
    for (const expression of decorators)
      out.push({ kind: 'expression', start: expression.start, end: expression.end, expression });
}

/** A function or class, as a constant bound to its node; `whole` is the statement with its decorators. */
function lowerDefinition(
  source: Source,
  node: number,
  whole: number,
  out: Statement[],
  decorators: readonly Expression[] = [],
): void {
  const isClass = kindOf(source, node) === 'ClassDefinition';
  const value = isClass ? lowerClass(source, node, decorators) : lowerFunction(source, node, decorators);
  const nameNode = childOfKind(source, node, 'VariableName');
  const name: Pattern =
    nameNode === undefined
      ? { kind: 'name', start: startOf(source, node), end: startOf(source, node), name: '' }
      : lowerTarget(source, nameNode);
  out.push(declare(source, spanOf(source, whole), name, value, { isConstant: true }));
}
