/** Variables that an edit can follow to their literal: they have only one use, so the change affects nothing else. */
import ts from 'typescript';
import { firstIndex } from '../../../edits/first-index.ts';
import { oncePerTree } from '../../once.ts';
import { isNamed, nameOf } from '../names.ts';
import { visitAround } from './visit-around.ts';

/**
 * The literal that the variable at `use` is bound to. Null unless exactly one declaration binds it, and only this use
 * and accesses to its members mention it in its block.
 */
export function literalOf(file: ts.SourceFile, use: ts.Identifier): ts.Expression | null {
  const ancestors = ancestorsOf(file, use);
  for (const scope of ancestors.reverse()) {
    if (!isScope(scope)) continue;
    const mentions = mentionsIn(file, scope, nameOf(use));
    const [declaration, ...others] = mentions.flatMap(({ parent }) =>
      ts.isVariableDeclaration(parent) && isNamed(parent.name, nameOf(use)) ? [parent] : [],
    );
    if (declaration === undefined) {
      // A parameter or another pattern binds it here, so its value is unknown.
      if (mentions.some(({ parent }) => isBinding(parent, nameOf(use)))) return null;
      continue;
    }
    if (others.length > 0 || declaration.initializer === undefined || isExported(scope, declaration)) return null;
    const isAlone = mentions.every(
      ({ node, parent }) =>
        node === use ||
        parent === declaration ||
        ((ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) && parent.expression === node),
    );
    return isAlone ? declaration.initializer : null;
  }
  return null;
}

interface Mention {
  readonly node: ts.Identifier;
  readonly parent: ts.Node;
}

/** Every place in `scope` that mentions or binds a variable of this name; names of members and keys do not count. */
export function mentionsOf(scope: ts.Node, name: string): readonly Mention[] {
  return mentionsByName(scope).get(name) ?? [];
}

/** The same for a scope of `file`, whose mentions are looked up: many uses ask about the same scopes. */
function mentionsIn(file: ts.SourceFile, scope: ts.Node, name: string): readonly Mention[] {
  const all = mentionsOfFile(file).get(name) ?? [];
  const first = firstIndex(all, ({ node }) => node.pos >= scope.pos);
  return all.slice(
    first,
    firstIndex(all, ({ node }) => node.pos >= scope.end),
  );
}

/** In the order of the text. */
function mentionsByName(scope: ts.Node): ReadonlyMap<string, readonly Mention[]> {
  const found = new Map<string, Mention[]>();
  const visit = (node: ts.Node, parent: ts.Node): void => {
    if (ts.isIdentifier(node) && !isMemberName(node, parent)) {
      const known = found.get(nameOf(node));
      if (known) known.push({ node, parent });
      else found.set(nameOf(node), [{ node, parent }]);
    }
    ts.forEachChild(node, (child) => visit(child, node));
  };
  ts.forEachChild(scope, (child) => visit(child, scope));
  return found;
}

const mentionsOfFile = oncePerTree((file: ts.SourceFile) => mentionsByName(file));

function isMemberName(node: ts.Identifier, parent: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)) return parent.name === node;
  return (ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent)) && parent.name === node;
}

function isBinding(parent: ts.Node, name: string): boolean {
  if (ts.isParameter(parent) || ts.isVariableDeclaration(parent)) return isNamed(parent.name, name);
  return ts.isBindingElement(parent) || ts.isImportSpecifier(parent) || ts.isImportClause(parent);
}

function isScope(node: ts.Node): boolean {
  return ts.isBlock(node) || ts.isSourceFile(node) || ts.isArrowFunction(node) || ts.isFunctionLike(node);
}

function isExported(scope: ts.Node, declaration: ts.VariableDeclaration): boolean {
  if (!ts.isSourceFile(scope)) return false;
  return scope.statements.some(
    (statement) =>
      ts.isVariableStatement(statement) &&
      statement.declarationList.declarations.includes(declaration) &&
      (statement.modifiers?.length ?? 0) > 0,
  );
}

/** The nodes around `node`, outermost first. */
export function ancestorsOf(file: ts.SourceFile, node: ts.Node): ts.Node[] {
  const path: ts.Node[] = [];
  visitAround(file, { start: node.pos, end: node.end }, (current) => path.push(current));
  return path.slice(0, Math.max(0, path.indexOf(node)));
}

/** The expression without the brackets and casts around it. */
export function bare(node: ts.Node): ts.Node {
  let inner = node;
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isAsExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isNonNullExpression(inner)
  )
    inner = inner.expression;
  return inner;
}
