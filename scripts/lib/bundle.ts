/**
 * Builds `server/dist`: what is published and what the repository's own commands run. CommonJS, because an extension
 * host and old loaders take nothing else, and without a dependency, so that it runs from any folder.
 */
import { copyFileSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { type BuildOptions, type BuildResult, build, type OutputFile, type Plugin } from 'esbuild';
import { packVocabulary } from '../../shared/src/tokens/vocabulary.ts';
import { buildClient } from './bundle-client.ts';
import { licenseText } from './licenses.ts';
import { root } from './root.ts';
import { isUpToDate, stampOf } from './stamp.ts';
import { typescriptParserModule } from './typescript-parser.ts';

const dist = join(root, 'server', 'dist');
/** For editors, the configuration and price tables; for programs, reports. */
const SCHEMAS = [
  'farthing.schema.json',
  'farthing-prices.schema.json',
  'farthing-report.schema.json',
  'farthing-diff.schema.json',
  'farthing-measured.schema.json',
  'farthing-plan.schema.json',
];
/** What the program is made from: its sources, and the packages that the lock file names. */
const SOURCES = ['shared/src', 'server/src', 'server/package.json', 'package-lock.json', ...SCHEMAS, 'scripts/lib'];

const CHUNK_SOURCES = ['package-lock.json', 'scripts/lib', 'shared/src/tokens/vocabulary.ts'];
const PROGRAM = ['farthing.cjs', 'cli.cjs', 'lsp.cjs', 'server.cjs', 'mcp.cjs'];

/**
 * Large packages that not every run needs: each is a separate file, loaded when its first importer is. The name is the
 * file's.
 */
const VOCABULARIES: Readonly<Record<string, string>> = {
  'tiktoken/encoders/o200k_base.json': 'o200k',
  'tiktoken/encoders/cl100k_base.json': 'cl100k',
};
const CHUNKS: Readonly<Record<string, string>> = { typescript: 'typescript', ...VOCABULARIES };
const CHUNK_FILES = [
  ...Object.values(CHUNKS).map((name) => `${name}.cjs`),
  ...Object.values(VOCABULARIES).map((name) => `${name}.bin`),
];

/** Packages from which sources of the repository are generated: their code or data is in the bundle all the same. */
const DERIVED = ['@pydantic/genai-prices', '@lezer/python'];

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  conditions: ['farthing-source'],
  // Some packages' CommonJS build loads its parts in ways that no bundler follows.
  mainFields: ['module', 'main'],
  minify: true,
  // All licences are in one file beside the bundles.
  legalComments: 'none',
  metafile: true,
  write: false,
  outdir: dist,
  outExtension: { '.js': '.cjs' },
  logLevel: 'warning',
  logOverride: { 'empty-import-meta': 'silent' },
};

