/**
 * The part of TypeScript that the analyzer uses. The published `typescript.js` is one scope of 200,000 lines in which
 * the checker, the language service and its server are reachable from statements with effects: loading it whole takes
 * a quarter of a second, which is as long as a scan. Here its scope becomes a module that exports only the names that
 * the analyzer's sources mention, and the statements that only serve the rest are marked as free of effects, so that
 * the bundler drops what they alone reach. What remains is TypeScript's own parser, unchanged.
 *
 * The file's layout belongs to one exact version; a replacement that no longer matches fails the build.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const PURE = '/* @__PURE__ */ ';

/** Namespaces that the parser needs are built by calls at the top level; all others are dropped with what they reach. */
const NEEDED_NAMESPACES = new Set(['Debug', 'tracingEnabled', 'BinaryExpressionState', 'Parser', 'IncrementalParser']);

export function typescriptParserModule(names: readonly string[]): string {
  const path = createRequire(import.meta.url).resolve('typescript/lib/typescript.js');
  const text = readFileSync(path, 'utf8');
  const scope = between(text, '"use strict";\n', '\n0 && (module.exports = {');
  const exported = between(scope, '\n__export(typescript_exports, {', '\n});');
  const values = names.filter((name) => new RegExp(`^\\s*${name}: \\(\\) =>`, 'm').test(exported));

  let body = replace(scope, `\n__export(typescript_exports, {${exported}\n});`, '');
  body = replace(body, '\nmodule.exports = __toCommonJS(typescript_exports);', '');
  // The language service installs node classes with its own methods; without it nodes are plain, and quicker to make.
  body = replace(body, '\nsetObjectAllocator(getServicesObjectAllocator());', '');
  body = replace(body, /\n(?=__export\(|registerCodeFix\(|registerRefactor\()/g, `\n${PURE}`);
  body = replace(body, /\n(?=\(\((\w+?)\d*\) => \{)/g, (match, name) =>
    NEEDED_NAMESPACES.has(name) ? match : `\n${PURE}`,
  );
  // `var x = f(...)` of the language service: dropped where nothing that remains reads x.
  body = replace(body, /\nvar (\w+) = (?=[\w.]+\()/g, (_, name) => `\nvar ${name} = ${PURE}`);
  body = replace(body, /\n(?=_(?:ProjectService|AutoImportProviderProject)\.\w+ =)/g, '\nif (false) ');
  return `${body}\nexport default { ${values.join(', ')} };\n`;
}

function between(text: string, start: string, end: string): string {
  const from = text.indexOf(start);
  const to = text.indexOf(end, from + start.length);
  if (from === -1 || to === -1) throw new Error(`typescript.js has changed: ${JSON.stringify(start)} is not in it.`);
  return text.slice(from + start.length, to);
}

function replace(text: string, what: string | RegExp, by: string | ((match: string, group: string) => string)): string {
  const result = typeof by === 'string' ? text.replace(what, () => by) : text.replace(what, by);
  if (result === text) throw new Error(`typescript.js has changed: nothing in it matches ${what}.`);
  return result;
}
