/**
 * Builds `runtime/dist`: what an application imports, as ES modules and as CommonJS, with its types, and the command that
 * prints a ledger. Nothing is minified: an application's stack traces lead through it. What servers need (`ioredis`,
 * `pg` and other optional peers) stays outside and is loaded when first used.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type BuildOptions, type BuildResult, build, type Plugin } from 'esbuild';
import { licenseText } from './licenses.ts';
import { root } from './root.ts';
import { bundleTypes } from './runtime-types.ts';
import { isUpToDate, stampOf } from './stamp.ts';

const dist = join(root, 'runtime', 'dist');
const SOURCES = ['shared/src', 'runtime/src', 'runtime/package.json', 'package-lock.json', 'scripts/lib'];

const ENTRY = { index: 'runtime/src/index.ts' };
/** What `node --import` loads before an application. */
const RECORD = { record: 'runtime/src/record/entry.ts' };
const COMMAND = 'farthing-runtime';

const OUTPUTS = [
  ...['js', 'cjs', 'd.ts', 'd.cts'].map((extension) => `index.${extension}`),
  'record.js',
  'record.cjs',
  'tokens.js',
  `${COMMAND}.cjs`,
].map((name) => join(dist, name));

/**
 * Counting tokens needs a vocabulary of several megabytes: both are in a separate file, loaded on first use. It is an
 * ES module for `require` as well, by `import()`: in the ES module that a bundler makes of an application, no CommonJS
 * file can require Node's modules.
 */
const tokensApart: Plugin = {
  name: 'tokens-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^@farthing\/shared\/tokens\/encode$/ }, () => ({ path: './tokens.js', external: true }));
  },
};

/** The sources look for a vocabulary by `require`, which a bundle may not have: here it is imported. */
const vocabularyInside: Plugin = {
  name: 'vocabulary-inside',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]tokens[\\/]ranks\.ts$/ }, ({ path }) => ({
      contents: `import o200k from 'tiktoken/encoders/o200k_base.json';
        export const readO200k = () => o200k;
        export const readCl100k = undefined;`,
      resolveDir: dirname(path),
    }));
  },
};

const { version, peerDependencies } = JSON.parse(readFileSync(join(root, 'runtime', 'package.json'), 'utf8'));

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node22',
  conditions: ['farthing-source'],
  mainFields: ['module', 'main'],
  external: Object.keys(peerDependencies),
  plugins: [tokensApart],
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  logOverride: { 'empty-import-meta': 'silent' },
  outdir: dist,
};

/** Builds unless nothing has changed since the last time; answers whether it did. */
export async function buildRuntime(isForced: boolean): Promise<boolean> {
  const stamp = stampOf(root, SOURCES);
  const stampFile = join(dist, '.runtime.stamp');
  if (!isForced && isUpToDate(stampFile, stamp, OUTPUTS)) return false;
  mkdirSync(dist, { recursive: true });
  removeFormerOutputs();
  const cjs = { ...common, format: 'cjs', outExtension: { '.js': '.cjs' } } as const;
  const results: readonly BuildResult[] = await Promise.all([
    build({ ...common, format: 'esm', entryPoints: ENTRY }),
    build({ ...cjs, entryPoints: ENTRY }),
    build({ ...common, format: 'esm', entryPoints: RECORD }),
    build({ ...cjs, entryPoints: RECORD }),
    build({
      ...common,
      format: 'esm',
      stdin: { contents: "export { countO200k } from './src/tokens/encode.ts';", resolveDir: join(root, 'shared') },
      entryNames: 'tokens',
      plugins: [vocabularyInside],
    }),
    build({
      ...cjs,
      entryPoints: { [COMMAND]: 'runtime/src/cli/entry.ts' },
      define: { FARTHING_RUNTIME_VERSION: JSON.stringify(version) },
    }),
  ]);
  await bundleTypes(ENTRY.index, join(dist, 'index.d.ts'));
  // TypeScript takes a declaration's module kind from its name.
  copyFileSync(join(dist, 'index.d.ts'), join(dist, 'index.d.cts'));
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
  const derived = 'node_modules/@pydantic/genai-prices/package.json';
  writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), licenseText([...inputs, derived]));
  writeFileSync(stampFile, stamp);
  return true;
}

/** What an earlier build made and this one does not would be published with it. */
function removeFormerOutputs(): void {
  for (const entry of readdirSync(dist, { withFileTypes: true })) {
    const path = join(dist, entry.name);
    if (entry.isFile() && /\.(js|cjs|ts|cts)$/.test(entry.name) && !OUTPUTS.includes(path)) rmSync(path);
  }
}
