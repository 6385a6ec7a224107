/** Reads names: TypeScript's parser keeps them escaped, and only its language service adds a `text` to them. */
import ts from 'typescript';

const { SyntaxKind } = ts;
const { Identifier, PrivateIdentifier } = SyntaxKind;

/** Empty if the name has not been typed yet. */
export function nameOf(node: ts.Identifier | ts.PrivateIdentifier): string {
  return ts.idText(node);
}

/** The name, or the text of a literal in its place (`export { a as "b-c" }`, `{ "d": 1 }`). */
export function textOf(node: ts.ModuleExportName | Exclude<ts.PropertyName, ts.ComputedPropertyName>): string {
  return node.kind === Identifier || node.kind === PrivateIdentifier ? ts.idText(node) : node.text;
}

/** Whether the expression is just this name. */
export function isNamed(node: ts.Node, name: string): boolean {
  return node.kind === Identifier && ts.idText(node as ts.Identifier) === name;
}
