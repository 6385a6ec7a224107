/** Type annotations as expressions, if an evaluator can follow them to a class. The rest is opaque. */
import ts from 'typescript';
import type { Expression } from '../../ir/nodes.ts';
import { lowerShape } from './classes.ts';
import { lowerExpression } from './expressions.ts';
import { nameOf } from './names.ts';
import { MAXIMUM_DEPTH, NO_EXPRESSIONS, opaque, type Source, startOf } from './source.ts';

const { SyntaxKind } = ts;

/** Null if there is no annotation, and for keywords (`any`, `void` ...) that say nothing of a value; `string` is a name. */
export function lowerAnnotation(source: Source, node: ts.TypeNode | undefined): Expression | null {
  if (node === undefined) return null;
  const isKeyword = node.kind >= SyntaxKind.FirstKeyword && node.kind <= SyntaxKind.LastKeyword;
  if (isKeyword && node.kind !== SyntaxKind.StringKeyword) return null;
  return lowerType(source, node);
}

export function lowerType(source: Source, node: ts.TypeNode): Expression {
  const start = startOf(source, node);
  if (source.depth >= MAXIMUM_DEPTH) return opaque(start, node.end, NO_EXPRESSIONS);
  source.depth++;
  const lowered = lowerDeeper(source, node, start);
  source.depth--;
  return lowered;
}

function lowerDeeper(source: Source, node: ts.TypeNode, start: number): Expression {
  const { end } = node;
  switch (node.kind) {
    case SyntaxKind.TypeReference: {
      const { typeName, typeArguments } = node as ts.TypeReferenceNode;
      return withArguments(source, node, lowerEntity(source, typeName), typeArguments);
    }
    case SyntaxKind.ArrayType: {
      const index = lowerType(source, (node as ts.ArrayTypeNode).elementType);
      return { kind: 'index', start, end, object: { kind: 'name', start, end, name: 'Array' }, index };
    }
    case SyntaxKind.UnionType:
      return joined(source, (node as ts.UnionTypeNode).types, '|', start, end);
    case SyntaxKind.IntersectionType:
      return joined(source, (node as ts.IntersectionTypeNode).types, '&', start, end);
    case SyntaxKind.TypeQuery: {
      const { exprName, typeArguments } = node as ts.TypeQueryNode;
      const object = lowerEntity(source, exprName);
      return withArguments(source, node, object, typeArguments);
    }
    case SyntaxKind.ImportType:
      return lowerImportType(source, node as ts.ImportTypeNode, start);
    case SyntaxKind.TypeLiteral:
      return lowerShape(source, node as ts.TypeLiteralNode, null);
    case SyntaxKind.ParenthesizedType:
    case SyntaxKind.TypeOperator:
      return lowerType(source, (node as ts.ParenthesizedTypeNode | ts.TypeOperatorNode).type);
    case SyntaxKind.IndexedAccessType: {
      const { objectType, indexType } = node as ts.IndexedAccessTypeNode;
      const object = lowerType(source, objectType);
      const index = lowerType(source, indexType);
      if (index.kind !== 'string') return { kind: 'index', start, end, object, index };
      return { kind: 'member', start, end, object, property: index.value, propertyStart: index.start + 1 };
    }
    case SyntaxKind.LiteralType:
      return lowerExpression(source, (node as ts.LiteralTypeNode).literal);
    case SyntaxKind.StringKeyword:
      return { kind: 'name', start, end, name: 'string' };
    case SyntaxKind.UndefinedKeyword:
      return { kind: 'null', start, end };
    default:
      return opaque(start, end, NO_EXPRESSIONS);
  }
}

/** `Promise<OpenAI>` is an index; several type arguments become an array. */
function withArguments(
  source: Source,
  node: ts.TypeNode,
  object: Expression,
  args: ts.NodeArray<ts.TypeNode> | undefined,
): Expression {
  const first = args?.[0];
  if (args === undefined || first === undefined) return object;
  const { start } = object;
  const index: Expression =
    args.length === 1
      ? lowerType(source, first)
      : {
          kind: 'array',
          start: startOf(source, first),
          end: args.end,
          items: args.map((type) => lowerType(source, type)),
        };
  return { kind: 'index', start, end: node.end, object, index };
}

export function lowerEntity(source: Source, node: ts.EntityName): Expression {
  if (node.kind === SyntaxKind.Identifier) return lowerExpression(source, node);
  const start = startOf(source, node);
  if (source.depth >= MAXIMUM_DEPTH) return opaque(start, node.end, NO_EXPRESSIONS);
  source.depth++;
  const object = lowerEntity(source, node.left);
  source.depth--;
  const property = nameOf(node.right);
  if (property === '') return opaque(start, node.end, [object]);
  return { kind: 'member', start, end: node.end, object, property, propertyStart: startOf(source, node.right) };
}

/** `import("m").A.B`, `typeof import("m")`. */
function lowerImportType(source: Source, node: ts.ImportTypeNode, start: number): Expression {
  const { argument, qualifier } = node;
  if (!ts.isLiteralTypeNode(argument) || !ts.isStringLiteralLike(argument.literal)) {
    return opaque(start, node.end, NO_EXPRESSIONS);
  }
  const module: Expression = { kind: 'import', start, end: argument.end, module: argument.literal.text };
  const object = qualifier === undefined ? module : rooted(source, module, qualifier);
  return withArguments(source, node, object, node.typeArguments);
}

/** The qualified name as members of `root`. */
function rooted(source: Source, root: Expression, name: ts.EntityName): Expression {
  const path: ts.Identifier[] = [];
  let rest = name;
  while (rest.kind === SyntaxKind.QualifiedName) {
    path.push(rest.right);
    rest = rest.left;
  }
  path.push(rest);
  let object = root;
  for (let index = path.length - 1; index >= Math.max(0, path.length - MAXIMUM_DEPTH); index--) {
    const part = path[index] as ts.Identifier;
    const propertyStart = startOf(source, part);
    object = { kind: 'member', start: root.start, end: part.end, object, property: nameOf(part), propertyStart };
  }
  return object;
}

/** Unions and intersections as operators, balanced because a list of model names in a type can be long. */
function joined(
  source: Source,
  types: readonly ts.TypeNode[],
  operator: '|' | '&',
  start: number,
  end: number,
): Expression {
  const only = types[0];
  if (only === undefined) return opaque(start, end, NO_EXPRESSIONS);
  if (types.length === 1) return lowerType(source, only);
  const middle = types.length >> 1;
  const left = joined(source, types.slice(0, middle), operator, start, end);
  const right = joined(source, types.slice(middle), operator, left.end, end);
  return { kind: 'binary', start: left.start, end: right.end, operator, left, right };
}
