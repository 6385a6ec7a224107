/** Operators: chains of any length without recursion, assignments, and unary operators. */
import ts from 'typescript';
import { isLogicalOperator, LONGEST_TREE, longChain } from '../../ir/long-chain.ts';
import type { Expression } from '../../ir/nodes.ts';
import { lowerAll, lowerExpression, lowerNamed } from './expressions.ts';
import { lowerTarget } from './patterns.ts';
import { opaque, type Source, startOf } from './source.ts';

const { SyntaxKind } = ts;
const { BinaryExpression, CommaToken, PlusToken, MinusToken, FirstAssignment, LastAssignment } = SyntaxKind;

export function isAssignment(node: ts.Node): node is ts.AssignmentExpression<ts.AssignmentOperatorToken> {
  if (node.kind !== BinaryExpression) return false;
  const { kind } = (node as ts.BinaryExpression).operatorToken;
  return kind >= FirstAssignment && kind <= LastAssignment;
}

export function operatorOf(node: ts.BinaryExpression): string {
  return ts.tokenToString(node.operatorToken.kind) ?? '';
}

export function lowerBinary(source: Source, node: ts.BinaryExpression): Expression {
  if (isAssignment(node)) return lowerAssignment(source, node);
  if (node.operatorToken.kind === CommaToken) return lowerComma(source, node);
  const start = startOf(source, node);
  // The chain's nodes from the outermost inwards: `a + b + c` is `(a + b) + c`.
  const chain: ts.BinaryExpression[] = [node];
  let first: ts.Expression = node.left;
  while (first.kind === BinaryExpression && !isSequence(first as ts.BinaryExpression)) {
    chain.push(first as ts.BinaryExpression);
    first = (first as ts.BinaryExpression).left;
  }
  if (chain.length >= LONGEST_TREE) return lowerLongChain(source, chain, first, start);
  let left = lowerExpression(source, first);
  for (let index = chain.length - 1; index >= 0; index--) {
    const binary = chain[index] as ts.BinaryExpression;
    const right = lowerExpression(source, binary.right);
    const operator = operatorOf(binary);
    left = isLogicalOperator(operator)
      ? { kind: 'logical', start, end: binary.end, operator, left, right }
      : { kind: 'binary', start, end: binary.end, operator, left, right };
  }
  return left;
}

/** Commas and assignments end a chain: they are lowered separately. */
function isSequence(node: ts.BinaryExpression): boolean {
  return node.operatorToken.kind === CommaToken || isAssignment(node);
}

function lowerLongChain(
  source: Source,
  chain: readonly ts.BinaryExpression[],
  first: ts.Expression,
  start: number,
): Expression {
  const operands = [lowerExpression(source, first)];
  for (let index = chain.length - 1; index >= 0; index--) {
    operands.push(lowerExpression(source, (chain[index] as ts.BinaryExpression).right));
  }
  const { end, operatorToken } = chain[0] as ts.BinaryExpression;
  const isUniform = chain.every((binary) => binary.operatorToken.kind === operatorToken.kind);
  return longChain({ start, end }, operands, isUniform ? operatorOf(chain[0] as ts.BinaryExpression) : null);
}

function lowerAssignment(source: Source, node: ts.BinaryExpression): Expression {
  const start = startOf(source, node);
  const target = lowerTarget(source, node.left);
  if (target === null) return opaque(start, node.end, lowerAll(source, [node.left, node.right]));
  const value = lowerNamed(source, node.right, target.kind === 'name' ? target.name : null);
  return { kind: 'assignment', start, end: node.end, target, operator: operatorOf(node), value };
}

/** The operands of `a, b, c`, in order. */
export function commaOperands(node: ts.BinaryExpression): ts.Expression[] {
  const operands = [node.right];
  let left = node.left;
  while (left.kind === BinaryExpression && (left as ts.BinaryExpression).operatorToken.kind === CommaToken) {
    operands.push((left as ts.BinaryExpression).right);
    left = (left as ts.BinaryExpression).left;
  }
  operands.push(left);
  return operands.reverse();
}

/**
 * Compilers write a call without a receiver as `(0, module.f)(x)`: operands without effect before the last one are
 * dropped.
 */
function lowerComma(source: Source, node: ts.BinaryExpression): Expression {
  const start = startOf(source, node);
  const operands = lowerAll(source, commaOperands(node));
  const last = operands.pop() as Expression;
  if (operands.every(doesNothing)) return last;
  operands.push(last);
  return opaque(start, node.end, operands);
}

function doesNothing({ kind }: Expression): boolean {
  return kind === 'number' || kind === 'string' || kind === 'boolean' || kind === 'null' || kind === 'name';
}

export function lowerPrefixUnary(source: Source, node: ts.PrefixUnaryExpression): Expression {
  const start = startOf(source, node);
  const operand = lowerExpression(source, node.operand);
  if (operand.kind === 'number') {
    if (node.operator === MinusToken) return { kind: 'number', start, end: node.end, value: -operand.value };
    if (node.operator === PlusToken) return operand;
  }
  if (node.operator === SyntaxKind.ExclamationToken) {
    return { kind: 'unary', start, end: node.end, operator: '!', operand };
  }
  return lowerStep(node, start, operand);
}

export function lowerPostfixUnary(source: Source, node: ts.PostfixUnaryExpression): Expression {
  return lowerStep(node, startOf(source, node), lowerExpression(source, node.operand));
}

/** `++x` and `x++` become `x += 1`; unary operators whose result is not evaluated are opaque. */
function lowerStep(
  node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression,
  start: number,
  operand: Expression,
): Expression {
  const isStep = node.operator === SyntaxKind.PlusPlusToken || node.operator === SyntaxKind.MinusMinusToken;
  if (!isStep || (operand.kind !== 'name' && operand.kind !== 'member' && operand.kind !== 'index')) {
    return opaque(start, node.end, [operand]);
  }
  const operator = node.operator === SyntaxKind.PlusPlusToken ? '+=' : '-=';
  const value: Expression = { kind: 'number', start: operand.end, end: operand.end, value: 1 };
  return { kind: 'assignment', start, end: node.end, target: operand, operator, value };
}
