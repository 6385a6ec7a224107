/** Expressions. Transparent ones (`await`, `as`, `!`, parentheses ...) are replaced by their operand. */
import ts from 'typescript';
import type { Argument, Expression, NullLiteral } from '../../ir/nodes.ts';
import { lowerClass } from './classes.ts';
import { lowerFunction } from './functions.ts';
import { lowerJsx } from './jsx.ts';
import { lowerArray, lowerObject, lowerString, lowerTemplate } from './literals.ts';
import { isNamed, nameOf } from './names.ts';
import { lowerBinary, lowerPostfixUnary, lowerPrefixUnary } from './operators.ts';
import { type Handler, isTooDeep, NO_EXPRESSIONS, opaque, type Source, startOf } from './source.ts';

const { SyntaxKind } = ts;
const { Identifier, ImportKeyword, SpreadElement, NewExpression } = SyntaxKind;

export function lowerExpression(source: Source, node: ts.Node): Expression {
  if (node.kind === Identifier) return lowerIdentifier(source, node as ts.Identifier);
  const handler = HANDLERS[node.kind];
  if (handler === undefined || isTooDeep(source, node)) {
    return opaque(startOf(source, node), node.end, NO_EXPRESSIONS);
  }
  source.depth++;
  const lowered = handler(source, node);
  source.depth--;
  return lowered;
}

/** An anonymous function or class takes the name that it is assigned to, as in JavaScript. */
export function lowerNamed(source: Source, node: ts.Node, name: string | null): Expression {
  switch (node.kind) {
    case SyntaxKind.ArrowFunction:
    case SyntaxKind.FunctionExpression:
      return lowerFunction(source, node as ts.FunctionLikeDeclaration, name);
    case SyntaxKind.ClassExpression:
      return lowerClass(source, node as ts.ClassLikeDeclaration, name);
    default:
      return lowerExpression(source, node);
  }
}

export function lowerAll(source: Source, nodes: readonly ts.Node[]): Expression[] {
  const lowered: Expression[] = [];
  for (const node of nodes) lowered.push(lowerExpression(source, node));
  return lowered;
}

function lowerIdentifier(source: Source, node: ts.Identifier): Expression {
  const start = startOf(source, node);
  const name = nameOf(node);
  if (name === '') return opaque(start, node.end, NO_EXPRESSIONS);
  if (name === 'undefined') return { kind: 'null', start, end: node.end };
  return { kind: 'name', start, end: node.end, name };
}

function lowerMember(source: Source, node: ts.PropertyAccessExpression): Expression {
  const start = startOf(source, node);
  const object = lowerExpression(source, node.expression);
  const property = nameOf(node.name);
  // Incomplete: `client.chat.`
  if (property === '') return opaque(start, node.end, [object]);
  return { kind: 'member', start, end: node.end, object, property, propertyStart: startOf(source, node.name) };
}

function lowerElement(source: Source, node: ts.ElementAccessExpression): Expression {
  const start = startOf(source, node);
  const object = lowerExpression(source, node.expression);
  const key = node.argumentExpression;
  if (ts.isStringLiteralLike(key) && key.text !== '') {
    return {
      kind: 'member',
      start,
      end: node.end,
      object,
      property: key.text,
      propertyStart: startOf(source, key) + 1,
    };
  }
  return { kind: 'index', start, end: node.end, object, index: lowerExpression(source, key) };
}

function lowerCall(source: Source, node: ts.CallExpression | ts.NewExpression): Expression {
  const start = startOf(source, node);
  const { expression } = node;
  const isNew = node.kind === NewExpression;
  if (!isNew && isModuleLoad(expression)) {
    const module = node.arguments?.[0];
    if (module !== undefined && ts.isStringLiteralLike(module)) {
      return { kind: 'import', start, end: node.end, module: module.text };
    }
  }
  const callee =
    expression.kind === ImportKeyword
      ? opaque(start, expression.end, NO_EXPRESSIONS)
      : lowerExpression(source, expression);
  const args: Argument[] = [];
  if (node.arguments !== undefined) for (const argument of node.arguments) args.push(lowerArgument(source, argument));
  return {
    kind: 'call',
    start,
    end: node.end,
    callee,
    arguments: args,
    isNew,
    argumentsStart: node.arguments?.pos ?? -1,
  };
}

/** `import(...)` and `require(...)`. */
function isModuleLoad(callee: ts.Expression): boolean {
  return callee.kind === ImportKeyword || isNamed(callee, 'require');
}

function lowerArgument(source: Source, node: ts.Expression): Argument {
  const start = startOf(source, node);
  if (node.kind === SpreadElement) {
    const value = lowerExpression(source, (node as ts.SpreadElement).expression);
    return { kind: 'spread', start, end: node.end, name: null, value };
  }
  return { kind: 'positional', start, end: node.end, name: null, value: lowerExpression(source, node) };
}

function lowerTagged(source: Source, node: ts.TaggedTemplateExpression): Expression {
  const start = startOf(source, node);
  const callee = lowerExpression(source, node.tag);
  const value = lowerExpression(source, node.template);
  const argument: Argument = { kind: 'positional', start: value.start, end: value.end, name: null, value };
  return { kind: 'call', start, end: node.end, callee, arguments: [argument], isNew: false, argumentsStart: -1 };
}

function lowerConditional(source: Source, node: ts.ConditionalExpression): Expression {
  return {
    kind: 'conditional',
    start: startOf(source, node),
    end: node.end,
    test: lowerExpression(source, node.condition),
    // biome-ignore lint/suspicious/noThenProperty: the IR is never awaited, and `then` is the field's name in it.
    then: lowerExpression(source, node.whenTrue),
    otherwise: lowerExpression(source, node.whenFalse),
  };
}

