/** The parser that is cut out of TypeScript for the bundle parses as TypeScript does. */
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { root } from '../scripts/lib/root.ts';
import { typescriptParserModule } from '../scripts/lib/typescript-parser.ts';
import type { Frontend } from '../server/src/frontends/frontend.ts';
import { typescript } from '../server/src/frontends/typescript/typescript.ts';
import { printModule } from '../server/src/ir/print.ts';

const frontends = globSync('server/src/frontends/typescript/*.ts', { cwd: root });
const names = frontends.flatMap((path) =>
  Array.from(readFileSync(join(root, path), 'utf8').matchAll(/\bts\.(\w+)/g), (match) => match[1] as string),
);
const cutModule = typescriptParserModule([...new Set(names), 'NoSuchName']);

const cutIn: Plugin = {
  name: 'cut-in',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^typescript$/ }, ({ path }) => ({ path, namespace: 'cut' }));
    onLoad({ filter: /^/, namespace: 'cut' }, () => ({ contents: cutModule }));
  },
};

/** Runs a bundle of `contents` in which TypeScript is only its parser, and answers what it exports. */
async function run(contents: string): Promise<unknown> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    conditions: ['farthing-source'],
    plugins: [cutIn],
  });
  const exported = { exports: {} };
  const load = new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '');
  load(exported, exported.exports, createRequire(import.meta.url));
  return exported.exports;
}

/** Every node's kind and place, and every complaint. */
function outline(library: typeof ts, text: string, path: string): string {
  const options: ts.CreateSourceFileOptions = { languageVersion: 99, jsDocParsingMode: 1 };
  const file = library.createSourceFile(path, text, options, false);
  const lines: string[] = [];
  const visit = (node: ts.Node): void => {
    lines.push(`${node.kind} ${node.pos} ${node.end}`);
    library.forEachChild(node, visit);
  };
  visit(file);
  const { parseDiagnostics } = file as unknown as { readonly parseDiagnostics: readonly ts.Diagnostic[] };
  for (const { start, length, code, messageText } of parseDiagnostics)
    lines.push(`${start} ${length} ${code} ${messageText}`);
  return lines.join('\n');
}

const UNUSUAL =
  '#!node\n@d enum A {} <a b={/(?<x>y)/v}>&amp;</a>; let é = 0x1n, __b = `\\u{1F600}`; <<<<<<< HEAD\n\u0000 /** @x */';

test('it holds no checker, no language service and no server, and exports what the sources name', async () => {
  for (const name of ['createTypeChecker', 'createLanguageService', 'createProgram'])
    expect(cutModule).not.toContain(name);
  expect(cutModule.length).toBeLessThan(1_100_000);
  const { default: cut } = (await run('export { default } from "typescript"')) as { default: typeof ts };
  expect(Object.keys(cut)).toEqual(expect.arrayContaining(['createSourceFile', 'forEachChild', 'SyntaxKind']));
  expect(Object.keys(cut)).not.toContain('NoSuchName');
});

test('it parses and lowers whole, broken and unusual files as TypeScript does', async () => {
  const { ts: cut, typescript: frontend } = (await run(
    'export { typescript } from "./server/src/frontends/typescript/typescript.ts"; export { default as ts } from "typescript"',
  )) as { readonly ts: typeof ts; readonly typescript: Frontend };
  const compare = (text: string, path: string) => {
    expect(outline(cut, text, path), path).toBe(outline(ts, text, path));
    expect(printModule(frontend.lower(text, path)), path).toBe(printModule(typescript.lower(text, path)));
  };
  for (const name of ['a.ts', 'a.tsx', 'a.js', 'a.d.ts']) compare(UNUSUAL, name);
  const paths = globSync('{server/src/frontends,scripts/lib,examples}/**/*.{ts,tsx,js,jsx}', { cwd: root });
  expect(paths.length).toBeGreaterThan(20);
  for (const path of paths) {
    const text = readFileSync(join(root, path), 'utf8');
    for (const name of [path, 'a.tsx', 'a.js']) {
      for (const piece of [text, text.slice(0, text.length >> 1), text.slice(text.length >> 2)]) compare(piece, name);
    }
  }
});
