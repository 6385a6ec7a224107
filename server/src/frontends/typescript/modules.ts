/** ECMAScript's imports and exports, and TypeScript's own variants. */
import ts from 'typescript';
import type { Expression, ImportedName, Statement } from '../../ir/nodes.ts';
import { constant } from './declarations.ts';
import { lowerNamed } from './expressions.ts';
import { hasModifier } from './functions.ts';
import { nameOf, textOf } from './names.ts';
import { lowerBinding } from './patterns.ts';
import { type Source, startOf } from './source.ts';
import { lowerEntity } from './types.ts';

const { SyntaxKind } = ts;

/** Includes imports of types, because annotations refer to them. */
export function lowerImport(source: Source, node: ts.ImportDeclaration, out: Statement[]): void {
  const start = startOf(source, node);
  const module = specifier(node.moduleSpecifier);
  if (module === null) return;
  const names: ImportedName[] = [];
  const clause = node.importClause;
  if (clause?.name !== undefined) names.push({ imported: 'default', local: nameOf(clause.name) });
  const bindings = clause?.namedBindings;
  if (bindings?.kind === SyntaxKind.NamespaceImport) {
    names.push({ imported: '*', local: nameOf(bindings.name) });
  } else if (bindings?.kind === SyntaxKind.NamedImports) {
    for (const { propertyName, name } of bindings.elements) {
      const local = nameOf(name);
      if (local !== '') names.push({ imported: propertyName === undefined ? local : textOf(propertyName), local });
    }
  }
  out.push({ kind: 'import', start, end: node.end, module, names });
}

/** Null if it has not been typed yet. */
function specifier(node: ts.Expression | undefined): string | null {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : null;
}

/** `import x = require("m")`, which means `const x = require("m")`, and `import x = namespace.member`. */
export function lowerImportEquals(source: Source, node: ts.ImportEqualsDeclaration, out: Statement[]): void {
  const start = startOf(source, node);
  const { end, moduleReference } = node;
  const target = lowerBinding(source, node.name);
  if (target === null || target.kind !== 'name') return;
  let value: Expression;
  if (moduleReference.kind === SyntaxKind.ExternalModuleReference) {
    const module = specifier(moduleReference.expression);
    if (module === null) return;
    value = { kind: 'import', start: startOf(source, moduleReference), end: moduleReference.end, module };
  } else {
    value = lowerEntity(source, moduleReference);
  }
  out.push(constant(target, value, { start, end }, 'block'));
  if (source.enclosing > 0 || !hasModifier(node, SyntaxKind.ExportKeyword)) return;
  const names = [{ local: target.name, exported: target.name }];
  out.push({ kind: 'export', start, end, module: null, names, value: null });
}

export function lowerExportDeclaration(source: Source, node: ts.ExportDeclaration, out: Statement[]): void {
  if (source.enclosing > 0) return;
  const start = startOf(source, node);
  const { end, exportClause } = node;
  const module = specifier(node.moduleSpecifier);
  const names: { local: string; exported: string }[] = [];
  if (exportClause === undefined) {
    if (module === null) return;
    names.push({ local: '*', exported: '*' });
  } else if (exportClause.kind === SyntaxKind.NamespaceExport) {
    names.push({ local: '*', exported: textOf(exportClause.name) });
  } else {
    for (const { propertyName, name } of exportClause.elements) {
      const exported = textOf(name);
      if (exported !== '') names.push({ local: textOf(propertyName ?? name), exported });
    }
  }
  if (names.length > 0) out.push({ kind: 'export', start, end, module, names, value: null });
}

/** `export default <expression>` and `export = <expression>`. */
export function lowerExportAssignment(source: Source, node: ts.ExportAssignment, out: Statement[]): void {
  const start = startOf(source, node);
  const value = lowerNamed(source, node.expression, null);
  if (source.enclosing === 0) out.push({ kind: 'export', start, end: node.end, module: null, names: [], value });
  else out.push({ kind: 'expression', start, end: node.end, expression: value });
}
