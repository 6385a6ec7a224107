/**
 * The part of TypeScript that the analyzer uses. The published `typescript.js` is one scope of 200,000 lines, and loading
 * it whole takes a quarter of a second, which is as long as a scan. Here its scope becomes a module that exports the names
 * that the analyzer's sources mention, and holds the statements that those reach and no others: what remains is
 * TypeScript's own parser, unchanged. A bundler alone keeps ten times as much, since most statements could have effects.
 *
 * The file's layout belongs to one exact version; a replacement that no longer matches fails the build.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import ts from 'typescript';

/**
 * Top-level statements that only serve the language service, the compiler's command and the server. Without the
 * service's node classes nodes are plain, and quicker to make.
 */
const DROPPED =
  /^(registerRefactor|registerCodeFix|setObjectAllocator)\(|^module\.exports = |^if \((sys|typeof console)|^\{\s*\}/;

/** An ECMAScript module whose default export holds those of `names` that are values of TypeScript's public or internal API. */
export function typescriptParserModule(names: readonly string[]): string {
  const path = createRequire(import.meta.url).resolve('typescript/lib/typescript.js');
  const scope = between(readFileSync(path, 'utf8'), '"use strict";\n', '\n0 && (module.exports = {');
  const exported = between(scope, '\n__export(typescript_exports, {', '\n});');
  const locals = new Map(
    Array.from(exported.matchAll(/^\s*(\w+): \(\) => (\w+)/gm), ([, name, local]) => [name, local]),
  );
  const values = names.filter((name) => locals.has(name));

  const file = ts.createSourceFile('typescript.js', scope, { languageVersion: ts.ScriptTarget.ESNext });
  const owners = ownersOf(file, scope);
  const reached = reach(
    owners,
    values.map((name) => locals.get(name) as string),
  );
  const texts = [...reached]
    .sort((a, b) => a.pos - b.pos)
    .map((statement) => scope.slice(statement.pos, statement.end));
  const body = withoutUnusedMessages(texts.join('\n'));
  return `${body}\nexport default { ${values.map((name) => `${name}: ${locals.get(name)}`).join(', ')} };\n`;
}

/** The top-level statements that make up each top-level name: its declaration, and what fills it in afterwards. */
function ownersOf(file: ts.SourceFile, scope: string): Map<string, ts.Statement[]> {
  const owners = new Map<string, ts.Statement[]>();
  const add = (name: string, statement: ts.Statement) => {
    const statements = owners.get(name);
    if (statements === undefined) owners.set(name, [statement]);
    else statements.push(statement);
  };
  const later: ts.Statement[] = [];
  for (const statement of file.statements) {
    if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name) {
      add(statement.name.text, statement);
    } else if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations)
        for (const each of bound(name)) add(each, statement);
    } else {
      later.push(statement);
    }
  }
  for (const statement of later) {
    const name = filledBy(statement);
    const text = scope.slice(statement.getStart(file), statement.end);
    if (name !== null && owners.has(name)) add(name, statement);
    else if (!DROPPED.test(text)) throw new Error(`typescript.js has changed: what is ${text.slice(0, 80)} for?`);
  }
  return owners;
}

function bound(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? bound(element.name) : []));
}

/** The name that a statement fills in: `((X2) => { ... })(X || (X = {}))`, `__export(x_exports, { ... })`, `X.y = ...`. */
function filledBy(statement: ts.Statement): string | null {
  if (!ts.isExpressionStatement(statement)) return null;
  const { expression } = statement;
  let target: ts.Node | undefined;
  if (ts.isBinaryExpression(expression)) {
    target = expression.left;
  } else if (ts.isCallExpression(expression)) {
    const { expression: callee, arguments: args } = expression;
    const argument = args[0];
    if (ts.isParenthesizedExpression(callee))
      target = argument && ts.isBinaryExpression(argument) ? argument.left : argument;
    else if (ts.isIdentifier(callee) && callee.text === '__export') target = argument;
  }
  while (target !== undefined && ts.isPropertyAccessExpression(target)) target = target.expression;
  return target !== undefined && ts.isIdentifier(target) ? target.text : null;
}

/** The statements that `roots` need, and those that these need. A local variable of the same name only keeps too much. */
function reach(owners: ReadonlyMap<string, readonly ts.Statement[]>, roots: readonly string[]): Set<ts.Statement> {
  const reached = new Set<ts.Statement>();
  const seen = new Set(roots);
  const pending = [...roots];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      if (owners.has(node.text) && !seen.has(node.text)) {
        seen.add(node.text);
        pending.push(node.text);
      }
    } else if (ts.isPropertyAccessExpression(node)) {
      visit(node.expression);
    } else if (ts.isPropertyAssignment(node) && !ts.isComputedPropertyName(node.name)) {
      visit(node.initializer);
    } else {
      ts.forEachChild(node, visit);
    }
  };
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    for (const statement of owners.get(name) ?? []) {
      if (reached.has(statement)) continue;
      reached.add(statement);
      visit(statement);
    }
  }
  return reached;
}

/** The table of messages is half of what is left; the parser says one in twelve of them. */
function withoutUnusedMessages(body: string): string {
  const used = new Set(Array.from(body.matchAll(/\bDiagnostics\.(\w+)/g), ([, name]) => name));
  const table = between(body, '\nvar Diagnostics = {', '\n};');
  const kept = table.split('\n').filter((line) => used.has(/^ {2}(\w+): diag\(/.exec(line)?.[1]));
  return body.replace(table, () => `\n${kept.join('\n')}`);
}

function between(text: string, start: string, end: string): string {
  const from = text.indexOf(start);
  const to = text.indexOf(end, from + start.length);
  if (from === -1 || to === -1) throw new Error(`typescript.js has changed: ${JSON.stringify(start)} is not in it.`);
  return text.slice(from + start.length, to);
}
