/** The import arrows of ARCHITECTURE.md, read from the sources: each row is a folder and what it may not import. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

interface Import {
  readonly file: string;
  /** A package or built-in as written; a relative import and `@farthing/shared/x` as the path from the root. */
  readonly target: string;
  readonly isType: boolean;
}

/** Static imports and re-exports by TypeScript's own parser, because the rules' documents contain code too. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = ts
    .createSourceFile(file, text, ts.ScriptTarget.ESNext)
    .statements.filter((node) => ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
    .flatMap((node) => {
      if (node.moduleSpecifier === undefined || !ts.isStringLiteral(node.moduleSpecifier)) return [];
      const isType = ts.isImportDeclaration(node)
        ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
        : node.isTypeOnly;
      return [{ file, target: targetOf(file, node.moduleSpecifier.text), isType }];
    });
  const known = new Set(found.map(({ target }) => target));
  const dynamic = ts
    .preProcessFile(text)
    .importedFiles.map(({ fileName }) => targetOf(file, fileName))
    .filter((target) => !known.has(target));
  return [...found, ...dynamic.map((target) => ({ file, target, isType: false }))];
}

function targetOf(file: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.normalize(posix.join(posix.dirname(file), specifier));
  return specifier.replace(/^@farthing\/shared\//, 'shared/src/').replace(/^@farthing\/runtime/, 'runtime/src');
}

/** Everything that runs in a product: what tests and `npm run generate` use has no part in it. */
const imports = globSync(['{shared,server,runtime,client}/src/**/*.ts', 'action/**/*.ts'], { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !/\.test\.ts$|\/(testing|fixture|generate-[\w-]+)\.ts$/.test(file))
  .flatMap(importsOf);

/** Imports of files under `from` whose target matches. */
function violations(from: RegExp, target: RegExp, { types = false } = {}): string[] {
  return imports
    .filter((found) => from.test(found.file) && target.test(found.target) && (types || !found.isType))
    .map(({ file, target }) => `${file} imports ${target}`);
}

const INPUT_OUTPUT =
  /^(node:)?(fs|net|http|https|http2|dns|tls|dgram|child_process|worker_threads|cluster|readline)(\/|$)/;

test('the sources were found and their imports read', () => {
  expect(imports.length).toBeGreaterThan(50);
  expect(imports.some(({ target }) => target.startsWith('shared/src/'))).toBe(true);
});

test('shared imports neither half, no file system and no network', () => {
  expect(violations(/^shared\//, /^(server|runtime|client)\//, { types: true })).toEqual([]);
  expect(violations(/^shared\//, INPUT_OUTPUT)).toEqual([]);
  expect(violations(/^shared\//, /^(vscode|openai|@anthropic-ai|@google)/, { types: true })).toEqual([]);
});

test('server imports shared and never the runtime or the client', () => {
  expect(violations(/^server\//, /^(runtime|client)\//, { types: true })).toEqual([]);
});

test('runtime never imports server or client', () => {
  expect(violations(/^runtime\//, /^(server|client)\/|^farthing(\/|$)/, { types: true })).toEqual([]);
});

test('the runtime imports no SDK, and the client of a server only where its stores are', () => {
  const sdks = /^(openai|@anthropic-ai\/|@google\/genai|ai|@ai-sdk\/|@langchain\/)(\/|$)?/;
  expect(violations(/^runtime\//, sdks, { types: true })).toEqual([]);
  const clients = /^(ioredis|pg|@qdrant\/|@pinecone-database\/|@gomomento\/|weaviate-client)/;
  expect(violations(/^runtime\/src\/(?!stores\/)/, clients, { types: true })).toEqual([]);
  expect(violations(/^runtime\//, /^@opentelemetry\//, { types: true })).toEqual([]);
});

/** Each room of the runtime knows those before it, and none after it. */
const RUNTIME_ROOMS = [
  'support',
  'windows',
  'wire',
  'translate',
  'core',
  'semantic',
  'stores',
  'ledger',
  'observe',
  'layers',
  'assembly',
  'batch',
  'sdk',
  'record',
  'cli',
];

test.each(RUNTIME_ROOMS.map((room, index) => [room, RUNTIME_ROOMS.slice(index + 1)]))(
  'runtime/src/%s imports no room above it',
  (room, above) => {
    const target = new RegExp(`^runtime/src/(${[...above, 'none'].join('|')})/`);
    expect(violations(new RegExp(`^runtime/src/${room}/`), target, { types: true })).toEqual([]);
  },
);

test('every file of the runtime is in a room', () => {
  const elsewhere = new RegExp(`^runtime/src/(?!(${RUNTIME_ROOMS.join('|')})/|index\\.ts$)`);
  expect(imports.filter(({ file }) => elsewhere.test(file)).map(({ file }) => file)).toEqual([]);
});

test('layers know stores by their interface alone', () => {
  expect(violations(/^runtime\/src\/layers\//, /^runtime\/src\/stores\/(?!store\.ts)/, { types: true })).toEqual([]);
});

test('a call needs neither a fetch of an SDK nor its flow: only `sdk/` and `record/` know them', () => {
  expect(violations(/^runtime\/src\/(?!sdk\/|record\/|cli\/)/, /^node:async_hooks$/)).toEqual([]);
});

test('no part of the runtime that an application imports knows the terminal', () => {
  expect(violations(/^runtime\/src\/(?!cli\/)/, /^runtime\/src\/cli\//)).toEqual([]);
  const terminal = /^(commander|picocolors|asciichart)$/;
  expect(violations(/^runtime\/src\/(?!cli\/)/, terminal, { types: true })).toEqual([]);
});

test('the Action runs from git alone: it imports Node and itself, and of other parts only types', () => {
  expect(imports.some(({ file }) => file === 'action/main.ts')).toBe(true);
  expect(violations(/^action\//, /^(?!action\/|node:)/)).toEqual([]);
});

test('client imports only types of the other parts', () => {
  expect(violations(/^client\//, /^(server|runtime|shared)\//)).toEqual([]);
});

test('only lsp knows the language server protocol', () => {
  expect(violations(/^server\/src\/(?!lsp\/)/, /^(vscode-|vscode$)/, { types: true })).toEqual([]);
  // `farthing lsp` starts the server, and sees nothing else of it.
  expect(violations(/^server\/src\/(?!lsp\/|cli\/commands\/lsp)/, /^server\/src\/lsp\//, { types: true })).toEqual([]);
  expect(violations(/^server\/src\/cli\/commands\/lsp/, /^server\/src\/lsp\/(?!entry)/, { types: true })).toEqual([]);
});

test('one file knows the SDK of the protocol for agents, and one loads it', () => {
  expect(violations(/^server\/src\/(?!cli\/mcp\/sdk\.ts)/, /^@modelcontextprotocol\//, { types: true })).toEqual([]);
  expect(violations(/^server\/src\/(?!cli\/mcp\/server\.ts)/, /\/mcp\/sdk\.ts$/)).toEqual([]);
  expect(violations(/^server\/src\/(?!cli\/commands\/mcp\.ts)/, /\/mcp\/server\.ts$/)).toEqual([]);
});

test('only `files/` and the programs around the analyzer touch the disk', () => {
  expect(violations(/^server\/src\/(?!files\/|cli\/|lsp\/)/, INPUT_OUTPUT)).toEqual([]);
});

test('one file opens files, so that nothing is read without a look at what it is', () => {
  const opens = /^(?:readFile|readFileSync|open|openSync|openAsBlob|createReadStream|read|readSync|promises|default)$/;
  const opening = globSync('server/src/**/*.ts', { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !/\.test\.ts$|\/testing\.ts$|\/files\/(?:regular-file|atomic-write)\.ts$/.test(file))
    .flatMap((file) =>
      ts
        .createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.ESNext)
        .statements.filter(ts.isImportDeclaration)
        .filter(
          ({ moduleSpecifier }) => ts.isStringLiteral(moduleSpecifier) && /^(?:node:)?fs\b/.test(moduleSpecifier.text),
        )
        .flatMap(({ importClause }) => {
          const bindings = importClause?.namedBindings;
          const names =
            bindings && ts.isNamedImports(bindings)
              ? bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
              : ['default'];
          return names.filter((name) => opens.test(name)).map((name) => `${file} imports ${name}`);
        }),
    );
  expect(opening).toEqual([]);
});

test('only the runtime may reach a network: the analyzer sends nothing', () => {
  const network = /^(node:)?(net|http|https|http2|dns|tls|dgram)(\/|$)|^(undici|axios|node-fetch|got)$/;
  expect(violations(/^(server|shared)\//, network)).toEqual([]);
});

test('rules see calls, never a syntax tree or a file', () => {
  expect(
    violations(
      /^server\/src\/rules\//,
      /^server\/src\/(frontends|files|resolve|workspace|lint|fixes|report|cli|lsp|sdks)\/|^server\/src\/ir\/(?!origin)/,
      { types: true },
    ),
  ).toEqual([]);
  // Of the evaluator only where something stands.
  expect(violations(/^server\/src\/rules\//, /^server\/src\/evaluate\//)).toEqual([]);
});

test('frontends stand alone, and nothing but a frontend knows a parser', () => {
  expect(
    violations(
      /^server\/src\/frontends\//,
      /^server\/src\/(evaluate|sdks|calls|rules|files|resolve|workspace|lint|fixes|report|cli|lsp)\//,
      {
        types: true,
      },
    ),
  ).toEqual([]);
  expect(violations(/^server\/src\/(?!frontends\/)/, /^(typescript|@lezer\/)/, { types: true })).toEqual([]);
});

test('no file of the analysis imports the terminal', () => {
  expect(violations(/^server\/src\/(?!cli\/)/, /^server\/src\/cli\//, { types: true })).toEqual([]);
});

/** Folders of a part that import each other, directly or by way of others, their types included. */
function foldersInCircles(part: string): readonly string[] {
  const folderOf = (path: string): string | null => new RegExp(`^${part}/([^/]+)/`).exec(path)?.[1] ?? null;
  const imported = new Map<string, Set<string>>();
  for (const { file, target } of imports) {
    const [from, to] = [folderOf(file), folderOf(target)];
    if (from !== null && to !== null && from !== to) imported.set(from, (imported.get(from) ?? new Set()).add(to));
  }
  const reaches = (start: string): ReadonlySet<string> => {
    const seen = new Set(imported.get(start));
    for (const folder of seen) for (const next of imported.get(folder) ?? []) seen.add(next);
    return seen;
  };
  return [...imported.keys()].filter((folder) => reaches(folder).has(folder)).sort();
}

test.each(['server/src', 'shared/src', 'runtime/src'])('folders of %s import one way', (part) => {
  expect(foldersInCircles(part)).toEqual([]);
});

/** Folders whose files are all of one kind, of which there may be any number. */
const OF_ONE_KIND: Readonly<Record<string, string>> = {
  'shared/src/providers': 'one provider a file',
  'shared/src/catalogue/data': "one provider's models a file",
  'server/src/rules': 'one rule a file',
  'server/src/sdks/descriptors': 'one SDK a file',
  'server/src/calls/facts': 'one fact a file',
};
const MAX_FILES = 25;

test('a folder with many files holds one kind of file', () => {
  const sizes = new Map<string, number>();
  for (const path of globSync('{{shared,server,runtime,client}/src,action,test,scripts}/**/*.ts', { cwd: root })) {
    if (/[\\/](?:dist|fixtures|node_modules)[\\/]/.test(path)) continue;
    const folder = posix.dirname(path.replaceAll('\\', '/'));
    // A test belongs to the file that it stands beside.
    if (!path.endsWith('.test.ts')) sizes.set(folder, (sizes.get(folder) ?? 0) + 1);
  }
  const mixed = [...sizes].filter(([folder, size]) => size > MAX_FILES && !(folder in OF_ONE_KIND));
  expect(sizes.size).toBeGreaterThan(30);
  expect(mixed).toEqual([]);
});
