import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { discoverFiles } from '../files/discover.ts';
import { createFiles } from '../files/file-system.ts';
import { makeTree, type Tree } from '../workspace/testing.ts';
import { createResolver, type Resolve } from './resolve.ts';

/**
 * What `specifier` in the file `from` refers to: a path relative to the tree, `(name)` for a package, or `missing`.
 */
function resolver(tree: Tree, scanned = ''): (from: string, specifier: string) => string {
  const root = makeTree(tree);
  const top = scanned ? join(root, scanned) : root;
  const files = createFiles(discoverFiles([top]).folders);
  const isPublished = (module: string) => /^(?:openai|ai)(?:[/.]|$)/.test(module);
  return named(root, createResolver({ files, tops: [root], isPublished }));
}

function named(root: string, resolve: Resolve) {
  return (from: string, specifier: string): string => {
    const resolution = resolve(join(root, from), specifier);
    if (resolution.kind === 'module') return resolution.path.slice(root.length + 1);
    return resolution.kind === 'external' ? `(${resolution.module})` : 'missing';
  };
}

test('relative imports, with the extension that the program has before it is compiled', () => {
  const resolve = resolver({
    'a.ts': '',
    'b.tsx': '',
    'c.mts': '',
    'd.js': '',
    'e/index.ts': '',
    'f.json': '{}',
    'g.test.ts': '',
    'h.ts': '',
    'h/index.ts': '',
    'prompt.md': '',
  });
  const from = (specifier: string) => resolve('x.ts', specifier);
  expect(from('./a')).toBe('a.ts');
  expect(from('./a.js')).toBe('a.ts');
  expect(from('./a.ts')).toBe('a.ts');
  expect(from('./b.js')).toBe('b.tsx');
  expect(from('./c.mjs')).toBe('c.mts');
  expect(from('./d')).toBe('d.js');
  expect(from('./e')).toBe('e/index.ts');
  expect(from('./e/')).toBe('e/index.ts');
  expect(from('.')).toBe('missing');
  expect(from('./f.json')).toBe('f.json');
  expect(from('./g.test')).toBe('g.test.ts');
  expect(from('./h')).toBe('h.ts');
  expect(from('./prompt.md?raw')).toBe('prompt.md');
  expect(from('./none')).toBe('missing');
  expect(resolve('e/y.ts', '..//a')).toBe('a.ts');
  expect(resolve('e/y.ts', '.')).toBe('e/index.ts');
});

test('packages are themselves, and nothing breaks the resolver', () => {
  const resolve = resolver({ 'a.ts': '', 'a.py': '' });
  for (const specifier of ['zod', '@scope/pkg/sub', 'node:fs', 'https://x.y/z', '@', ' ', '%00', '\0', '\\']) {
    expect(resolve('a.ts', specifier)).toBe(`(${specifier})`);
  }
  expect(resolve('a.ts', '')).toBe('missing');
  expect(resolve('a.ts', '#none')).toBe('missing');
  expect(resolve('a.ts', '@/none')).toBe('missing');
  for (const specifier of ['numpy', 'google.genai', 'a b']) expect(resolve('a.py', specifier)).toBe(`(${specifier})`);
  for (const specifier of ['', '.none', '...none', '..z']) expect(resolve('x/y/a.py', specifier)).toBe('missing');
});

test('an import that says where its package comes from names the package', () => {
  const resolve = resolver({ 'a.ts': '', 'n.ipynb': '', 'lib.ts': '', 'lib.py': '' });
  for (const [written, name] of [
    ['npm:openai', 'openai'],
    ['npm:/openai@^4.20.0', 'openai'],
    ['npm:@scope/pkg@1.2.3/sub/path', '@scope/pkg/sub/path'],
    ['jsr:@scope/pkg@2', '@scope/pkg'],
    ['https://esm.sh/openai@4.20.1?target=deno', 'openai'],
    ['https://esm.sh/v135/@scope/pkg@1/sub', '@scope/pkg/sub'],
    ['https://deno.land/x/openai@v4.24.0/mod.ts', 'openai/mod.ts'],
    ['https://example.com/openai', 'https://example.com/openai'],
    ['npm:', 'npm:'],
  ] as const) {
    expect(resolve('a.ts', written)).toBe(`(${name})`);
    expect(resolve('n.ipynb', written)).toBe(`(${name})`);
  }
  // The form of its imports shows a notebook's language.
  expect(resolve('n.ipynb', './lib.ts')).toBe('lib.ts');
  expect(resolve('n.ipynb', '.lib')).toBe('lib.py');
});

