/** Runs git so that it changes nothing, asks no network, and runs no program that the repository's configuration names. */
import { execFile, spawnSync } from 'node:child_process';

export class MissingGit extends Error {}

/** Its index and its work tree are compared as they are. */
const NO_PROGRAMS = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.quotePath=false'];

/** Objects that a partial clone lacks are missing, rather than fetched; a comparison does not write the index anew. */
const ENVIRONMENT = { GIT_NO_LAZY_FETCH: '1', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' };

/** Bytes. */
const MAX_OUTPUT = 512 * 1024 * 1024;

/**
 * What git prints in the folder; null if it fails.
 *
 * @throws MissingGit if it is not installed
 */
export function runGit(
  folder: string,
  args: readonly string[],
  { input, env = {} }: { readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Buffer | null {
  const { status, stdout, error } = spawnSync('git', argumentsOf(folder, args), {
    maxBuffer: MAX_OUTPUT,
    env: { ...process.env, ...ENVIRONMENT, ...env },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'ignore'],
    ...(input === undefined ? {} : { input }),
  });
  if (error !== undefined && 'code' in error && error.code === 'ENOENT') throw new MissingGit();
  return status === 0 ? stdout : null;
}

/** The same without waiting for it; null as well if git is not installed. */
export function askGit(folder: string, args: readonly string[], input = ''): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const options = { maxBuffer: MAX_OUTPUT, env: { ...process.env, ...ENVIRONMENT }, encoding: 'buffer' } as const;
    const child = execFile('git', argumentsOf(folder, args), options, (error, stdout) =>
      resolve(error === null ? stdout : null),
    );
    // If it could not be started, or ends before it has read everything, the callback says so.
    child.stdin?.on('error', () => {}).end(input);
  });
}

function argumentsOf(folder: string, args: readonly string[]): string[] {
  return ['-C', folder, ...NO_PROGRAMS, ...args];
}
