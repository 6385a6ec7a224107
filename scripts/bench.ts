/** `npm run bench -- scan DIR... | lsp DIR | runtime | linear | tokens | stores`: installs the peers on first use, builds, measures and prints. */
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
switch (name) {
  case 'scan': {
    const { benchScan } = await import('../bench/scan.ts');
    benchScan(
      rest.map((path) => resolve(callerFolder, path)),
      ROUNDS,
    );
    break;
  }
  case 'lsp': {
    const { benchLsp } = await import('../bench/lsp.ts');
    await benchLsp(resolve(callerFolder, rest[0] ?? '.'), ROUNDS);
    break;
  }
  case 'runtime': {
    const { benchRuntime } = await import('../bench/runtime.ts');
    benchRuntime();
    break;
  }
  case 'linear': {
    const { benchLinear } = await import('../bench/linear.ts');
    benchLinear(ROUNDS);
    break;
  }
  case 'tokens': {
    const { benchTokens } = await import('../bench/tokens.ts');
    benchTokens();
    break;
  }
  case 'stores': {
    const { benchStores } = await import('../bench/stores.ts');
    await benchStores();
    break;
  }
  default:
    console.error('usage: npm run bench -- scan DIR... | lsp DIR | runtime | linear | tokens | stores');
    process.exitCode = 2;
}
