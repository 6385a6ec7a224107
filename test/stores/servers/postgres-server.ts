/** A PostgreSQL server for a test. It refuses to run as root, so there it runs as the user `postgres`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { end, endWithThisProcess, freePort, programPath, runProgram, until } from './processes.ts';

/** Debian keeps the server's programs out of the path; the newest version is the last. */
const folders = globSync('/usr/lib/postgresql/*/bin').sort().reverse();
const initdb = programPath('initdb', folders);
const postgres = programPath('postgres', folders);
const isReady = programPath('pg_isready', folders);
const isRoot = process.getuid?.() === 0;
const setpriv = programPath('setpriv');

export const hasPostgres = initdb !== null && postgres !== null && isReady !== null && (!isRoot || setpriv !== null);

export interface PostgresServer {
  readonly port: number;
  readonly url: string;
  readonly pid: () => number | undefined;
  readonly start: () => Promise<void>;
  /** SIGINT ends connections; SIGQUIT is a crash, from which it recovers by its log. */
  readonly stop: (signal?: 'SIGINT' | 'SIGQUIT') => Promise<void>;
  readonly freeze: () => void;
  readonly resume: () => void;
  readonly remove: () => Promise<void>;
}

export async function postgresServer(): Promise<PostgresServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'farthing-postgres-'));
  const data = join(folder, 'data');
  const user = isRoot ? userOf('postgres') : null;
  if (user !== null) chownSync(folder, user.uid, user.gid);
  runProgram(...asUser(user, initdb ?? '', ['-D', data, '-U', 'farthing', '-A', 'trust', '--no-sync', '-E', 'UTF8']));
  let child: ChildProcess | null = null;
  let frozen: number[] = [];

  const server: PostgresServer = {
    port,
    url: `postgresql://farthing@127.0.0.1:${port}/postgres`,
    pid: () => child?.pid,
    async start() {
      const args = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder];
      child = spawn(...asUser(user, postgres ?? '', args), { stdio: 'ignore' });
      endWithThisProcess(child, 'QUIT');
      await until('postgres answers', () => {
        try {
          runProgram(isReady ?? '', ['-h', '127.0.0.1', '-p', String(port), '-t', '1']);
          return true;
        } catch {
          return false;
        }
      });
    },
    async stop(signal = 'SIGINT') {
      if (child !== null) await end(child, signal);
      child = null;
    },
    freeze() {
      frozen = family(child);
      for (const pid of frozen) process.kill(pid, 'SIGSTOP');
    },
    resume() {
      for (const pid of frozen) process.kill(pid, 'SIGCONT');
      frozen = [];
    },
    async remove() {
      server.resume();
      await server.stop('SIGQUIT');
      rmSync(folder, { recursive: true });
    },
  };
  await server.start();
  return server;
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

function userOf(name: string): User {
  return { uid: Number(runProgram('id', ['-u', name])), gid: Number(runProgram('id', ['-g', name])) };
}

function asUser(user: User | null, program: string, args: readonly string[]): [string, string[]] {
  if (user === null) return [program, [...args]];
  const identity = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'];
  return [setpriv ?? '', [...identity, program, ...args]];
}

/** The server and the processes that it has started, one for each connection among them. */
function family(child: ChildProcess | null): number[] {
  if (child?.pid === undefined) return [];
  const children = runProgram('ps', ['-o', 'pid=', '--ppid', String(child.pid)]);
  return [child.pid, ...children.trim().split(/\s+/).map(Number)];
}
