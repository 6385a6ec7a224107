/** Functions, methods, accessors and arrows. */
import ts from 'typescript';
import type { Expression, FunctionNode, Parameter, Statement } from '../../ir/nodes.ts';
import { lowerExpression } from './expressions.ts';
import { nameOf } from './names.ts';
import { lowerBinding } from './patterns.ts';
import { MAXIMUM_DEPTH, NO_EXPRESSIONS, opaque, type Source, spanOf, startOf } from './source.ts';
import { lowerStatements } from './statements.ts';
import { lowerAnnotation } from './types.ts';

const { SyntaxKind } = ts;
const { ArrowFunction, Identifier, Decorator } = SyntaxKind;

export type FunctionLike = ts.FunctionLikeDeclaration | ts.ClassStaticBlockDeclaration;

/** `name` is the name that the function is assigned to; the name of the function itself takes precedence. */
export function lowerFunction(source: Source, node: FunctionLike, name: string | null): Expression {
  const start = startOf(source, node);
  if (source.depth >= MAXIMUM_DEPTH) return opaque(start, node.end, NO_EXPRESSIONS);
  source.depth++;
  source.enclosing++;
  const lowered = functionNode(source, node, name, start);
  source.enclosing--;
  source.depth--;
  return lowered;
}

function functionNode(source: Source, node: FunctionLike, name: string | null, start: number): FunctionNode {
  const isBlock = node.kind === SyntaxKind.ClassStaticBlockDeclaration;
  const functionName =
    'name' in node && node.name !== undefined && node.name.kind === Identifier ? nameOf(node.name) : '';
  const { body } = node;
  const bodySpan = body === undefined ? { start: node.end, end: node.end } : spanOf(source, body);
  return {
    kind: 'function',
    start,
    end: node.end,
    name: functionName === '' ? name : functionName,
    parameters: isBlock ? [] : lowerParameters(source, node.parameters),
    body: body === undefined ? [] : lowerBody(source, body),
    receiver: node.kind === ArrowFunction ? null : 'this',
    receiverIsClass: isBlock || hasModifier(node, SyntaxKind.StaticKeyword),
    isAsync: !isBlock && hasModifier(node, SyntaxKind.AsyncKeyword),
    isGenerator: 'asteriskToken' in node && node.asteriskToken !== undefined,
    decorators: isBlock ? NO_EXPRESSIONS : lowerDecorators(source, node),
    returns: isBlock ? null : lowerAnnotation(source, node.type),
    bodySpan,
  };
}

function lowerBody(source: Source, body: ts.ConciseBody): Statement[] {
  if (body.kind === SyntaxKind.Block) return lowerStatements(source, (body as ts.Block).statements);
  const value = lowerExpression(source, body);
  return [{ kind: 'return', start: value.start, end: value.end, value, exit: 'return' }];
}

function lowerParameters(source: Source, nodes: readonly ts.ParameterDeclaration[]): Parameter[] {
  const parameters: Parameter[] = [];
  for (const node of nodes) {
    const start = startOf(source, node);
    const pattern = lowerBinding(source, node.name);
    // TypeScript's `this: T` only gives the type of the receiver.
    if (pattern === null || (pattern.kind === 'name' && pattern.name === 'this')) continue;
    parameters.push({
      start,
      end: node.end,
      pattern,
      default: node.initializer === undefined ? null : lowerExpression(source, node.initializer),
      annotation: lowerAnnotation(source, node.type),
      kind: node.dotDotDotToken === undefined ? 'positional' : 'rest',
      isField: node.modifiers?.some(makesField) === true,
    });
  }
  return parameters;
}

/** `constructor(private readonly client: OpenAI)`. */
function makesField({ kind }: ts.ModifierLike): boolean {
  return (
    kind === SyntaxKind.PrivateKeyword ||
    kind === SyntaxKind.PublicKeyword ||
    kind === SyntaxKind.ProtectedKeyword ||
    kind === SyntaxKind.ReadonlyKeyword ||
    kind === SyntaxKind.OverrideKeyword
  );
}

interface HasModifiers {
  readonly modifiers?: ts.NodeArray<ts.ModifierLike> | undefined;
}

export function hasModifier(node: HasModifiers, kind: ts.SyntaxKind): boolean {
  if (node.modifiers === undefined) return false;
  for (const modifier of node.modifiers) if (modifier.kind === kind) return true;
  return false;
}

export function lowerDecorators(source: Source, node: HasModifiers): readonly Expression[] {
  if (node.modifiers === undefined) return NO_EXPRESSIONS;
  const decorators: Expression[] = [];
  for (const modifier of node.modifiers) {
    if (modifier.kind === Decorator) decorators.push(lowerExpression(source, (modifier as ts.Decorator).expression));
  }
  return decorators;
}
