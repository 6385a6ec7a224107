/** A Redis server for a test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { end, endWithThisProcess, freePort, programPath, until } from './processes.ts';

const program = programPath('redis-server');
export const hasRedis = program !== null && programPath('redis-cli') !== null;

export interface RedisServer {
  readonly port: number;
  readonly url: string;
  readonly pid: () => number | undefined;
  readonly start: () => Promise<void>;
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>;
  /** Takes connections and answers nothing, until it is resumed. */
  readonly freeze: () => void;
  readonly resume: () => void;
  /** Stops it and removes its data. */
  readonly remove: () => Promise<void>;
}

/** `settings` as on the command line: `--appendonly yes`. */
export async function redisServer(settings: readonly string[] = []): Promise<RedisServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'farthing-redis-'));
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--logfile', 'log'];
  let child: ChildProcess | null = null;

  const server: RedisServer = {
    port,
    url: `redis://127.0.0.1:${port}`,
    pid: () => child?.pid,
    async start() {
      child = spawn(program ?? '', [...args, ...settings], { stdio: 'ignore' });
      endWithThisProcess(child, 'KILL');
      await until('redis-server answers', () => answers(port));
    },
    async stop(signal) {
      if (child !== null) await end(child, signal);
      child = null;
    },
    freeze: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    async remove() {
      child?.kill('SIGCONT');
      await server.stop('SIGKILL');
      rmSync(folder, { recursive: true });
    },
  };
  await server.start();
  return server;
}

/** Any reply but that it is still loading. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const done = (isUp: boolean) => {
      socket.destroy();
      resolve(isUp);
    };
    socket.once('data', (data) => done(!data.toString().startsWith('-LOADING')));
    socket.once('error', () => done(false));
    socket.setTimeout(500, () => done(false));
  });
}
