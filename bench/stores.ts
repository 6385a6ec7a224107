/** `npm run bench -- stores`: what a reservation with its settlement takes, over the least that the store could take. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { memoryStores } from '../runtime/src/stores/memory/memory.ts';
import { postgresStores } from '../runtime/src/stores/postgres/postgres.ts';
import { redisStores } from '../runtime/src/stores/redis/redis.ts';
import { sqliteStores } from '../runtime/src/stores/sqlite/sqlite.ts';
import type { BudgetScope, BudgetStore, CacheStore } from '../runtime/src/stores/store.ts';
import { hasPostgres, postgresServer } from '../test/stores/servers/postgres-server.ts';
import { hasRedis, redisServer } from '../test/stores/servers/redis-server.ts';

const CAP = 9_000_000_000_000_000;
const PARALLEL = 32;
/** Three scopes, as a request of a user under a feature's and a total cap has them. */
const SCOPES: readonly BudgetScope[] = [
  { key: 'total', window: 'month', cap: CAP },
  { key: 'feature:chat', window: 'day', cap: CAP },
  { key: 'user:42', window: 'day', cap: CAP },
];

interface Row {
  readonly store: string;
  readonly floor: string;
  readonly floorTime: number;
  readonly times: readonly number[];
  readonly perSecond: number;
  readonly small: number | null;
  readonly large: number | null;
}

/** Microseconds of each run, one behind the other, in ascending order. */
async function measure(runs: number, work: (run: number) => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const from = performance.now();
    await work(run);
    times.push((performance.now() - from) * 1000);
  }
  return times.slice(Math.floor(runs / 10)).sort((one, other) => one - other);
}

const share = (times: readonly number[], part: number): number => times[Math.floor(times.length * part)] ?? 0;

async function measureStore(
  store: string,
  runs: number,
  stores: { readonly budgets: BudgetStore; readonly cache?: CacheStore },
  floor: string,
  least: () => unknown,
): Promise<Row> {
  let ids = 0;
  const decide = async () => {
    const id = `call-${ids++}`;
    await stores.budgets.reserve({ id, scopes: SCOPES, amount: 1000, lease: 600_000 });
    await stores.budgets.settle(id, 700);
  };
  const floors = await measure(runs, least);
  const times = await measure(runs, decide);
  const from = performance.now();
  let left = runs;
  await Promise.all(
    Array.from({ length: PARALLEL }, async () => {
      while (left-- > 0) await decide();
    }),
  );
  const perSecond = runs / ((performance.now() - from) / 1000);
  const hit = async (size: number) => {
    const { cache } = stores;
    if (cache === undefined) return null;
    await cache.set({ key: String(size), partition: '', bytes: new Uint8Array(size), meta: '{}', lifetime: 600_000 });
    return share(await measure(runs, () => cache.get(String(size))), 0.5);
  };
  return {
    store,
    floor,
    floorTime: share(floors, 0.5),
    times,
    perSecond,
    small: await hit(500),
    large: await hit(40_000),
  };
}

export async function benchStores(): Promise<void> {
  const rows: Row[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'farthing-bench-'));

  const memory = memoryStores();
  rows.push(await measureStore('memory', 20_000, memory, 'two awaits', async () => await null));

  const plain = new DatabaseSync(join(folder, 'floor.db'));
  plain.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE one (value); INSERT INTO one VALUES (0)',
  );
  const update = plain.prepare('UPDATE one SET value = value + 1');
  const sqlite = sqliteStores({ path: join(folder, 'stores.db') });
  const twoWrites = () => {
    update.run();
    update.run();
  };
  rows.push(await measureStore('SQLite', 5000, sqlite, 'two updates of one row', twoWrites));
  await sqlite.close();
  plain.close();

  if (hasRedis) {
    const server = await redisServer();
    const client = new Redis(server.url);
    const redis = redisStores({ url: server.url });
    const twoPings = async () => {
      await client.ping();
      await client.ping();
    };
    rows.push(await measureStore('Redis', 5000, redis, 'two PINGs', twoPings));
    await redis.close();
    client.disconnect();
    await server.remove();
  }

  if (hasPostgres) {
    const server = await postgresServer();
    const pool = new Pool({ connectionString: server.url });
    await pool.query('CREATE TABLE one (value integer)');
    await pool.query('INSERT INTO one VALUES (0)');
    const postgres = postgresStores({ url: server.url });
    const updateAndSelect = async () => {
      await pool.query('UPDATE one SET value = value + 1');
      await pool.query('SELECT 1');
    };
    rows.push(await measureStore('PostgreSQL', 2000, postgres, 'an update and a SELECT 1', updateAndSelect));
    await postgres.close();
    await pool.end();
    await server.remove();
  }
  rmSync(folder, { recursive: true });
  print(rows);
}

function print(rows: readonly Row[]): void {
  const micro = (value: number | null): string => (value === null ? '' : value.toFixed(value < 10 ? 1 : 0));
  console.log(
    `\n| | reserve + settle, µs: p50 | p99 | floor | µs: p50 | ratio | a second, ${PARALLEL} at once | cache hit 0.5 kB, µs | 40 kB, µs |`,
  );
  console.log('| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |');
  for (const { store, floor, floorTime, times, perSecond, small, large } of rows) {
    const p50 = share(times, 0.5);
    console.log(
      `| ${store} | ${micro(p50)} | ${micro(share(times, 0.99))} | ${floor} | ${micro(floorTime)} | ` +
        `${(p50 / floorTime).toFixed(1)} | ${Math.round(perSecond).toLocaleString('en-US')} | ${micro(small)} | ${micro(large)} |`,
    );
  }
}
