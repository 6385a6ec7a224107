/** Servers for tests: on loopback, on a free port, in a separate folder, and ended by their process id. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where a program is: in a folder that is given, or in the path; null where it is not installed. */
export function programPath(name: string, folders: readonly string[] = []): string | null {
  const all = [...folders, ...(process.env.PATH ?? '').split(delimiter)];
  return all.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}

/** Longer than any machine takes: what takes longer hangs. */
const HANGS = 120_000;

/** Asks again and again until the answer is true; fails where it never comes to be. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + HANGS;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`${what}: not within ${HANGS} ms.`);
    await sleep(20);
  }
}

/** Runs a program to its end; its output is the error where it fails. */
export function runProgram(path: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(path, args, { encoding: 'utf8', timeout: HANGS });
  if (status === 0) return stdout;
  throw error ?? new Error(`${path} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
}

/** Ends a process that a test started, and waits for its end. */
export async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}

/**
 * Ends a server when this process has ended in any way, including being killed: a shell next to it waits for the end of
 * its own input, which is this process.
 *
 * @param signal one after which a server that may be stopped leaves nothing behind
 */
export function endWithThisProcess(server: ChildProcess, signal: 'KILL' | 'QUIT'): void {
  const command = 'read -r _; kill -s "$0" "$1"; kill -s CONT "$1"';
  const watcher = spawn('sh', ['-c', command, signal, String(server.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // An interrupt of the terminal would end it before its time.
    detached: true,
  });
  watcher.unref();
  // The number of a process that has ended may come to be another's.
  server.once('exit', () => watcher.kill('SIGKILL'));
}