test('tsconfig paths, baseUrl, extends and comments; the nearest configuration counts', () => {
  const resolve = resolver({
    'tsconfig.json': '{ "compilerOptions": { "baseUrl": "." } }',
    'lib/models.ts': '',
    'web/tsconfig.json': '{ /* shared */ "extends": "../base.json", }',
    'base.json':
      '{ "compilerOptions": { "paths": { "@/*": ["./web/src/*", "./web/gen/*"], "config": ["./lib/models.ts"] } } }',
    'web/src/prompts.ts': '',
    'web/gen/client.ts': '',
    'old/jsconfig.json': '{ "compilerOptions": { "paths": { "~/*": ["./*"] } } }',
    'old/util.js': '',
  });
  expect(resolve('app/x.ts', 'lib/models')).toBe('lib/models.ts');
  expect(resolve('web/src/x.ts', '@/prompts')).toBe('web/src/prompts.ts');
  expect(resolve('web/src/x.ts', '@/client.js')).toBe('web/gen/client.ts');
  expect(resolve('web/src/x.ts', 'config')).toBe('lib/models.ts');
  expect(resolve('web/src/x.ts', '@/none')).toBe('missing');
  expect(resolve('web/src/x.ts', 'zod')).toBe('(zod)');
  expect(resolve('old/deep/x.js', '~/util')).toBe('old/util.js');
});

test('aliases of a solution`s projects, and of a configuration whose base is not installed', () => {
  const resolve = resolver({
    'vite/tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }, { "path": "." }] }',
    'vite/tsconfig.app.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
    'vite/src/a.ts': '',
    'pkg/tsconfig.json':
      '{ "extends": "@acme/tsconfig/base.json", "compilerOptions": { "paths": { "@/*": ["./lib/*"] } } }',
    'pkg/lib/a.ts': '',
    'broken/tsconfig.json': '{ "compilerOptions": { "paths": 5 } ',
    'cycle/tsconfig.json': '{ "extends": "./tsconfig.json" }',
  });
  expect(resolve('vite/src/x.ts', '@/a')).toBe('vite/src/a.ts');
  expect(resolve('pkg/x.ts', '@/a')).toBe('pkg/lib/a.ts');
  expect(resolve('broken/x.ts', '@/a')).toBe('missing');
  expect(resolve('cycle/x.ts', 'zod')).toBe('(zod)');
});

const WORKSPACE: Tree = {
  'package.json': '{ "workspaces": ["packages/*", "!packages/private"] }',
  'packages/prompts/package.json':
    '{ "name": "@acme/prompts", "exports": { ".": { "types": "./dist/index.d.ts", "import": "./dist/index.js" }, "./deep/*": "./dist/deep/*.js" } }',
  'packages/prompts/src/index.ts': '',
  'packages/prompts/src/deep/system.ts': '',
  'packages/models/package.json': '{ "name": "models", "main": "lib/main.js" }',
  'packages/models/src/main.ts': '',
  'packages/models/utils/index.ts': '',
  'packages/source/package.json': '{ "name": "source", "source": "code/start.ts" }',
  'packages/source/code/start.ts': '',
  'packages/bare/package.json': '{ "name": "bare" }',
  'packages/bare/index.js': '',
  'packages/openai/package.json': '{ "name": "openai" }',
  'packages/openai/src/index.ts': '',
  'apps/web/app.ts': '',
};

test('workspace packages lead to their sources', () => {
  const resolve = resolver(WORKSPACE);
  const from = (specifier: string) => resolve('apps/web/app.ts', specifier);
  expect(from('@acme/prompts')).toBe('packages/prompts/src/index.ts');
  expect(from('@acme/prompts/deep/system')).toBe('packages/prompts/src/deep/system.ts');
  expect(from('models')).toBe('packages/models/src/main.ts');
  expect(from('models/utils')).toBe('packages/models/utils/index.ts');
  expect(from('source')).toBe('packages/source/code/start.ts');
  expect(from('bare')).toBe('packages/bare/index.js');
  expect(from('@acme/none')).toBe('(@acme/none)');
});