function lowerNumber(source: Source, node: ts.NumericLiteral): Expression {
  return { kind: 'number', start: startOf(source, node), end: node.end, value: Number(node.text) };
}

/** `10n`, in the parser's normal form. */
function lowerBigInt(source: Source, node: ts.BigIntLiteral): Expression {
  return { kind: 'number', start: startOf(source, node), end: node.end, value: Number(node.text.slice(0, -1)) };
}

function lowerNull(source: Source, node: ts.Node): NullLiteral {
  return { kind: 'null', start: startOf(source, node), end: node.end };
}

/** `import.meta` is a name that no declaration can use; `new.target` is opaque. */
function lowerMetaProperty(source: Source, node: ts.MetaProperty): Expression {
  const start = startOf(source, node);
  if (node.keywordToken !== ImportKeyword) return opaque(start, node.end, NO_EXPRESSIONS);
  return { kind: 'name', start, end: node.end, name: 'import.meta' };
}

/** Compilers write `undefined` as `void 0`; `void start()` only drops a promise. */
function lowerVoid(source: Source, node: ts.VoidExpression): Expression {
  if (node.expression.kind === SyntaxKind.NumericLiteral) return lowerNull(source, node);
  return lowerExpression(source, node.expression);
}

interface HasOperand extends ts.Node {
  readonly expression?: ts.Expression;
}

function lowerTransparent(source: Source, node: HasOperand): Expression {
  if (node.expression === undefined) return opaque(startOf(source, node), node.end, NO_EXPRESSIONS);
  return lowerExpression(source, node.expression);
}

function lowerTypeOf(source: Source, node: ts.TypeOfExpression): Expression {
  const operand = lowerExpression(source, node.expression);
  return { kind: 'unary', start: startOf(source, node), end: node.end, operator: 'typeof', operand };
}

/** `delete x`, `yield x`. */
function lowerOpaqueOperand(source: Source, node: HasOperand): Expression {
  const start = startOf(source, node);
  return opaque(start, node.end, node.expression ? [lowerExpression(source, node.expression)] : NO_EXPRESSIONS);
}

/** The handler for each kind of node, indexed by kind. */
const HANDLERS: (Handler<Expression> | undefined)[] = [];
function handle<Node extends ts.Node>(
  kinds: readonly ts.SyntaxKind[],
  handler: (source: Source, node: Node) => Expression,
) {
  for (const kind of kinds) HANDLERS[kind] = handler as Handler<Expression>;
}

handle([SyntaxKind.PropertyAccessExpression], lowerMember);
handle([SyntaxKind.ElementAccessExpression], lowerElement);
handle([SyntaxKind.CallExpression, SyntaxKind.NewExpression], lowerCall);
handle([SyntaxKind.TaggedTemplateExpression], lowerTagged);
handle([SyntaxKind.StringLiteral, SyntaxKind.NoSubstitutionTemplateLiteral], lowerString);
handle([SyntaxKind.TemplateExpression], lowerTemplate);
handle([SyntaxKind.NumericLiteral], lowerNumber);
handle([SyntaxKind.BigIntLiteral], lowerBigInt);
handle([SyntaxKind.NullKeyword], lowerNull);
handle([SyntaxKind.TrueKeyword], (source, node) => ({
  kind: 'boolean',
  start: startOf(source, node),
  end: node.end,
  value: true,
}));
handle([SyntaxKind.FalseKeyword], (source, node) => ({
  kind: 'boolean',
  start: startOf(source, node),
  end: node.end,
  value: false,
}));
handle([SyntaxKind.ThisKeyword], (source, node) => ({
  kind: 'name',
  start: startOf(source, node),
  end: node.end,
  name: 'this',
}));
handle([SyntaxKind.SuperKeyword], (source, node) => ({ kind: 'super', start: startOf(source, node), end: node.end }));
handle([SyntaxKind.ObjectLiteralExpression], lowerObject);
handle([SyntaxKind.ArrayLiteralExpression], lowerArray);
handle([SyntaxKind.ConditionalExpression], lowerConditional);
handle([SyntaxKind.BinaryExpression], lowerBinary);
handle([SyntaxKind.PrefixUnaryExpression], lowerPrefixUnary);
handle([SyntaxKind.PostfixUnaryExpression], lowerPostfixUnary);
handle([SyntaxKind.ArrowFunction, SyntaxKind.FunctionExpression], (source, node: ts.FunctionLikeDeclaration) =>
  lowerFunction(source, node, null),
);
handle([SyntaxKind.ClassExpression], (source, node: ts.ClassLikeDeclaration) => lowerClass(source, node, null));
handle([SyntaxKind.MetaProperty], lowerMetaProperty);
handle([SyntaxKind.VoidExpression], lowerVoid);
handle([SyntaxKind.TypeOfExpression], lowerTypeOf);
handle([SyntaxKind.DeleteExpression, SyntaxKind.YieldExpression], lowerOpaqueOperand);
handle(
  [
    SyntaxKind.AwaitExpression,
    SyntaxKind.ParenthesizedExpression,
    SyntaxKind.AsExpression,
    SyntaxKind.SatisfiesExpression,
    SyntaxKind.NonNullExpression,
    SyntaxKind.TypeAssertionExpression,
    SyntaxKind.ExpressionWithTypeArguments,
    SyntaxKind.SpreadElement,
    SyntaxKind.ComputedPropertyName,
  ],
  lowerTransparent,
);
handle([SyntaxKind.JsxElement, SyntaxKind.JsxSelfClosingElement, SyntaxKind.JsxFragment], lowerJsx);
