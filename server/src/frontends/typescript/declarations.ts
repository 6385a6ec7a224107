/** Declarations of variables, functions, classes, enums and types. */
import ts from 'typescript';
import type { Expression, ObjectEntry, Pattern, Span, Statement } from '../../ir/nodes.ts';
import { lowerClass, lowerShape } from './classes.ts';
import { lowerExpression, lowerNamed } from './expressions.ts';
import { hasModifier, lowerFunction } from './functions.ts';
import { lowerKey } from './literals.ts';
import { nameOf } from './names.ts';
import { boundNames, lowerBinding } from './patterns.ts';
import { type Source, startOf } from './source.ts';
import { lowerAnnotation, lowerType } from './types.ts';

const { SyntaxKind } = ts;
const { DeclareKeyword, ExportKeyword, DefaultKeyword } = SyntaxKind;

export function lowerVariableStatement(source: Source, node: ts.VariableStatement, out: Statement[]): void {
  if (hasModifier(node, DeclareKeyword)) return;
  const start = startOf(source, node);
  const first = out.length;
  lowerVariables(source, node.declarationList.declarations, node.declarationList.flags, out);
  if (source.enclosing > 0 || !hasModifier(node, ExportKeyword)) return;
  const names: string[] = [];
  for (let index = first; index < out.length; index++) {
    const declared = out[index] as Statement;
    if (declared.kind === 'declare') boundNames(declared.target, names);
  }
  pushExport(start, node.end, names, out);
}

/** The type that an initializer is asserted to have: `(await request.json()) as Body`. */
function assertedType(initializer: ts.Expression | undefined): ts.TypeNode | undefined {
  let node = initializer;
  while (node && ts.isParenthesizedExpression(node)) node = node.expression;
  return node && (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)) && !ts.isConstTypeReference(node.type)
    ? node.type
    : undefined;
}

/** `flags` are those of the declaration list: they say whether it is `var`, `let`, `const` or `using`. */
export function lowerVariables(
  source: Source,
  nodes: readonly ts.VariableDeclaration[],
  flags: ts.NodeFlags,
  out: Statement[],
): void {
  for (const node of nodes) {
    const start = startOf(source, node);
    const target = lowerBinding(source, node.name);
    const { initializer } = node;
    if (target === null) {
      if (initializer === undefined) continue;
      out.push({ kind: 'expression', start, end: node.end, expression: lowerExpression(source, initializer) });
      continue;
    }
    const name = target.kind === 'name' ? target.name : null;
    out.push({
      kind: 'declare',
      start,
      end: node.end,
      target,
      value: initializer === undefined ? null : lowerNamed(source, initializer, name),
      operator: '=',
      annotation: lowerAnnotation(source, node.type ?? assertedType(initializer)),
      isDeclaration: true,
      isConstant: (flags & (ts.NodeFlags.Const | ts.NodeFlags.Using)) !== 0,
      scope: (flags & ts.NodeFlags.BlockScoped) === 0 ? 'function' : 'block',
    });
  }
}

/** A name bound once and for all. */
export function constant(target: Pattern, value: Expression, span: Span, scope: 'block' | 'function'): Statement {
  const { start, end } = span;
  const how = { operator: '=', annotation: null, isDeclaration: true, isConstant: true } as const;
  return { kind: 'declare', start, end, target, value, scope, ...how };
}

/** Signatures without a body (overloads, ambient functions) are omitted. */
export function lowerFunctionDeclaration(source: Source, node: ts.FunctionDeclaration, out: Statement[]): void {
  if (node.body === undefined || hasModifier(node, DeclareKeyword)) return;
  const start = startOf(source, node);
  const value = lowerFunction(source, node, null);
  pushDeclared(source, node, value, { start, end: node.end }, 'function', out);
}

export function lowerClassDeclaration(source: Source, node: ts.ClassDeclaration, out: Statement[]): void {
  if (hasModifier(node, DeclareKeyword)) return;
  const start = startOf(source, node);
  const value = lowerClass(source, node, null);
  pushDeclared(source, node, value, { start, end: node.end }, 'block', out);
}