test('a workspace is found from a folder inside it that is scanned alone', () => {
  expect(resolver(WORKSPACE, 'apps')('apps/web/app.ts', '@acme/prompts')).toBe('packages/prompts/src/index.ts');
});

test('an SDK stays the published package, in the repository that holds its sources as well', () => {
  expect(resolver(WORKSPACE)('apps/web/app.ts', 'openai/resources')).toBe('(openai/resources)');
  const python = resolver({
    'pyproject.toml': '',
    'src/openai/__init__.py': '',
    'src/openai/_client.py': '',
    'examples/a.py': '',
  });
  expect(python('examples/a.py', 'openai')).toBe('(openai)');
  expect(python('src/openai/__init__.py', '._client')).toBe('src/openai/_client.py');
});

test('pnpm workspaces in block and flow style', () => {
  const tree = (yaml: string): Tree => ({
    'package.json': '{}',
    'pnpm-workspace.yaml': yaml,
    'libs/a/package.json': '{ "name": "a" }',
    'libs/a/src/index.ts': '',
    'libs/nested/b/package.json': '{ "name": "b" }',
    'libs/nested/b/src/index.tsx': '',
    'x.ts': '',
  });
  const block = resolver(
    tree('catalog:\n  zod: 4\npackages:\n  # ours\n  - "libs/**"\n  - \'apps/*\' # none\nother: 1\n'),
  );
  expect(block('x.ts', 'a')).toBe('libs/a/src/index.ts');
  expect(block('x.ts', 'b')).toBe('libs/nested/b/src/index.tsx');
  const flow = resolver(tree('packages: ["libs/*"]\n'));
  expect(flow('x.ts', 'a')).toBe('libs/a/src/index.ts');
  expect(flow('x.ts', 'b')).toBe('(b)');
});

test('a package that a workspace leaves out is another package of that name', () => {
  const tree: Tree = {
    'package.json': '{ "workspaces": ["packages/*", "examples/**", "!packages/private", "!**/fixtures/*"] }',
    'packages/private/package.json': '{ "name": "private" }',
    'packages/private/index.ts': '',
    'examples/a/fixtures/x/package.json': '{ "name": "fixture" }',
    'examples/a/fixtures/x/index.ts': '',
    'examples/a/package.json': '{ "name": "example" }',
    'examples/a/index.ts': '',
    'a.ts': '',
  };
  expect(['private', 'fixture', 'example'].map((name) => resolver(tree)('a.ts', name))).toEqual([
    '(private)',
    '(fixture)',
    'examples/a/index.ts',
  ]);
});

test('#imports of the nearest package.json', () => {
  const resolve = resolver({
    'package.json': '{ "imports": { "#lib/*": "./src/lib/*.js", "#env": { "node": "./src/env.ts" }, "#zod": "zod" } }',
    'src/lib/ask.ts': '',
    'src/env.ts': '',
  });
  expect(resolve('src/a.ts', '#lib/ask')).toBe('src/lib/ask.ts');
  expect(resolve('src/a.ts', '#env')).toBe('src/env.ts');
  expect(resolve('src/a.ts', '#zod')).toBe('missing');
});

test('aliases that a framework writes into a file outside the repository', () => {
  const resolve = resolver({
    'package.json': '{}',
    'tsconfig.json': '{ "extends": "./.wxt/tsconfig.json" }',
    'src/models/index.ts': '',
    'src/lib/ask.ts': '',
    'server/tool.ts': '',
    'packages/web/package.json': '{}',
    'packages/web/app/models.ts': '',
  });
  expect(resolve('src/a.ts', '@/models')).toBe('src/models/index.ts');
  expect(resolve('src/a.ts', '~/models')).toBe('src/models/index.ts');
  expect(resolve('src/a.ts', '~~/server/tool')).toBe('server/tool.ts');
  expect(resolve('src/a.ts', '$lib/ask')).toBe('src/lib/ask.ts');
  expect(resolve('packages/web/a.ts', '~/models')).toBe('packages/web/app/models.ts');
  expect(resolve('src/a.ts', '@/none')).toBe('missing');
  expect(resolve('src/a.ts', '@scope/models')).toBe('(@scope/models)');
});

