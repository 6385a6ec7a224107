/**
 * The runtime and bare fetch, alternating call by call, on the fake provider in a separate process. Run by
 * `runtime.ts`; prints its figures as JSON.
 */
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { combineStores, createMeter, type Meter, type MeterOptions, memoryStores } from '../runtime/src/index.ts';
import { redisStores } from '../runtime/src/stores/redis/redis.ts';
import { sqliteStores } from '../runtime/src/stores/sqlite/sqlite.ts';
import { startProviderProcess } from '../test/provider/process.ts';
import { hasRedis, redisServer } from '../test/stores/servers/redis-server.ts';
import { startGateway } from './portkey.ts';
import { percentile } from './process.ts';
import { type Fetch, inTurn, perSecond, readWhole, request, timeOf, timeToFirstByte } from './runtime-calls.ts';

export type Size = '0.5 kB' | '40 kB';

/** Microseconds of the median call; calls a second; megabytes. */
export interface Report {
  /** `bare` by itself, the others as what they add to it. NaN for a gateway that is not installed. */
  readonly misses: Readonly<
    Record<Size, Readonly<Record<'bare' | 'defaults' | 'watched' | 'all' | 'gateway', number>>>
  >;
  readonly hits: Readonly<Record<'0.5 kB, memory' | '40 kB, memory' | '0.5 kB, SQLite', number>>;
  /** Null if there is no server to measure with. */
  readonly redis: { readonly hit: number; readonly ping: number } | null;
  readonly throughput: { readonly bare: number; readonly metered: number; readonly loss: number };
  readonly firstByte: { readonly bare: number; readonly added: number };
  readonly heap: readonly number[];
}

const CALLS = Number(process.argv[2] ?? 2000);
const CALLS_FOR_MEMORY = Number(process.argv[3] ?? 20_000);
const SLICES = 20;
const CONCURRENCY = 32;

const provider = await startProviderProcess({ quick: true });
const gateway = await startGateway(provider.url);
const url = `${provider.url}/v1/chat/completions`;
const bare: Fetch = globalThis.fetch;
const base: MeterOptions = {
  prices: [{ model: 'small', input: 1, output: 2 }],
  hosts: { [new URL(provider.url).host]: 'openai' },
};
const meters: Meter[] = [];
const metered = (options: MeterOptions = {}): Fetch => {
  const meter = createMeter({ ...base, ...options });
  meters.push(meter);
  return meter.fetch;
};
const call = (fetch: Fetch, init: RequestInit): Promise<number> => timeOf(() => readWhole(fetch, url, init));

/** The same request through the gateway, which gets it and passes it on. */
async function throughGateway(init: RequestInit): Promise<number> {
  if (gateway === null) return Number.NaN;
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(gateway.headers)) headers.set(name, value);
  return timeOf(() => readWhole(bare, `${gateway.url}/v1/chat/completions`, { ...init, headers }));
}

async function misses(bytes: number): Promise<Report['misses'][Size]> {
  const defaults = metered();
  const all = metered({
    cache: { mode: 'on', sampled: true },
    deduplicate: 'on',
    budgets: [{ per: 'total', window: 'month', dollars: 1e6 }],
    limits: [{ per: 'total', requests: 1e9 }],
    retries: 2,
  });
  const times = await inTurn(CALLS, {
    bare: () => call(bare, request(bytes)),
    defaults: () => call(defaults, request(bytes)),
    // The exact cache looks at requests that leave nothing to chance, in shadow as well.
    watched: () => call(defaults, request(bytes, { temperature: 0 })),
    all: () => call(all, request(bytes)),
    gateway: () => throughGateway(request(bytes)),
  });
  return {
    bare: times.bare,
    defaults: times.defaults - times.bare,
    watched: times.watched - times.bare,
    all: times.all - times.bare,
    gateway: times.gateway - times.bare,
  };
}

