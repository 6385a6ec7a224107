/** TypeScript's own parser, with its own diagnostics, on TypeScript, TSX and JavaScript. */
import { createRequire } from 'node:module';
import type ts from 'typescript';
import type { Parsed, Tree } from './tree.ts';

/** Not as an import, which a test replaces by the parser of the bundles: the judge stays another one. */
const library: typeof ts = createRequire(import.meta.url)('typescript');

export function parseTypeScript(text: string, path: string): Parsed {
  const file = library.createSourceFile(path, text, library.ScriptTarget.ESNext, true);
  const { diagnostics = [] } = library.transpileModule(text, {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: { target: library.ScriptTarget.ESNext, jsx: library.JsxEmit.Preserve, allowJs: true },
  });
  const [first] = diagnostics;
  return {
    tree: treeOf(file, file),
    error: first === undefined ? null : library.flattenDiagnosticMessageText(first.messageText, ' '),
    comments: commentsOf(file),
  };
}

const WORDS: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [library.SyntaxKind.TrueKeyword, 'true'],
  [library.SyntaxKind.FalseKeyword, 'false'],
  [library.SyntaxKind.NullKeyword, 'null'],
]);

function treeOf(node: ts.Node, file: ts.SourceFile): Tree {
  const leaf = (kind: string, text: string): Tree => ({ kind, text, children: [] });
  const word = WORDS.get(node.kind);
  if (word !== undefined) return leaf('word', word);
  if (library.isStringLiteral(node) || library.isNoSubstitutionTemplateLiteral(node)) return leaf('string', node.text);
  if (library.isNumericLiteral(node)) return leaf('number', node.text);
  const inner = (child: ts.Node): Tree => treeOf(child, file);
  if (library.isShorthandPropertyAssignment(node) && node.objectAssignmentInitializer === undefined)
    return { kind: 'entry', text: node.name.text, children: [inner(node.name)] };
  if (library.isPropertyAssignment(node) && (library.isIdentifier(node.name) || library.isStringLiteral(node.name)))
    return { kind: 'entry', text: node.name.text, children: [inner(node.initializer)] };
  const children: Tree[] = [];
  library.forEachChild(node, (child) => {
    children.push(inner(child));
  });
  if (library.isObjectLiteralExpression(node)) return { kind: 'object', text: '', children };
  if (library.isArrayLiteralExpression(node)) return { kind: 'array', text: '', children };
  if (library.isTemplateExpression(node)) return { kind: 'text', text: '', children };
  const own = children.length === 0 ? node.getText(file) : propertiesOf(node);
  return { kind: library.SyntaxKind[node.kind] ?? '', text: own, children };
}

/** What a node says of itself that none of its children says. */
function propertiesOf(node: ts.Node): string {
  const operator = library.isPrefixUnaryExpression(node) || library.isPostfixUnaryExpression(node) ? node.operator : '';
  const binding = library.isVariableDeclarationList(node) ? node.flags & library.NodeFlags.BlockScoped : '';
  return `${operator}${binding}`;
}

function commentsOf(file: ts.SourceFile): readonly string[] {
  const { text } = file;
  const found = new Map<number, string>();
  const visit = (node: ts.Node): void => {
    const children = node.getChildren(file);
    for (const child of children) visit(child);
    if (children.length > 0) return;
    if (node.kind === library.SyntaxKind.JsxText) return;
    for (const { pos, end } of [
      ...(library.getLeadingCommentRanges(text, node.pos) ?? []),
      ...(library.getTrailingCommentRanges(text, node.end) ?? []),
    ])
      found.set(pos, text.slice(pos, end));
  };
  visit(file);
  return [...found].sort(([a], [b]) => a - b).map(([, comment]) => comment);
}
