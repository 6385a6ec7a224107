/** Classes, and the types that are read as classes: interfaces and object types. */
import ts from 'typescript';
import type { ClassMember, ClassNode, Expression } from '../../ir/nodes.ts';
import { lowerAll, lowerExpression, lowerNamed } from './expressions.ts';
import { hasModifier, lowerDecorators, lowerFunction } from './functions.ts';
import { lowerKey } from './literals.ts';
import { nameOf } from './names.ts';
import { isTooDeep, NO_EXPRESSIONS, opaque, type Source, startOf } from './source.ts';
import { lowerAnnotation } from './types.ts';

const { SyntaxKind } = ts;

/** `name` is the name that a class expression is assigned to; the name of the class itself takes precedence. */
export function lowerClass(source: Source, node: ts.ClassLikeDeclaration, name: string | null): Expression {
  const start = startOf(source, node);
  if (isTooDeep(source, node)) return opaque(start, node.end, NO_EXPRESSIONS);
  source.depth++;
  source.enclosing++;
  const decorators = lowerDecorators(source, node);
  const bases: Expression[] = [];
  const interfaces: Expression[] = [];
  for (const clause of node.heritageClauses ?? []) {
    const lowered = clause.token === SyntaxKind.ExtendsKeyword ? bases : interfaces;
    for (const type of clause.types) lowered.push(lowerExpression(source, type.expression));
  }
  const members: ClassMember[] = [];
  for (const element of node.members) {
    const member = lowerMember(source, element);
    if (member !== null) members.push(member);
  }
  source.enclosing--;
  source.depth--;
  const className = node.name === undefined ? '' : nameOf(node.name);
  return {
    kind: 'class',
    start,
    end: node.end,
    name: className === '' ? name : className,
    bases,
    interfaces,
    members,
    decorators,
    docstring: null,
  };
}

/** Null for members without effect: signatures without a body, index signatures, stray semicolons. */
function lowerMember(source: Source, node: ts.ClassElement): ClassMember | null {
  switch (node.kind) {
    case SyntaxKind.PropertyDeclaration:
      return lowerProperty(source, node as ts.PropertyDeclaration);
    case SyntaxKind.Constructor:
      return lowerMethod(source, node as ts.ConstructorDeclaration, 'constructor');
    case SyntaxKind.MethodDeclaration:
    case SyntaxKind.GetAccessor:
      return lowerMethod(source, node as ts.MethodDeclaration, memberName(source, node as ts.MethodDeclaration));
    case SyntaxKind.SetAccessor:
      return lowerMethod(
        source,
        node as ts.SetAccessorDeclaration,
        `set ${memberName(source, node as ts.SetAccessorDeclaration)}`,
      );
    case SyntaxKind.ClassStaticBlockDeclaration:
      return lowerMethod(source, node as ts.ClassStaticBlockDeclaration, 'static {}');
    default:
      return null;
  }
}

function lowerProperty(source: Source, node: ts.PropertyDeclaration): ClassMember {
  const start = startOf(source, node);
  const name = memberName(source, node);
  const isText = node.type?.kind === SyntaxKind.StringKeyword;
  return {
    kind: 'field',
    start,
    end: node.end,
    name,
    value: node.initializer === undefined ? null : lowerNamed(source, node.initializer, name),
    // A text that the class itself sets is that text.
    annotation: isText && node.initializer !== undefined ? null : lowerAnnotation(source, node.type),
    isStatic: hasModifier(node, SyntaxKind.StaticKeyword),
  };
}

type MethodLike =
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration
  | ts.SetAccessorDeclaration
  | ts.GetAccessorDeclaration
  | ts.ClassStaticBlockDeclaration;

function lowerMethod(source: Source, node: MethodLike, name: string): ClassMember | null {
  if (node.body === undefined) return null;
  const start = startOf(source, node);
  const lowered = lowerFunction(source, node, name);
  if (lowered.kind !== 'function') return null;
  const isBlock = node.kind === SyntaxKind.ClassStaticBlockDeclaration;
  return {
    kind: 'method',
    start,
    end: node.end,
    name,
    function: lowered,
    isGetter: node.kind === SyntaxKind.GetAccessor,
    isStatic: isBlock || hasModifier(node, SyntaxKind.StaticKeyword),
  };
}

/** A computed name cannot be looked up; the member is kept for the calls in it. */
function memberName(
  source: Source,
  node: ts.PropertyDeclaration | ts.AccessorDeclaration | ts.MethodDeclaration,
): string {
  const key = lowerKey(source, node.name);
  return typeof key === 'string' ? key : '[computed]';
}

/**
 * An interface or object type: a class whose fields only have annotations. Methods are omitted, because they have no
 * body.
 */
export function lowerShape(
  source: Source,
  node: ts.InterfaceDeclaration | ts.TypeLiteralNode,
  name: string | null,
): ClassNode {
  const start = startOf(source, node);
  const bases: Expression[] = [];
  if (node.kind === SyntaxKind.InterfaceDeclaration) {
    for (const clause of node.heritageClauses ?? []) {
      bases.push(
        ...lowerAll(
          source,
          clause.types.map((type) => type.expression),
        ),
      );
    }
  }
  const members: ClassMember[] = [];
  for (const member of node.members) {
    if (member.kind !== SyntaxKind.PropertySignature) continue;
    const { name: key, type } = member as ts.PropertySignature;
    const from = startOf(source, member);
    const text = lowerKey(source, key);
    if (typeof text !== 'string') continue;
    const annotation = lowerAnnotation(source, type);
    members.push({ kind: 'field', start: from, end: member.end, name: text, value: null, annotation, isStatic: false });
  }
  return {
    kind: 'class',
    start,
    end: node.end,
    name,
    bases,
    interfaces: NO_EXPRESSIONS,
    members,
    decorators: NO_EXPRESSIONS,
    docstring: null,
  };
}
