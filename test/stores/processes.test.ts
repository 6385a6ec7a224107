/** Servers of tests end with the process that started them, also where it is killed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { hasPostgres } from './servers/postgres-server.ts';
import { until } from './servers/processes.ts';
import { hasRedis } from './servers/redis-server.ts';

const STARTERS = [
  { name: 'redis-server', isAvailable: hasRedis, module: './servers/redis-server.ts', start: 'redisServer' },
  { name: 'postgres', isAvailable: hasPostgres, module: './servers/postgres-server.ts', start: 'postgresServer' },
];

for (const { name, isAvailable, module, start } of STARTERS) {
  test.skipIf(!isAvailable)(`${name} ends with a process that is killed, frozen as well`, async () => {
    const code = `
      const { ${start} } = await import(${JSON.stringify(new URL(module, import.meta.url).href)});
      const server = await ${start}();
      server.freeze();
      process.stdout.write(String(server.pid()));
      setInterval(() => {}, 1000);`;
    const starter = spawn(process.execPath, ['--input-type=module', '--eval', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [pid] = await once(starter.stdout, 'data');
    expect(isRunning(Number(pid))).toBe(true);
    starter.kill('SIGKILL');
    await until('the server has ended', () => !isRunning(Number(pid)));
  });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
