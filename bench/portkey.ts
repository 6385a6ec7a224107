/** Portkey's open-source gateway in a separate process, in front of the fake provider. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const FOLDER = import.meta.dirname;
const GATEWAY = join(FOLDER, 'node_modules', '@portkey-ai', 'gateway', 'build', 'start-server.js');
const PATIENCE = 20_000;

export interface Gateway {
  readonly url: string;
  /** Headers that name the provider behind it. */
  readonly headers: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** Null where it is not installed: `npm ci` in bench/ brings it. */
export async function startGateway(provider: string): Promise<Gateway | null> {
  if (!existsSync(GATEWAY)) return null;
  const port = await freePort();
  const preload = join(FOLDER, 'peers', 'loopback-only.cjs');
  const child = spawn(process.execPath, ['--require', preload, GATEWAY, '--headless', `--port=${port}`], {
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  const deadline = performance.now() + PATIENCE;
  while (!(await answers(url))) {
    if (performance.now() > deadline) throw new Error('the gateway did not start.');
    await sleep(100);
  }
  return {
    url,
    headers: { 'x-portkey-provider': 'openai', 'x-portkey-custom-host': `${provider}/v1` },
    close: async () => {
      const gone = once(child, 'exit');
      child.kill();
      await gone;
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    await (await fetch(url)).text();
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free.');
  return address.port;
}