/** Builds what has changed since the last time, or everything; says on stderr that it did. */
export async function buildBundles(isForced = false): Promise<void> {
  const started = performance.now();
  const isClientBuilt = await buildClient(isForced);
  const program = stampOf(root, SOURCES);
  const names = typescriptNames();
  const chunks = `${stampOf(root, CHUNK_SOURCES)} ${names.join(' ')}`;
  const isBuilt = [
    isClientBuilt,
    await update('program', program, isForced, PROGRAM, () => buildProgram(program)),
    // The packages change rarely and take the longest.
    await update('chunks', chunks, isForced, CHUNK_FILES, () => buildChunks(names)),
  ];
  if (isBuilt.includes(true)) {
    process.stderr.write(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s.\n`);
  }
}

/** Builds one part unless its stamp is the last build's; answers whether it did. */
async function update(
  part: string,
  stamp: string,
  isForced: boolean,
  names: readonly string[],
  make: () => Promise<readonly Output[]>,
): Promise<boolean> {
  const stampFile = join(dist, `.${part}.stamp`);
  const outputs = names.map((name) => join(dist, name));
  if (!isForced && isUpToDate(stampFile, stamp, outputs)) return false;
  const files = await make();
  mkdirSync(dist, { recursive: true });
  for (const file of files) {
    // A rename is atomic: a run that starts meanwhile sees the old file or the new one, never a part.
    const temporary = `${file.path}.${process.pid}`;
    writeFileSync(temporary, file.contents, { mode: basename(file.path) === 'farthing.cjs' ? 0o755 : 0o644 });
    renameSync(temporary, file.path);
  }
  writeFileSync(stampFile, stamp);
  return true;
}

type Output = Pick<OutputFile, 'path' | 'contents'>;

async function buildProgram(stamp: string): Promise<readonly Output[]> {
  const { version } = JSON.parse(readFileSync(join(root, 'server', 'package.json'), 'utf8'));
  const define = { FARTHING_VERSION: JSON.stringify(version), FARTHING_BUILD: JSON.stringify(stamp) };
  const results = await Promise.all([
    build({ ...common, entryPoints: { farthing: 'server/src/cli/launcher.ts' }, external: ['./cli.cjs'], define }),
    build({
      ...common,
      entryPoints: { cli: 'server/src/cli/entry.ts' },
      plugins: [serverApart, sdkApart, chunksApart],
      define,
    }),
    build({ ...common, entryPoints: { mcp: 'server/src/cli/mcp/sdk.ts' } }),
    build({ ...common, entryPoints: { lsp: 'server/src/lsp/launcher.ts' }, external: ['./server.cjs'], define }),
    build({ ...common, entryPoints: { server: 'server/src/lsp/entry.ts' }, plugins: [chunksApart], define }),
  ]);
  mkdirSync(dist, { recursive: true });
  for (const schema of SCHEMAS) copyFileSync(join(root, schema), join(dist, schema));
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
  const others = [...Object.keys(CHUNKS).map((specifier) => specifier.split('/', 1)[0]), ...DERIVED];
  const manifests = others.map((name) => `node_modules/${name}/package.json`);
  writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), licenseText([...inputs, ...manifests]));
  return outputsOf(results);
}

async function buildChunks(names: readonly string[]): Promise<readonly Output[]> {
  const results = await Promise.all([
    buildChunk('typescript', typescriptParserModule(names)),
    ...Object.values(VOCABULARIES).map((name) => buildChunk(name, packedModule(name))),
  ]);
  const require = createRequire(join(root, 'shared', 'package.json'));
  const packed = Object.entries(VOCABULARIES).map(([specifier, name]) => ({
    path: join(dist, `${name}.bin`),
    contents: packVocabulary(require(specifier).bpe_ranks),
  }));
  return [...outputsOf(results), ...packed];
}

/** Text of this size would take longer to be loaded than to be counted with. */
function packedModule(name: string): string {
  return `import { readFileSync } from 'node:fs';
    import { join } from 'node:path';
    export default { bpe_ranks: readFileSync(join(__dirname, '${name}.bin')) };`;
}

function outputsOf(results: readonly BuildResult[]): readonly Output[] {
  return results.flatMap(({ outputFiles }) => outputFiles ?? []);
}

function buildChunk(name: string, contents: string): Promise<BuildResult> {
  return build({
    ...common,
    stdin: { contents, resolveDir: join(root, 'shared'), sourcefile: `${name}.js` },
    // Named after the chunk: with standard input the bundler would say "stdin".
    entryNames: name,
    footer: { js: 'module.exports=module.exports.default;' },
  });
}

/** The command line starts the language server by its own file: no other command has to load it. */
const serverApart: Plugin = {
  name: 'server-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/lsp\/entry\.ts$/ }, () => ({ path: './server.cjs', external: true }));
  },
};

/** The SDK of the protocol for agents is loaded by `farthing mcp` alone. */
const sdkApart: Plugin = {
  name: 'sdk-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/sdk\.ts$/ }, ({ importer }) =>
      /[\\/]mcp[\\/]server\.ts$/.test(importer) ? { path: './mcp.cjs', external: true } : undefined,
    );
  },
};

const chunksApart: Plugin = {
  name: 'chunks-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^(typescript|tiktoken)(\/|$)/ }, ({ path }) => {
      const name = CHUNKS[path];
      return name === undefined ? undefined : { path: `./${name}.cjs`, external: true };
    });
  },
};

/** Every `ts.name` in the sources that import TypeScript as a value; types among them are left out later. */
function typescriptNames(): readonly string[] {
  const names = new Set<string>();
  for (const path of globSync('{server,shared}/src/**/*.ts', { cwd: root })) {
    const text = readFileSync(join(root, path), 'utf8');
    if (path.endsWith('.test.ts') || !/from 'typescript'/.test(text)) continue;
    if (!/^import (type )?ts from 'typescript';$/m.test(text)) {
      throw new Error(
        `${path}: import TypeScript as \`import ts from 'typescript'\`, so that the build sees what is used.`,
      );
    }
    for (const [, name] of text.matchAll(/\bts\.(\w+)/g)) if (name !== undefined) names.add(name);
  }
  return [...names].sort();
}
