/** Loops. */
import ts from 'typescript';
import type { Pattern, Statement } from '../../ir/nodes.ts';
import { lowerVariables } from './declarations.ts';
import { lowerExpression } from './expressions.ts';
import { lowerBinding, lowerTarget } from './patterns.ts';
import { opaque, type Source, spanOf, startOf } from './source.ts';
import { lowerArm, lowerExpressionStatement } from './statements.ts';

const { SyntaxKind } = ts;

/**
 * `for (initialiser; test; update)`: the initialiser comes before the loop, in a block of its own, and the update after
 * the body.
 */
export function lowerFor(source: Source, node: ts.ForStatement, out: Statement[]): void {
  const start = startOf(source, node);
  const { end, initializer } = node;
  const front: Statement[] = [];
  if (initializer !== undefined) {
    if (initializer.kind === SyntaxKind.VariableDeclarationList) {
      const { declarations, flags } = initializer as ts.VariableDeclarationList;
      lowerVariables(source, declarations, flags, front);
    } else {
      lowerExpressionStatement(source, initializer as ts.Expression, front);
    }
  }
  const test = node.condition === undefined ? null : lowerExpression(source, node.condition);
  const body = lowerArm(source, node.statement);
  if (node.incrementor !== undefined) lowerExpressionStatement(source, node.incrementor, body);
  const bodySpan = spanOf(source, node.statement);
  const loop: Statement = {
    kind: 'loop',
    origin: 'for',
    start,
    end,
    target: null,
    iterable: null,
    test,
    body,
    bodySpan,
  };
  if (front.length === 0) {
    out.push(loop);
    return;
  }
  front.push(loop);
  out.push({ kind: 'block', start, end, body: front });
}

/** `for (target of iterable)`. The target of `for (key in object)` is bound to keys, not to the object's values. */
export function lowerForEach(source: Source, node: ts.ForOfStatement | ts.ForInStatement, out: Statement[]): void {
  const start = startOf(source, node);
  const { initializer, end } = node;
  let target: Pattern | null = null;
  if (initializer.kind === SyntaxKind.VariableDeclarationList) {
    const declaration = (initializer as ts.VariableDeclarationList).declarations[0];
    if (declaration !== undefined) target = lowerBinding(source, declaration.name);
  } else {
    target = lowerTarget(source, initializer as ts.Expression);
  }
  const collection = lowerExpression(source, node.expression);
  const isKeys = node.kind === SyntaxKind.ForInStatement;
  const iterable = isKeys ? opaque(collection.start, collection.end, [collection]) : collection;
  const body = lowerArm(source, node.statement);
  const bodySpan = spanOf(source, node.statement);
  out.push({ kind: 'loop', origin: 'for', start, end, target, iterable, test: null, body, bodySpan });
}

export function lowerWhile(source: Source, node: ts.WhileStatement | ts.DoStatement, out: Statement[]): void {
  const start = startOf(source, node);
  const test = lowerExpression(source, node.expression);
  const body = lowerArm(source, node.statement);
  const bodySpan = spanOf(source, node.statement);
  out.push({ kind: 'loop', origin: 'while', start, end: node.end, target: null, iterable: null, test, body, bodySpan });
}