test('a package that only another language has by this name is another package', () => {
  const files = createFiles(discoverFiles([makeTree({ 'a.py': '', 'a.ts': '' })]).folders);
  const isOtherLanguages = (module: string, language: string) => module === 'agents' && language === 'typescript';
  const resolve = createResolver({ files, tops: [], isOtherLanguages });
  expect(resolve('/a.ts', 'agents')).toEqual({ kind: 'external', module: 'typescript:agents' });
  expect(resolve('/a.py', 'agents')).toEqual({ kind: 'external', module: 'agents' });
});

test('relative Python imports: modules, packages, submodules, packages without __init__', () => {
  const resolve = resolver({
    'pkg/__init__.py': '',
    'pkg/models.py': '',
    'pkg/llm/__init__.py': '',
    'pkg/llm/client.py': '',
    'pkg/plain/prompts.py': '',
  });
  expect(resolve('pkg/llm/client.py', '.')).toBe('pkg/llm/__init__.py');
  expect(resolve('pkg/llm/client.py', '..models')).toBe('pkg/models.py');
  expect(resolve('pkg/llm/client.py', '..')).toBe('pkg/__init__.py');
  expect(resolve('pkg/models.py', '.llm')).toBe('pkg/llm/__init__.py');
  expect(resolve('pkg/models.py', '.llm.client')).toBe('pkg/llm/client.py');
  expect(resolve('pkg/models.py', '.plain')).toBe('pkg/plain');
  expect(resolve('pkg/models.py', '.plain.prompts')).toBe('pkg/plain/prompts.py');
  expect(resolve('pkg/models.py', '.none')).toBe('missing');
});

test('absolute Python imports from the folders that could be on the path', () => {
  const resolve = resolver({
    'config.py': '',
    'backend/pyproject.toml': '',
    'backend/src/core/__init__.py': '',
    'backend/src/core/models.py': '',
    'backend/app/main.py': '',
    'backend/app/llm/ask.py': '',
    'backend/app/llm/local.py': '',
    'tools/a.py': '',
    'stores/__init__.py': '',
    'stores/redis.py': '',
    'types.py': '',
    'note.ipynb': '',
  });
  expect(resolve('backend/app/llm/ask.py', 'config')).toBe('config.py');
  expect(resolve('backend/app/llm/ask.py', 'local')).toBe('backend/app/llm/local.py');
  expect(resolve('backend/app/llm/ask.py', 'app.main')).toBe('backend/app/main.py');
  expect(resolve('backend/app/llm/ask.py', 'core.models')).toBe('backend/src/core/models.py');
  expect(resolve('tools/a.py', 'core')).toBe('backend/src/core/__init__.py');
  expect(resolve('tools/a.py', 'core.none')).toBe('(core.none)');
  expect(resolve('tools/a.py', 'stores.redis')).toBe('stores/redis.py');
  expect(resolve('tools/a.py', 'types')).toBe('(types)');
  expect(resolve('note.ipynb', 'config')).toBe('config.py');
});

test('a module of a package does not hide the package that it is named after', () => {
  const resolve = resolver({
    'stores/__init__.py': '',
    'stores/qdrant.py': '',
    'stores/config.py': '',
    'stores/azure/__init__.py': '',
    'stores/azure/client.py': '',
  });
  expect(resolve('stores/qdrant.py', 'qdrant')).toBe('(qdrant)');
  expect(resolve('stores/azure/client.py', 'azure.identity')).toBe('(azure.identity)');
  expect(resolve('stores/azure/client.py', 'azure')).toBe('(azure)');
  expect(resolve('stores/azure/client.py', 'config')).toBe('stores/config.py');
});