/** A function or class with the export that its modifiers specify; only a default export can be without a name. */
function pushDeclared(
  source: Source,
  node: ts.FunctionDeclaration | ts.ClassDeclaration,
  value: Expression,
  span: Span,
  scope: 'block' | 'function',
  out: Statement[],
): void {
  const name = node.name === undefined ? '' : nameOf(node.name);
  const isExported = source.enclosing === 0 && hasModifier(node, ExportKeyword);
  if (name === '') {
    if (isExported) out.push({ kind: 'export', ...span, module: null, names: [], value });
    else out.push({ kind: 'expression', ...span, expression: value });
    return;
  }
  const at = startOf(source, node.name as ts.Identifier);
  out.push(constant({ kind: 'name', start: at, end: at + name.length, name }, value, span, scope));
  if (!isExported) return;
  const exported = hasModifier(node, DefaultKeyword) ? 'default' : name;
  out.push({ kind: 'export', ...span, module: null, names: [{ local: name, exported }], value: null });
}

function pushExport(start: number, end: number, names: readonly string[], out: Statement[]): void {
  if (names.length === 0) return;
  const pairs = names.map((name) => ({ local: name, exported: name }));
  out.push({ kind: 'export', start, end, module: null, names: pairs, value: null });
}

/** An enum is a constant object; members count up from the previous number, as in TypeScript. */
export function lowerEnum(source: Source, node: ts.EnumDeclaration, out: Statement[]): void {
  const start = startOf(source, node);
  const { end } = node;
  const entries: ObjectEntry[] = [];
  let next: number | null = 0;
  for (const member of node.members) {
    const from = startOf(source, member);
    const key = lowerKey(source, member.name);
    let value: Expression;
    if (member.initializer !== undefined) value = lowerExpression(source, member.initializer);
    else if (next === null) value = { kind: 'opaque', start: from, end: member.end, children: [] };
    else value = { kind: 'number', start: from, end: member.end, value: next };
    next = value.kind === 'number' ? value.value + 1 : null;
    entries.push({ kind: 'property', start: from, end: member.end, key, value, isShorthand: false, isGetter: false });
  }
  const target = lowerBinding(source, node.name);
  if (target === null) return;
  out.push(constant(target, { kind: 'object', start, end, entries }, { start, end }, 'block'));
  if (source.enclosing === 0 && hasModifier(node, ExportKeyword)) pushExport(start, end, boundNames(target), out);
}

/**
 * An interface or a type alias, as a constant under its name. `values` are the names that the same statements declare
 * as values; those take precedence, because in `type Answer = z.infer<typeof Answer>` the type is not the schema.
 */
export function lowerAlias(
  source: Source,
  node: ts.InterfaceDeclaration | ts.TypeAliasDeclaration,
  values: ReadonlySet<string>,
  out: Statement[],
): void {
  const start = startOf(source, node);
  const target = lowerBinding(source, node.name);
  if (target === null || target.kind !== 'name' || values.has(target.name)) return;
  const { end } = node;
  const value = lowerAliased(source, node, target.name);
  if (value.kind === 'opaque') return;
  out.push(constant(target, value, { start, end }, 'block'));
  if (source.enclosing === 0 && hasModifier(node, ExportKeyword)) {
    const exported = hasModifier(node, DefaultKeyword) ? 'default' : target.name;
    out.push({ kind: 'export', start, end, module: null, names: [{ local: target.name, exported }], value: null });
  }
}

function lowerAliased(
  source: Source,
  node: ts.InterfaceDeclaration | ts.TypeAliasDeclaration,
  name: string,
): Expression {
  if (node.kind === SyntaxKind.InterfaceDeclaration) return lowerShape(source, node, name);
  if (node.type.kind === SyntaxKind.TypeLiteral) return lowerShape(source, node.type as ts.TypeLiteralNode, name);
  return lowerType(source, node.type);
}

/** The names that the statements declare as values. */
export function declaredValues(nodes: readonly ts.Statement[]): Set<string> {
  const names = new Set<string>();
  for (const node of nodes) {
    switch (node.kind) {
      case SyntaxKind.VariableStatement:
        for (const { name } of (node as ts.VariableStatement).declarationList.declarations) {
          if (name.kind === SyntaxKind.Identifier) names.add(nameOf(name));
        }
        break;
      case SyntaxKind.ClassDeclaration:
      case SyntaxKind.FunctionDeclaration:
      case SyntaxKind.EnumDeclaration: {
        const { name } = node as ts.ClassDeclaration | ts.FunctionDeclaration | ts.EnumDeclaration;
        if (name !== undefined) names.add(nameOf(name));
        break;
      }
    }
  }
  return names;
}
