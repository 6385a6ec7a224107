/** Exports of CommonJS modules: `module.exports = ...`, `exports.a = ...`. */
import ts from 'typescript';
import type { Expression, Name, ObjectEntry, Statement } from '../../ir/nodes.ts';
import { constant } from './declarations.ts';
import { lowerExpression, lowerNamed } from './expressions.ts';
import { isNamed, nameOf } from './names.ts';
import { isAssignment } from './operators.ts';
import { type Source, startOf } from './source.ts';

const { SyntaxKind } = ts;

type ExportPair = { readonly local: string; readonly exported: string };

/** Lowers an assignment at a module's top level that exports something; false if it is not one. */
export function lowerCommonJsExport(source: Source, node: ts.BinaryExpression, out: Statement[]): boolean {
  if (node.operatorToken.kind !== SyntaxKind.EqualsToken) return false;
  const { left } = node;
  // `exports = module.exports = X` exports the same as `module.exports = X`.
  let value = node.right;
  let isWhole = isModuleExports(left);
  while (isAssignment(value) && (isModuleExports(value.left) || isExports(value.left))) {
    isWhole ||= isModuleExports(value.left);
    value = value.right;
  }
  if (isWhole) {
    exportWhole(source, node, value, out);
    return true;
  }
  if (!ts.isPropertyAccessExpression(left) || !isExportsObject(left.expression)) return false;
  const exported = nameOf(left.name);
  // Compilers set every export to `void 0` before they assign its value.
  if (exported === '' || exported === '__esModule' || value.kind === SyntaxKind.VoidExpression) return false;
  const start = startOf(source, node);
  const lowered = lowerNamed(source, value, exported);
  const local = localOf(lowered, exported, out);
  const names = [{ local: local.name, exported }];
  out.push({ kind: 'export', start, end: node.end, module: null, names, value: null });
  return true;
}

function isExports(node: ts.Expression): boolean {
  return isNamed(node, 'exports');
}

function isModuleExports(node: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(node) && isNamed(node.name, 'exports') && isNamed(node.expression, 'module');
}

function isExportsObject(node: ts.Expression): boolean {
  return isExports(node) || isModuleExports(node);
}

/** The value is the module's default export; the properties of an object literal are also its named exports. */
function exportWhole(source: Source, node: ts.BinaryExpression, right: ts.Expression, out: Statement[]): void {
  const start = startOf(source, node);
  let value = lowerExpression(source, right);
  const names: ExportPair[] = [];
  if (value.kind === 'object') {
    const entries: ObjectEntry[] = [];
    for (const entry of value.entries) {
      if (entry.kind === 'property' && typeof entry.key === 'string' && !entry.isGetter) {
        const local = localOf(entry.value, entry.key, out);
        names.push({ local: local.name, exported: entry.key });
        entries.push({ ...entry, value: local });
      } else {
        entries.push(entry);
      }
    }
    value = { ...value, entries };
  }
  out.push({ kind: 'export', start, end: node.end, module: null, names, value });
}

/** The name of the value: its own name, or that of a constant that no other code can refer to. */
function localOf(value: Expression, exported: string, out: Statement[]): Name {
  if (value.kind === 'name') return value;
  const { start, end } = value;
  const local: Name = { kind: 'name', start, end, name: `exports.${exported}` };
  out.push(constant(local, value, { start, end }, 'function'));
  return local;
}
