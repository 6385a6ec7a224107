/**
 * The claim that a budget is for: spending by the price table never passes the cap, over several processes that share a
 * store and are killed, whose callers give up and whose provider fails. The provider's own log is the judge.
 */
import { expect, test } from 'vitest';
import { hasPostgres, postgresServer } from '../stores/postgres-server.ts';
import { hasRedis, redisServer } from '../stores/redis-server.ts';
import { temporaryFiles } from '../stores/temporary.ts';
import { type Spend, spendBudget } from './spend.ts';

const CALLS = 20_000;
const TIMEOUT = 300_000;
const { path } = temporaryFiles();

function check(name: string, result: Spend): void {
  const { cap, spent, counted, unknown, refused, calls, killed, largestReservation, requests, seconds, errors } =
    result;
  const share = (amount: number): string => `${((100 * amount) / cap).toFixed(2)}%`;
  process.stdout.write(
    `${name}: ${calls} calls (${refused} refused), ${requests} requests, ${killed} processes killed, ${seconds.toFixed(0)} s; ` +
      `of the cap, the provider was owed ${share(spent)}, ${share(unknown)} was counted for usage nobody could know; ` +
      `largest reservation ${share(largestReservation)}; errors: ${errors.join(', ')}\n`,
  );
  expect(calls).toBeGreaterThan(CALLS * 0.95);
  expect(refused).toBeGreaterThan(100);
  expect(killed).toBe(3);
  expect(largestReservation).toBeLessThanOrEqual(cap * 0.002);
  expect(spent).toBeLessThanOrEqual(cap);
  expect(counted.reserved).toBe(0);
  expect(counted.spent).toBeLessThanOrEqual(cap);
  expect(counted.spent).toBeGreaterThanOrEqual(spent);
  expect(spent + unknown).toBeGreaterThanOrEqual(cap * 0.97);
}

const options = { calls: CALLS, processes: 4, dollars: 12, kills: 3, seed: 7 };

test('SQLite', { timeout: TIMEOUT }, async () => {
  check('SQLite', await spendBudget({ ...options, address: { store: 'sqlite', options: { path: path() } } }));
});

test.skipIf(!hasRedis)('Redis', { timeout: TIMEOUT }, async () => {
  const server = await redisServer();
  try {
    check('Redis', await spendBudget({ ...options, address: { store: 'redis', options: { url: server.url } } }));
  } finally {
    await server.remove();
  }
});

test.skipIf(!hasPostgres)('PostgreSQL', { timeout: TIMEOUT }, async () => {
  const server = await postgresServer();
  try {
    check(
      'PostgreSQL',
      await spendBudget({ ...options, address: { store: 'postgres', options: { url: server.url } } }),
    );
  } finally {
    await server.remove();
  }
});
