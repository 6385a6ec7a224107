/**
 * Lowers Python expressions to IR. What the IR cannot express becomes opaque with its parts, so that no call is lost.
 */
import { isLogicalOperator, LONGEST_TREE, longChain } from '../../ir/long-chain.ts';
import type { ArrayLiteral, Expression, Index, Member, NumberLiteral, Span, SpreadEntry } from '../../ir/nodes.ts';
import { lowerAnnotationString } from './annotations.ts';
import { lowerCall } from './arguments.ts';
import { lowerComprehension } from './comprehensions.ts';
import { lowerDictionary } from './dictionaries.ts';
import { lowerLambda } from './functions.ts';
import { lowerTarget } from './patterns.ts';
import {
  childrenOf,
  isExpression,
  kindOf,
  MAXIMUM_DEPTH,
  missing,
  opaque,
  type Source,
  spanOf,
  startOf,
  textOf,
} from './source.ts';
import { lowerString } from './strings.ts';

/** How deeply the arguments of a call may nest in a subtree that is flattened. */
const FLAT_DEPTH = 12;

export function lowerExpression(source: Source, node: number): Expression {
  if (source.depth >= MAXIMUM_DEPTH) return flatten(source, node);
  if (source.isFlat && kindOf(source, node) === 'CallExpression') return opaque(spanOf(source, node));
  source.depth++;
  const result = lowerByKind(source, node);
  source.depth--;
  return result;
}

/** The first of `nodes` that is an expression, or a placeholder for one that has not been typed yet. */
export function lowerFirst(source: Source, nodes: readonly number[], offset: number): Expression {
  const node = nodes.find((child) => isExpression(source, child));
  return node === undefined ? missing(offset) : lowerExpression(source, node);
}

function lowerByKind(source: Source, node: number): Expression {
  const span = spanOf(source, node);
  switch (kindOf(source, node)) {
    case 'VariableName':
      return { kind: 'name', ...span, name: textOf(source, node) };
    case 'String':
    case 'FormatString':
    case 'ContinuedString': {
      const string = lowerString(source, node);
      return source.isAnnotation && string.kind === 'string' ? lowerAnnotationString(source, string) : string;
    }
    case 'Number':
      return lowerNumber(textOf(source, node), span) ?? opaque(span);
    case 'Boolean':
      return { kind: 'boolean', ...span, value: textOf(source, node) === 'True' };
    case 'None':
      return { kind: 'null', ...span };
    case 'CallExpression':
      return lowerCall(source, node);
    case 'MemberExpression':
      return lowerMember(source, node);
    case 'AwaitExpression':
    case 'ParenthesizedExpression':
      return lowerFirst(source, childrenOf(source, node), span.end);
    case 'TupleExpression':
    case 'ArrayExpression':
    case 'SetExpression':
      return { kind: 'array', ...span, items: lowerItems(source, childrenOf(source, node)) };
    case 'DictionaryExpression':
      return lowerDictionary(source, node);
    case 'ComprehensionExpression':
    case 'ArrayComprehensionExpression':
    case 'SetComprehensionExpression':
    case 'DictionaryComprehensionExpression':
      return lowerComprehension(source, node);
    case 'ConditionalExpression':
      return lowerConditional(source, node);
    case 'BinaryExpression':
      return lowerBinary(source, node);
    case 'UnaryExpression':
      return lowerUnary(source, node);
    case 'NamedExpression': {
      const [target, ...rest] = childrenOf(source, node);
      if (target === undefined) return opaque(span);
      const value = lowerFirst(source, rest, span.end);
      return { kind: 'assignment', ...span, target: lowerTarget(source, target), operator: '=', value };
    }
    case 'LambdaExpression':
      return lowerLambda(source, node);
    case 'YieldExpression':
      source.scope.hasYield = true;
      return lowerParts(source, node);
    default:
      return lowerParts(source, node);
  }
}

/** An opaque node with every expression directly inside `node`. */
export function lowerParts(source: Source, node: number): Expression {
  const parts = childrenOf(source, node).filter((child) => isExpression(source, child));
  return opaque(
    spanOf(source, node),
    parts.map((child) => lowerExpression(source, child)),
  );
}

/** The expressions of a comma-separated list; a target after `as` is not one of them. */
export function lowerItems(source: Source, nodes: readonly number[]): (Expression | SpreadEntry)[] {
  const items: (Expression | SpreadEntry)[] = [];
  nodes.forEach((node, index) => {
    const before = nodes[index - 1];
    if (!isExpression(source, node) || kindOf(source, before) === 'as') return;
    const value = lowerExpression(source, node);
    if (before !== undefined && kindOf(source, before) === '*') {
      items.push({ kind: 'spread', start: startOf(source, before), end: value.end, value });
    } else items.push(value);
  });
  return items;
}

/**
 * The value of a list of expressions without brackets: a single one is itself, several are a tuple; null if it is
 * empty.
 */
export function lowerList(source: Source, nodes: readonly number[]): Expression | null {
  const items = lowerItems(source, nodes);
  const [first] = items;
  if (first === undefined) return null;
  const isTuple = items.length > 1 || first.kind === 'spread' || nodes.some((node) => kindOf(source, node) === ',');
  if (!isTuple) return first;
  const tuple: ArrayLiteral = { kind: 'array', start: first.start, end: items.at(-1)?.end ?? first.end, items };
  return tuple;
}

/** Null for a complex number, because no request contains one. */
function lowerNumber(text: string, span: Span): NumberLiteral | null {
  const value = Number(text.replaceAll('_', ''));
  return Number.isNaN(value) ? null : { kind: 'number', ...span, value };
}

