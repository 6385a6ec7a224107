/**
 * `npm run example -- chat|classify|complaints|faq|rag [--real] [ARGS]`: runs an application of `examples/runtime` and prints its ledger.
 * It needs no key: the providers' addresses are answered by the fake provider, and the ledger goes with the run. `--real`
 * asks the providers themselves, with the keys of the environment, and leaves the ledger where it was called.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startFakeProvider } from '../test/provider/server.ts';
import { buildRuntime } from './lib/bundle-runtime.ts';
import { scriptAnswers } from './lib/example-answers.ts';
import { root } from './lib/root.ts';

const folder = join(root, 'examples', 'runtime');
const [name = '', ...given] = process.argv.slice(2);
const isReal = given.includes('--real');
const args = given.filter((argument) => argument !== '--real');
const main = join(folder, name, 'main.ts');
if (!/^[a-z]+$/.test(name) || !existsSync(main)) {
  const names = readdirSync(folder).filter((entry) => existsSync(join(folder, entry, 'main.ts')));
  process.stderr.write(`npm run example -- ${names.sort().join('|')} [--real]\n`);
  process.exit(2);
}

await buildRuntime(false);
process.exitCode = await (isReal ? runIn(process.env.INIT_CWD ?? process.cwd(), [], {}) : runOnFake());

async function runOnFake(): Promise<number> {
  process.stderr.write('The answers are made up, and no key is needed: --real asks the providers, for money.\n\n');
  const cwd = mkdtempSync(join(tmpdir(), 'farthing-example-'));
  const provider = await startFakeProvider();
  scriptAnswers(provider);
  try {
    const preload = pathToFileURL(join(root, 'test', 'provider', 'preload.ts')).href;
    return await runIn(cwd, ['--import', preload], { FAKE_PROVIDER_URL: provider.url });
  } finally {
    await provider.close();
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** The application, and then what its user would type to see the ledger. */
async function runIn(cwd: string, flags: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  const status = await ended(process.execPath, [...flags, main, ...args], cwd, env);
  if (status !== 0) return status;
  process.stdout.write('\n$ npx --no farthing-runtime report\n');
  return ended(process.execPath, [join(root, 'runtime', 'dist', 'farthing-runtime.cjs'), 'report'], cwd, {});
}

async function ended(
  command: string,
  parts: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<number> {
  // An interrupt reaches the application as well, which then ends by itself.
  const ignore = (): void => {};
  process.on('SIGINT', ignore);
  const child = spawn(command, parts, { cwd, stdio: 'inherit', env: { ...process.env, ...env } });
  const [status] = await once(child, 'exit');
  process.off('SIGINT', ignore);
  return status ?? 1;
}
