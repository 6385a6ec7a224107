/** The runtime as npm would install it: packed, in a folder outside of the repository, beside nothing but what is linked. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../scripts/lib/root.ts';

const run = promisify(execFile);

export interface InstalledRuntime {
  readonly folder: string;
  /** The package's own files, by their paths in it. */
  readonly files: readonly string[];
  /** Runs a file of the folder, with nothing of the repository to be found; answers the JSON that it prints. */
  readonly runFile: (name: string) => Promise<unknown>;
  readonly remove: () => void;
}

export async function installRuntime(...linked: readonly string[]): Promise<InstalledRuntime> {
  const folder = mkdtempSync(join(tmpdir(), 'farthing-package-'));
  const pack = ['pack', '--json', '--pack-destination', folder];
  const { stdout } = await run('npm', pack, { cwd: join(root, 'runtime'), shell: process.platform === 'win32' });
  const packed: unknown = JSON.parse(stdout);
  // npm 12 answers with an object by name, earlier ones with a list.
  const [tarball] = Object.values(packed as Record<string, { filename: string; files: { path: string }[] }>);
  await run('tar', ['-xzf', `${tarball?.filename.replace(/^@farthing\//, 'farthing-')}`], { cwd: folder });
  mkdirSync(join(folder, 'node_modules', '@farthing'), { recursive: true });
  cpSync(join(folder, 'package'), join(folder, 'node_modules', '@farthing', 'runtime'), { recursive: true });
  for (const name of linked) {
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), 'junction');
  }
  return {
    folder,
    files: tarball?.files.map(({ path }) => path) ?? [],
    runFile: (name) => runForJson(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Runs a file with nothing of the repository to be found; answers the JSON that it prints. */
export async function runForJson(folder: string, file: string, ...args: readonly string[]): Promise<unknown> {
  const env = { ...process.env, NODE_PATH: '' };
  const { stdout } = await run(process.execPath, [file, ...args], { cwd: folder, env });
  return JSON.parse(stdout);
}
