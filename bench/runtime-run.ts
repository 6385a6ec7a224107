/**
 * The runtime against bare fetch, call by call in turn, on the fake provider in a process of its own. Run by `runtime.ts`;
 * prints its figures as JSON.
 */
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMeter, type Meter, type MeterOptions, memoryStores, sqliteStores } from '../runtime/src/index.ts';
import { startProviderProcess } from '../test/provider/process.ts';
import { startGateway } from './portkey.ts';
import { percentile } from './process.ts';

type Fetch = typeof globalThis.fetch;
type Size = '0.5 kB' | '40 kB';

/** Microseconds of the median call; calls a second; megabytes. */
export interface Report {
  /** `bare` by itself, the others as what they add to it. */
  readonly misses: Readonly<Record<Size, Readonly<Record<'bare' | 'defaults' | 'all' | 'gateway', number>>>>;
  readonly hits: Readonly<Record<'0.5 kB, memory' | '40 kB, memory' | '0.5 kB, SQLite', number>>;
  readonly throughput: { readonly bare: number; readonly metered: number; readonly loss: number };
  readonly firstByte: { readonly bare: number; readonly added: number };
  readonly heap: readonly number[];
}

const CALLS = Number(process.argv[2] ?? 2000);
const WARM_UP = 500;
const provider = await startProviderProcess({ quick: true });
const url = `${provider.url}/v1/chat/completions`;
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

let count = 0;
/** A request of so many bytes; each one another, unless it is to be a hit. */
function request(bytes: number, more: object = {}): RequestInit {
  const content = `${count++} `.padEnd(Math.max(bytes - 160, 8), 'What does a farthing buy? ');
  const body = { model: 'small', messages: [{ role: 'user', content }], max_completion_tokens: 20, ...more };
  return {
    method: 'POST',
    headers: new Headers({ 'content-type': 'application/json', authorization: 'Bearer key' }),
    body: JSON.stringify(body),
  };
}

async function whole(fetch: Fetch, init: RequestInit): Promise<number> {
  const began = performance.now();
  const response = await fetch(url, init);
  await response.text();
  return (performance.now() - began) * 1000;
}

/** Microseconds of the median call, each way in turn so that both see the same machine. */
async function inTurn(
  ways: Readonly<Record<string, (round: number) => Promise<number>>>,
): Promise<Record<string, number>> {
  const times = new Map(Object.keys(ways).map((name) => [name, [] as number[]]));
  for (let round = -WARM_UP; round < CALLS; round++) {
    for (const [name, way] of Object.entries(ways)) {
      const time = await way(round);
      if (round >= 0) times.get(name)?.push(time);
    }
  }
  return Object.fromEntries([...times].map(([name, values]) => [name, percentile(values, 50)]));
}

const gateway = await startGateway(provider.url);

/** The same request through the gateway, which gets it and passes it on. */
async function throughGateway(init: RequestInit): Promise<number> {
  if (gateway === null) return Number.NaN;
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(gateway.headers)) headers.set(name, value);
  return whole((_, options) => globalThis.fetch(`${gateway.url}/v1/chat/completions`, options), { ...init, headers });
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
  const { bare = 0, ...others } = await inTurn({
    bare: () => whole(globalThis.fetch, request(bytes)),
    defaults: () => whole(defaults, request(bytes)),
    all: () => whole(all, request(bytes)),
    gateway: () => throughGateway(request(bytes)),
  });
  const added = (name: string): number => (others[name] ?? 0) - bare;
  return { bare, defaults: added('defaults'), all: added('all'), gateway: added('gateway') };
}

/** Inside our code: from the call to the response, which the reader has yet to read. */
async function hits(bytes: number, options: MeterOptions): Promise<number> {
  const fetch = metered({ cache: { mode: 'on', sampled: true }, ...options });
  const init = request(bytes);
  await whole(fetch, init);
  await meters.at(-1)?.flush();
  const { hit } = await inTurn({
    hit: async () => {
      const began = performance.now();
      const response = await fetch(url, init);
      const time = (performance.now() - began) * 1000;
      if (response.headers.get('x-farthing-origin') !== 'exact-cache') throw new Error('not a hit');
      return time;
    },
  });
  return hit ?? 0;
}

/** Calls a second at so many at once, in slices that take turns. */
async function throughput(bytes: number, concurrency: number): Promise<Report['throughput']> {
  const ways = { bare: globalThis.fetch as Fetch, metered: metered() };
  const slices = { bare: [] as number[], metered: [] as number[] };
  const calls = Math.ceil(CALLS / 4);
  for (let slice = -1; slice < 9; slice++) {
    for (const [name, fetch] of Object.entries(ways) as [keyof typeof ways, Fetch][]) {
      let left = calls;
      const began = performance.now();
      const lane = async (): Promise<void> => {
        while (left-- > 0) await whole(fetch, request(bytes));
      };
      await Promise.all(Array.from({ length: concurrency }, lane));
      if (slice >= 0) slices[name].push(calls / ((performance.now() - began) / 1000));
    }
  }
  const bare = percentile(slices.bare, 50);
  const own = percentile(slices.metered, 50);
  return { bare, metered: own, loss: 1 - own / bare };
}

async function firstByte(): Promise<Report['firstByte']> {
  const own = metered();
  const read = async (fetch: Fetch): Promise<number> => {
    const began = performance.now();
    const response = await fetch(url, request(500, { stream: true }));
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    const time = (performance.now() - began) * 1000;
    while (!(await reader.read()).done);
    return time;
  };
  const medians = await inTurn({ bare: () => read(globalThis.fetch), metered: () => read(own) });
  return { bare: medians.bare ?? 0, added: (medians.metered ?? 0) - (medians.bare ?? 0) };
}

/** Megabytes of the heap after so many calls with a bounded cache, a quarter of them at a time. */
async function memory(calls: number): Promise<readonly number[]> {
  const stores = memoryStores({ cache: { maximumBytes: 8_000_000 }, ledger: { maximumRows: 10_000 } });
  const fetch = metered({ cache: { mode: 'on', sampled: true }, stores });
  const heap: number[] = [];
  for (let quarter = 0; quarter < 4; quarter++) {
    let left = calls / 4;
    const lane = async (): Promise<void> => {
      while (left-- > 0) await whole(fetch, request(500));
    };
    await Promise.all(Array.from({ length: 32 }, lane));
    globalThis.gc?.();
    heap.push(process.memoryUsage().heapUsed / 2 ** 20);
  }
  return heap;
}

const file = join(tmpdir(), `farthing-bench-${process.pid}.db`);
const report: Report = {
  misses: { '0.5 kB': await misses(500), '40 kB': await misses(40_000) },
  hits: {
    '0.5 kB, memory': await hits(500, {}),
    '40 kB, memory': await hits(40_000, {}),
    '0.5 kB, SQLite': await hits(500, { stores: sqliteStores({ path: file }) }),
  },
  throughput: await throughput(40_000, 32),
  firstByte: await firstByte(),
  heap: await memory(Number(process.argv[3] ?? 20_000)),
};
for (const meter of meters) await meter.close();
for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
await gateway?.close();
await provider.close();
process.stdout.write(`${JSON.stringify(report)}\n`);