/** Inside our code: from the call to the response, which the reader has yet to read. */
async function hitOf(bytes: number, options: MeterOptions): Promise<() => Promise<number>> {
  const fetch = metered({ cache: { mode: 'on', sampled: true }, ...options });
  const init = request(bytes);
  await readWhole(fetch, url, init);
  await meters.at(-1)?.flush();
  return async () => {
    let origin: string | null = null;
    const time = await timeOf(async () => {
      origin = (await fetch(url, init)).headers.get('x-farthing-origin');
    });
    if (origin !== 'exact-cache') throw new Error('not a hit');
    return time;
  };
}

async function hits(bytes: number, options: MeterOptions = {}): Promise<number> {
  const { hit } = await inTurn(CALLS, { hit: await hitOf(bytes, options) });
  return hit;
}

/** A hit beside the least that the server can be asked, on one connection. */
async function redisHits(): Promise<Report['redis']> {
  if (!hasRedis) return null;
  const server = await redisServer();
  const client = new Redis(server.url);
  const stores = combineStores(redisStores({ client }), memoryStores());
  const times = await inTurn(CALLS, {
    hit: await hitOf(500, { stores }),
    ping: () => timeOf(() => client.ping()),
  });
  await meters.pop()?.close();
  client.disconnect();
  await server.remove();
  return times;
}

/** Slices that take turns, in either order; each pair sees the same machine, and the loss is that of the median pair. */
async function throughput(bytes: number): Promise<Report['throughput']> {
  const ways = { bare, metered: metered() };
  const rates = { bare: [] as number[], metered: [] as number[] };
  const losses: number[] = [];
  for (let slice = -1; slice < SLICES; slice++) {
    const rate = { bare: 0, metered: 0 };
    for (const name of slice % 2 === 0 ? (['bare', 'metered'] as const) : (['metered', 'bare'] as const)) {
      rate[name] = await perSecond(CALLS, CONCURRENCY, () => readWhole(ways[name], url, request(bytes)));
    }
    if (slice < 0) continue;
    rates.bare.push(rate.bare);
    rates.metered.push(rate.metered);
    losses.push(1 - rate.metered / rate.bare);
  }
  return { bare: percentile(rates.bare, 50), metered: percentile(rates.metered, 50), loss: percentile(losses, 50) };
}

async function firstByte(): Promise<Report['firstByte']> {
  const own = metered();
  const times = await inTurn(CALLS, {
    bare: () => timeToFirstByte(bare, url, request(500, { stream: true })),
    metered: () => timeToFirstByte(own, url, request(500, { stream: true })),
  });
  return { bare: times.bare, added: times.metered - times.bare };
}

/** Megabytes of the heap after so many calls with a bounded cache, a quarter of them at a time. */
async function memory(): Promise<readonly number[]> {
  const stores = memoryStores({ cache: { maximumBytes: 8_000_000 }, ledger: { maximumRows: 10_000 } });
  const fetch = metered({ cache: { mode: 'on', sampled: true }, stores });
  const heap: number[] = [];
  for (let quarter = 0; quarter < 4; quarter++) {
    await perSecond(CALLS_FOR_MEMORY / 4, CONCURRENCY, () => readWhole(fetch, url, request(500)));
    globalThis.gc?.();
    heap.push(process.memoryUsage().heapUsed / 2 ** 20);
  }
  return heap;
}

const file = join(tmpdir(), `farthing-bench-${process.pid}.db`);
const report: Report = {
  misses: { '0.5 kB': await misses(500), '40 kB': await misses(40_000) },
  hits: {
    '0.5 kB, memory': await hits(500),
    '40 kB, memory': await hits(40_000),
    '0.5 kB, SQLite': await hits(500, { stores: sqliteStores({ path: file }) }),
  },
  redis: await redisHits(),
  throughput: await throughput(40_000),
  firstByte: await firstByte(),
  heap: await memory(),
};
for (const meter of meters) await meter.close();
for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
await gateway?.close();
await provider.close();
process.stdout.write(`${JSON.stringify(report)}\n`);