function lowerMember(source: Source, node: number): Member | Index | Expression {
  const [first, mark, ...rest] = childrenOf(source, node);
  const span = spanOf(source, node);
  if (first === undefined) return opaque(span);
  const object = lowerExpression(source, first);
  if (kindOf(source, mark) === '[')
    return { kind: 'index', ...span, object, index: lowerSubscript(source, object, rest) };
  const property = rest.find((child) => kindOf(source, child) === 'PropertyName');
  if (property === undefined) return { kind: 'member', ...span, object, property: '', propertyStart: span.end };
  return {
    kind: 'member',
    ...span,
    object,
    property: textOf(source, property),
    propertyStart: startOf(source, property),
  };
}

/** The expression between the square brackets: a single one, a tuple, or a slice as an opaque node. */
function lowerSubscript(source: Source, object: Expression, nodes: readonly number[]): Expression {
  const wasAnnotation = source.isAnnotation;
  // The strings of `Literal["a"]` and `Annotated[str, "a"]` stay strings in an annotation.
  const name = object.kind === 'member' ? object.property : object.kind === 'name' ? object.name : '';
  if (name === 'Literal' || name === 'Annotated') source.isAnnotation = false;
  const isSlice = nodes.some((node) => kindOf(source, node) === ':');
  const list = lowerList(source, nodes);
  source.isAnnotation = wasAnnotation;
  if (!isSlice) return list ?? missing(object.end);
  const first = nodes[0];
  const last = nodes.at(-1);
  const span = {
    start: first === undefined ? object.end : startOf(source, first),
    end: last === undefined ? object.end : startOf(source, last),
  };
  return opaque(span, list === null ? [] : [list]);
}

function lowerConditional(source: Source, node: number): Expression {
  const nodes = childrenOf(source, node);
  const span = spanOf(source, node);
  const behind = (keyword: string): Expression => {
    const at = nodes.findIndex((child) => kindOf(source, child) === keyword);
    return at < 0 ? missing(span.end) : lowerFirst(source, nodes.slice(at + 1), span.end);
  };
  const then = lowerFirst(source, nodes.slice(0, 1), span.start);
  return { kind: 'conditional', ...span, test: behind('if'), then, otherwise: behind('else') };
}

/** One operator of a chain, with what stands behind it. */
interface Operation {
  readonly node: number;
  readonly operator: string;
  readonly right: readonly number[];
}

/** `a + b + c` is `(a + b) + c`: a chain's nodes are the left operands of each other. */
function lowerBinary(source: Source, node: number): Expression {
  const span = spanOf(source, node);
  const chain: Operation[] = [];
  let left: readonly number[] = [node];
  for (;;) {
    const [operand] = left;
    if (operand === undefined || kindOf(source, operand) !== 'BinaryExpression') break;
    const nodes = childrenOf(source, operand);
    const operators = nodes.filter((child) => !isExpression(source, child));
    const [first] = operators;
    const at = first === undefined ? nodes.length : nodes.indexOf(first);
    const operator = operators.map((child) => textOf(source, child)).join(' ');
    chain.push({ node: operand, operator: LOGICAL[operator] ?? operator, right: nodes.slice(at) });
    left = nodes.slice(0, at).filter((child) => isExpression(source, child));
  }
  chain.reverse();
  let result = lowerFirst(source, left, span.start);
  const ends = chain.map((operation) => spanOf(source, operation.node).end);
  const rights = chain.map(({ right }, index) => lowerFirst(source, right, ends[index] ?? span.end));
  if (chain.length >= LONGEST_TREE) {
    const operators = new Set(chain.map(({ operator }) => operator));
    const [only] = operators;
    return longChain(span, [result, ...rights], operators.size === 1 ? (only ?? null) : null);
  }
  for (const [index, { operator }] of chain.entries()) {
    const around = { start: span.start, end: ends[index] ?? span.end };
    const right = rights[index] ?? missing(around.end);
    result = isLogicalOperator(operator)
      ? { kind: 'logical', ...around, operator, left: result, right }
      : { kind: 'binary', ...around, operator, left: result, right };
  }
  return result;
}

const LOGICAL: Readonly<Record<string, string>> = { or: '||', and: '&&' };

/** A negative number is a number; every other unary operator except `not` is opaque. */
function lowerUnary(source: Source, node: number): Expression {
  const [operator, operand] = childrenOf(source, node);
  const isNegative = operator !== undefined && textOf(source, operator) === '-';
  if (isNegative && operand !== undefined && kindOf(source, operand) === 'Number') {
    const number = lowerNumber(textOf(source, operand), spanOf(source, node));
    if (number !== null) return { ...number, value: -number.value };
  }
  if (operator !== undefined && operand !== undefined && textOf(source, operator) === 'not') {
    return { kind: 'unary', ...spanOf(source, node), operator: '!', operand: lowerExpression(source, operand) };
  }
  return lowerParts(source, node);
}

/**
 * Flattens a subtree that nests too deeply to the list of its calls: each keeps its callee and its plain arguments, and
 * a call inside a call becomes a separate item.
 */
export function flatten(source: Source, node: number): Expression {
  const span = spanOf(source, node);
  if (source.isFlat) return opaque(span);
  const { depth } = source;
  const calls: Expression[] = [];
  source.isFlat = true;
  const end = source.tree.end[node] ?? node;
  for (let inside = node; inside < end; inside++) {
    if (kindOf(source, inside) !== 'CallExpression') continue;
    source.depth = MAXIMUM_DEPTH - FLAT_DEPTH;
    calls.push(lowerCall(source, inside));
  }
  source.isFlat = false;
  source.depth = depth;
  return opaque(span, calls);
}
