/**
 * Builds `runtime/dist`: what an application imports, as ES modules and as CommonJS, with its types, and the command that
 * prints a ledger. Nothing is minified: an application's stack traces lead through it. What servers need (`ioredis`, `pg`)
 * stays outside and is loaded when first used.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, type BuildResult, build, type Plugin } from 'esbuild';
import { licenseText } from './licenses.ts';
import { root } from './root.ts';
import { bundleTypes } from './runtime-types.ts';
import { isUpToDate, stampOf } from './stamp.ts';

const dist = join(root, 'runtime', 'dist');
const SOURCES = ['shared/src', 'runtime/src', 'runtime/package.json', 'package-lock.json', 'scripts/lib'];

const ENTRY = { index: 'runtime/src/index.ts' };
const COMMAND = 'farthing-runtime';

const OUTPUTS = [
  ...['js', 'cjs', 'd.ts', 'd.cts'].map((extension) => `index.${extension}`),
  'tokens.cjs',
  'o200k.cjs',
  `${COMMAND}.cjs`,
].map((name) => join(dist, name));

/** Counting tokens needs a vocabulary of some megabytes: both are files of their own, loaded when first needed. */
const tokensApart: Plugin = {
  name: 'tokens-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^@farthing\/shared\/tokens\/encode$/ }, () => ({ path: './tokens.cjs', external: true }));
    onResolve({ filter: /^tiktoken\/encoders\/o200k_base\.json$/ }, () => ({ path: './o200k.cjs', external: true }));
  },
};

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node22',
  conditions: ['farthing-source'],
  mainFields: ['module', 'main'],
  external: ['ioredis', 'pg'],
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
  const { version } = JSON.parse(readFileSync(join(root, 'runtime', 'package.json'), 'utf8'));
  const cjs = { ...common, format: 'cjs', outExtension: { '.js': '.cjs' } } as const;
  const results: readonly BuildResult[] = await Promise.all([
    build({ ...common, format: 'esm', entryPoints: ENTRY }),
    build({ ...cjs, entryPoints: ENTRY }),
    build({ ...cjs, ...fileOf('tokens', "export { countO200k } from './src/tokens/encode.ts';") }),
    build({
      ...cjs,
      ...fileOf('o200k', "export { default } from 'tiktoken/encoders/o200k_base.json';"),
      plugins: [],
      footer: { js: 'module.exports=module.exports.default;' },
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

function fileOf(name: string, contents: string): BuildOptions {
  return { stdin: { contents, resolveDir: join(root, 'shared'), sourcefile: `${name}.js` }, entryNames: name };
}
