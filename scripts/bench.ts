/** `npm run bench -- scan DIR... | lsp DIR | runtime | linear | tokens | stores | batch [ROWS] | translate RECORDS | route QUESTIONS [ARENA] | experiments | semantic | semantic-pairs [--local] PAIRS [AUDIT] | shape RECORDS | all DIR...`: installs the peers on first use, builds, measures and prints. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { buildBundles } from './lib/bundle.ts';
import { root } from './lib/root.ts';

const ROUNDS = 5;
const folder = join(root, 'bench');
const [name = '', ...rest] = process.argv.slice(2);
const callerFolder = process.env.INIT_CWD ?? process.cwd();

if (!existsSync(join(folder, 'node_modules'))) {
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
  });
  if (npm.status !== 0) throw new Error('the peers could not be installed: run npm ci in bench/ to see why.');
}
await buildBundles();
console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`,
);
const folders = rest.map((path) => resolve(callerFolder, path));

const BENCHMARKS: Readonly<Record<string, () => void | Promise<void>>> = {
  scan: async () => (await import('../bench/scan.ts')).benchScan(folders, ROUNDS),
  linear: async () => (await import('../bench/linear.ts')).benchLinear(ROUNDS),
  tokens: async () => (await import('../bench/tokens.ts')).benchTokens(),
  lsp: async () => (await import('../bench/lsp.ts')).benchLsp(folders[0] ?? callerFolder, ROUNDS),
  runtime: async () => (await import('../bench/runtime.ts')).benchRuntime(),
  batch: async () =>
    (await import('../bench/batch.ts')).benchBatch(rest[0] === undefined ? undefined : Number(rest[0])),
  stores: async () => (await import('../bench/stores.ts')).benchStores(),
  route: async () => {
    (await import('../bench/route.ts')).benchRoute(folders[0] ?? usage());
    if (folders[1] !== undefined) (await import('../bench/route-arena.ts')).benchRouterArena(folders[1]);
    await (await import('../bench/route-sessions.ts')).benchRouteSessions();
  },
  experiments: async () => (await import('../bench/experiments.ts')).benchExperiments(),
  translate: async () => (await import('../bench/translate.ts')).benchTranslate(folders[0] ?? usage()),
  semantic: async () => (await import('../bench/semantic.ts')).benchSemantic(name === 'all' ? [] : folders),
  'semantic-pairs': async () => (await import('../bench/semantic-pairs.ts')).benchSemanticPairs(rest),
  shape: async () => {
    (await import('../bench/shape.ts')).benchShape(folders);
    await (await import('../bench/shape-sessions.ts')).benchShapeSessions();
  },
};

if (name === 'all') {
  for (const [title, run] of Object.entries(BENCHMARKS)) {
    // These need data that is not in the repository.
    if (['semantic-pairs', 'shape', 'translate', 'route'].includes(title)) continue;
    console.log(`\n## ${title}\n`);
    await run();
  }
} else if (BENCHMARKS[name] !== undefined) {
  await BENCHMARKS[name]();
} else {
  usage();
}

function usage(): never {
  console.error(
    'usage: npm run bench -- scan DIR... | lsp DIR | runtime | linear | tokens | stores | batch [ROWS] | translate RECORDS | route QUESTIONS | semantic | semantic-pairs [--local] PAIRS [AUDIT] | shape RECORDS | all DIR...',
  );
  process.exit(2);
}
