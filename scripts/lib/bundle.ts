/**
 * Builds `server/dist`: what is published and what the repository's own commands run. CommonJS, because an extension
 * host and old loaders take nothing else, and without a dependency, so that it runs from any folder.
 */
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { root } from './root.ts';
import { isUpToDate, stampOf } from './stamp.ts';
import { typescriptParserModule } from './typescript-parser.ts';

const dist = join(root, 'server', 'dist');
const stampFile = join(dist, '.stamp');

/** What a bundle is made from, besides the packages that the lock file names. */
const SOURCES = ['shared/src', 'server/src', 'server/package.json', 'package-lock.json', 'scripts/lib'];

/**
 * Large packages that not every run needs: each is a file of its own, loaded when its first importer is. The name is
 * the file's.
 */
const CHUNKS: Readonly<Record<string, string>> = {
  typescript: 'typescript',
  'tiktoken/encoders/o200k_base.json': 'o200k',
  'tiktoken/encoders/cl100k_base.json': 'cl100k',
};

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  conditions: ['source'],
  minify: true,
  // Stack traces in a bug report keep their names.
  keepNames: false,
  legalComments: 'linked',
  write: false,
  outdir: dist,
  logLevel: 'warning',
  logOverride: { 'empty-import-meta': 'silent' },
};

const outputs = ['farthing', 'cli', ...Object.values(CHUNKS)].map((name) => join(dist, `${name}.cjs`));

/** Builds unless nothing has changed since the last time; says on stderr what it did. */
export async function buildBundles(isForced = false): Promise<void> {
  const stamp = stampOf(root, SOURCES);
  if (!isForced && isUpToDate(stampFile, stamp, outputs)) return;
  const started = performance.now();
  const version = JSON.parse(readFileSync(join(root, 'server', 'package.json'), 'utf8')).version;
  const define = { FARTHING_VERSION: JSON.stringify(version) };
  const results = await Promise.all([
    build({ ...common, entryPoints: { farthing: 'server/src/cli/launcher.ts' }, external: ['./cli.cjs'], define }),
    build({ ...common, entryPoints: { cli: 'server/src/cli/entry.ts' }, plugins: [chunksApart], define }),
    ...Object.entries(CHUNKS).map(([specifier, name]) => buildChunk(specifier, name)),
  ]);
  mkdirSync(dist, { recursive: true });
  // A rename is atomic: a run that starts meanwhile sees the old files or the new ones, never a part.
  for (const file of results.flatMap(({ outputFiles }) => outputFiles ?? [])) {
    const temporary = `${file.path}.${process.pid}`;
    writeFileSync(temporary, file.contents, { mode: basename(file.path) === 'farthing.cjs' ? 0o755 : 0o644 });
    renameSync(temporary, file.path);
  }
  writeFileSync(stampFile, stamp);
  process.stderr.write(`Built server/dist in ${((performance.now() - started) / 1000).toFixed(1)} s.\n`);
}

export function removeBundles(): void {
  if (existsSync(dist)) rmSync(dist, { recursive: true });
}

function buildChunk(specifier: string, name: string) {
  const isTypescript = specifier === 'typescript';
  return build({
    ...common,
    stdin: {
      contents: isTypescript
        ? typescriptParserModule(typescriptNames())
        : `export { default } from ${JSON.stringify(specifier)};`,
      resolveDir: join(root, 'shared'),
      sourcefile: `${name}.js`,
    },
    // Named after the chunk: with standard input the bundler would say "stdin".
    entryNames: name,
    footer: { js: 'module.exports=module.exports.default;' },
  });
}

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