test('a file that is reached by a link, and one that the walk left out', () => {
  const root = makeTree({ 'real/a.ts': '', 'x.ts': '', 'gen/out.ts': '', '.gitignore': 'gen\n' });
  symlinkSync('real', join(root, 'link'));
  const files = createFiles(discoverFiles([root]).folders);
  const resolve = named(root, createResolver({ files, tops: [root] }));
  expect(resolve('x.ts', './link/a')).toBe('link/a.ts');
  expect(resolve('x.ts', './gen/out')).toBe('gen/out.ts');
});

test.each([
  ['packages/*-core', 'a-core', true],
  ['packages/a*c*e', 'abcde', true],
  ['packages/a*c', 'a', false],
  ['packages/ab*ab', 'ab', false],
  ['packages/*b*a', 'xba', true],
  ['packages/{core,web}', 'web', true],
  ['{apps,packages}/{core,we*}', 'web', true],
  ['packages/{core,web}', 'other', false],
  [`packages/${'*a'.repeat(60)}b`, 'a'.repeat(200), false],
  [`packages/${'{a,b}'.repeat(60)}`, 'a', false],
  [`packages/${'**/'.repeat(200)}b`, 'a', false],
  [`packages/${'{'.repeat(50_000)}`, 'a', false],
])('a workspace of %s holds %s: %s', (pattern, name, isFound) => {
  const resolve = resolver({
    'package.json': JSON.stringify({ workspaces: [pattern] }),
    [`packages/${name}/package.json`]: '{ "name": "it" }',
    [`packages/${name}/index.ts`]: '',
    'a.ts': '',
  });
  expect(resolve('a.ts', 'it')).toBe(isFound ? `packages/${name}/index.ts` : '(it)');
});

test('a folder of the project under the name of a package, and the sources of that package', () => {
  const markOf = (module: string) => (/^agents(?:[.]|$)/.test(module) ? 'Runner' : null);
  const resolverIn = (tree: Tree) => {
    const root = makeTree(tree);
    const files = createFiles(discoverFiles([root]).folders);
    return named(
      root,
      createResolver({ files, tops: [root], isPublished: (module) => markOf(module) !== null, markOf }),
    );
  };
  const own = resolverIn({ 'main.py': '', 'agents/planner.py': '', 'agents/tools/__init__.py': '' });
  expect(own('main.py', 'agents.planner')).toBe('agents/planner.py');
  expect(own('main.py', 'agents.tools')).toBe('agents/tools/__init__.py');
  expect(own('main.py', 'agents.extensions')).toBe('(agents.extensions)');
  expect(own('agents/planner.py', 'agents')).toBe('(agents)');
  const module = resolverIn({ 'main.py': '', 'agents.py': 'class Planner: pass', 'roles/agents.py': 'import agents' });
  expect(module('main.py', 'agents')).toBe('agents.py');
  expect(module('agents.py', 'agents')).toBe('(agents)');
  const exporting = resolverIn({ 'main.py': '', 'agents/__init__.py': 'from .a import A', 'agents/a.py': '' });
  expect(exporting('main.py', 'agents')).toBe('agents/__init__.py');
  expect(exporting('agents/a.py', 'agents')).toBe('(agents)');
  expect(resolverIn({ 'main.py': '', 'agents/__init__.py': '' })('main.py', 'agents')).toBe('(agents)');
  const sources = resolverIn({
    'main.py': '',
    'src/agents/__init__.py': 'from .run import Runner',
    'src/agents/run.py': '',
  });
  expect(sources('main.py', 'agents.run')).toBe('(agents.run)');
});

test('the sources of a package that are read in its tree, and a folder that only has its name', () => {
  const isMemory = (module: string) => /^mem(?:[.]|$)/.test(module);
  const resolverIn = (tree: Tree) => {
    const root = makeTree(tree);
    const files = createFiles(discoverFiles([root]).folders);
    return named(root, createResolver({ files, tops: [root], isPublished: isMemory, isReadInItsTree: isMemory }));
  };
  expect(resolverIn({ 'main.py': '', 'mem/__init__.py': '', 'mem/store.py': '' })('main.py', 'mem.store')).toBe(
    'mem/store.py',
  );
  expect(resolverIn({ 'main.py': '', 'mem/example.py': '' })('main.py', 'mem')).toBe('(mem)');
});
