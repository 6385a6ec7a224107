/** A descriptor field that no code reads is a fact that an SDK states in vain. Checked with TypeScript. */
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const language = join(root, 'server/src/sdks/descriptor.ts');

/** Properties of the interfaces in `file`, as `Interface.property`, that no code outside `descriptors/` reads. */
function unreadFields(file: string): readonly string[] {
  const { config } = ts.readConfigFile(join(root, 'server/tsconfig.json'), ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, join(root, 'server'));
  const program = ts.createProgram(fileNames, options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  if (source === undefined) throw new Error(`${file} is not part of the server`);
  const unread = new Map<ts.Node, string>();
  for (const statement of source.statements.filter(ts.isInterfaceDeclaration)) {
    for (const member of statement.members.filter(ts.isPropertySignature)) {
      unread.set(member, `${statement.name.text}.${member.name.getText()}`);
    }
  }
  const names = new Set([...unread.values()].map((field) => field.slice(field.indexOf('.') + 1)));
  const note = (symbol: ts.Symbol | undefined): void => {
    for (const declaration of symbol?.declarations ?? []) unread.delete(declaration);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && names.has(node.name.text)) note(checker.getSymbolAtLocation(node.name));
    if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
      const name = (node.propertyName ?? node.name).getText();
      if (names.has(name)) note(checker.getTypeAtLocation(node.parent).getProperty(name));
    }
    ts.forEachChild(node, visit);
  };
  for (const one of program.getSourceFiles()) {
    if (!/\/server\/src\//.test(one.fileName) || /\/descriptors\/|\.test\.ts$/.test(one.fileName)) continue;
    visit(one);
  }
  return [...unread.values()];
}

test('every field of a descriptor is read somewhere', () => {
  expect(unreadFields(language)).toEqual([]);
});
