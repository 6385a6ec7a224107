/** Large tools that few runs need have their own folder and lock file, and are installed on first use. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { root } from './root.ts';

/** Installs what the lock file of `folder` names, unless it is there; returns the path of one of its files. */
export function installApart(folder: string, file: string): string {
  const home = join(root, folder);
  if (!isInstalled(home)) {
    process.stderr.write(`Installing the packages of ${folder} (npm ci), once ...\n`);
    npmInstall(home, ['ci']);
  }
  return join(home, 'node_modules', file);
}

/** Runs npm in a folder on the Node that runs this; ends the process where that fails. */
export function npmInstall(home: string, args: readonly string[]): void {
  // npm itself has to run on the pinned Node for packages that ask for it.
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
  const result = spawnSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: home,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
    env: { ...process.env, PATH },
  });
  if (result.status === 0) return;
  process.stderr.write(
    `npm ${args[0]} failed in ${home}. Check the network and \`npm config get registry\`, then run this again.\n`,
  );
  process.exit(2);
}

function isInstalled(home: string): boolean {
  const installed = join(home, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const packages = (path: string): Record<string, { version?: string; optional?: boolean }> =>
    JSON.parse(readFileSync(path, 'utf8')).packages ?? {};
  const found = packages(installed);
  return Object.entries(packages(join(home, 'package-lock.json'))).every(
    ([path, { version, optional }]) => path === '' || optional === true || found[path]?.version === version,
  );
}
