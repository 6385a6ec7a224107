/** Redis that is gone, back, hanging, slow, full or set up wrongly: an error in time that says what to do. */
import { inspect } from 'node:util';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { RedisOptions } from '../../runtime/src/stores/redis/options.ts';
import { type RedisStores, redisStores } from '../../runtime/src/stores/redis/redis.ts';
import { failure } from './failure.ts';
import { PATIENT } from './in-time.ts';
import { freePort, until } from './servers/processes.ts';
import { hasRedis, type RedisServer, redisServer } from './servers/redis-server.ts';
import { slowProxy } from './servers/slow-proxy.ts';

const total = { key: 'total', window: 'month', cap: 100 } as const;
const cleanup: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo();
});

async function started(...settings: string[]): Promise<RedisServer> {
  const server = await redisServer(settings);
  cleanup.push(() => server.remove());
  return server;
}

function open(options: RedisOptions): RedisStores {
  const stores = redisStores({ timeout: PATIENT, ...options });
  cleanup.push(() => stores.close());
  return stores;
}

let ids = 0;
const reserve = ({ budgets }: RedisStores, amount = 1) =>
  budgets.reserve({ id: `id-${ids++}`, scopes: [total], amount, lease: 60_000 });

/** Once calls succeed again: without a connection, an operation fails at once. */
const works = (stores: RedisStores) =>
  until('calls go through again', async () => {
    try {
      await stores.budgets.states([total]);
      return true;
    } catch {
      return false;
    }
  });

test('a package that is not installed is named', async () => {
  vi.doMock('ioredis', () => {
    throw new Error("Cannot find package 'ioredis'");
  });
  const error = await failure(() => redisStores().budgets.states([total]));
  vi.doUnmock('ioredis');
  expect(error).toMatchObject({ failure: 'missing', remedy: expect.stringContaining('npm install ioredis') });
});

test('a missing server is reported at once, without the password', async () => {
  const stores = open({ url: `redis://someone:secret-word@127.0.0.1:${await freePort()}` });
  const first = await failure(() => reserve(stores));
  expect(first).toMatchObject({ store: 'redis', failure: 'unavailable' });
  expect(inspect(first, { depth: 9 })).not.toContain('secret-word');
  // Not by waiting, which would take as long as a test may: without a connection nothing is waited for.
  expect(await failure(() => stores.cache.get('k'))).toMatchObject({ failure: 'unavailable' });
});

describe.skipIf(!hasRedis)('with a server', () => {
  test('stopped and started again, calls fail at once and then go on; without persistence its budgets are gone', async () => {
    const server = await started();
    const stores = open({ url: server.url });
    await reserve(stores, 60);
    await server.stop();
    expect(await failure(() => reserve(stores))).toMatchObject({ failure: 'unavailable' });
    expect(await failure(() => stores.rates.take([{ key: 'a', capacity: 1, perSecond: 1, amount: 1 }]))).toMatchObject({
      failure: 'unavailable',
    });
    expect(await failure(() => stores.cache.get('k'))).toMatchObject({ failure: 'unavailable' });
    await server.start();
    await works(stores);
    expect(await stores.budgets.states([total])).toMatchObject([{ spent: 0, reserved: 0 }]);
  });

  test('killed and started again, an append-only file that is synced always has lost nothing', async () => {
    const server = await started('--appendonly', 'yes', '--appendfsync', 'always');
    const stores = open({ url: server.url });
    await stores.budgets.reserve({ id: 'settled', scopes: [total], amount: 50, lease: 60_000 });
    await stores.budgets.settle('settled', 20);
    await stores.budgets.reserve({ id: 'open', scopes: [total], amount: 30, lease: 60_000 });
    await server.stop('SIGKILL');
    await server.start();
    await works(stores);
    expect(await stores.budgets.states([total])).toMatchObject([{ spent: 20, reserved: 30 }]);
    await stores.budgets.settle('open', 5);
    expect(await stores.budgets.states([total])).toMatchObject([{ spent: 25, reserved: 0 }]);
  });

  test('a server that hangs is an error in time, and calls go on when it answers again', async () => {
    const server = await started();
    const stores = open({ url: server.url, timeout: 200 });
    await works(stores);
    server.freeze();
    expect(await failure(() => reserve(stores))).toMatchObject({ failure: 'unavailable' });
    // Longer than the client keeps a connection on which nothing comes back.
    const failures = await Promise.all(Array.from({ length: 50 }, () => failure(() => reserve(stores))));
    expect(new Set(failures.map((error) => error.failure))).toEqual(new Set(['unavailable']));
    server.resume();
    await works(stores);
    expect(await reserve(open({ url: server.url }))).toEqual({ isGranted: true });
  });

  test('a slow server is waited for up to the time limit; a decision is one round trip', async () => {
    const server = await started();
    const proxy = await slowProxy(server.port);
    cleanup.push(() => proxy.close());
    const url = `redis://127.0.0.1:${proxy.port}`;
    const stores = open({ url });
    await reserve(stores);
    await stores.cache.set({ key: 'k', partition: '', bytes: new Uint8Array(9), meta: '', lifetime: 60_000 });
    await stores.rates.take([{ key: 'a', capacity: 9, perSecond: 1, amount: 1 }]);
    const before = proxy.roundTrips;
    await reserve(stores);
    await stores.cache.get('k');
    await stores.rates.take([{ key: 'a', capacity: 9, perSecond: 1, amount: 1 }]);
    expect(proxy.roundTrips - before).toBe(3);
    const impatient = open({ url, timeout: 300 });
    await works(impatient);
    proxy.hold();
    const late = failure(() => reserve(impatient));
    const granted = reserve(stores);
    expect(await late).toMatchObject({ failure: 'unavailable' });
    proxy.release();
    expect(await granted).toEqual({ isGranted: true });
  });

  test('a server whose memory is full is an error; what it has is still read', async () => {
    const server = await started('--maxmemory', '4mb', '--maxmemory-policy', 'noeviction');
    const stores = open({ url: server.url });
    await stores.budgets.reserve({ id: 'before', scopes: [total], amount: 10, lease: 60_000 });
    const fill = async () => {
      for (let index = 0; index < 100; index++) {
        await stores.cache.set({
          key: String(index),
          partition: '',
          bytes: new Uint8Array(100_000),
          meta: 'm',
          lifetime: 60_000,
        });
      }
    };
    expect(await failure(fill)).toMatchObject({ failure: 'full' });
    // A small write may find room that the large one left.
    const administrator = new Redis(server.url);
    await administrator.config('SET', 'maxmemory', '1mb');
    expect(await failure(() => reserve(stores))).toMatchObject({ failure: 'full' });
    expect(await failure(() => stores.budgets.settle('before', 1))).toMatchObject({ failure: 'full' });
    expect(await stores.cache.get('0')).toMatchObject({ meta: 'm' });
    await administrator.config('SET', 'maxmemory', '100mb');
    administrator.disconnect();
    expect(await reserve(stores)).toEqual({ isGranted: true });
    expect(await stores.budgets.states([total])).toMatchObject([{ reserved: 11 }]);
  });

  test('a server that evicts what expires keeps budgets; one that evicts anything is refused for them', async () => {
    const server = await started('--maxmemory', '6mb', '--maxmemory-policy', 'volatile-lru');
    const stores = open({ url: server.url });
    await reserve(stores, 60);
    for (let index = 0; index < 100; index++) {
      const bytes = new Uint8Array(100_000);
      await stores.cache.set({ key: String(index), partition: '', bytes, meta: '', lifetime: 60_000 });
    }
    const left = await Promise.all(Array.from({ length: 100 }, (_, index) => stores.cache.get(String(index))));
    expect(left.filter((entry) => entry !== null).length).toBeLessThan(70);
    expect(await stores.budgets.states([total])).toMatchObject([{ reserved: 60 }]);

    const careless = await started('--maxmemory', '6mb', '--maxmemory-policy', 'allkeys-lru');
    const error = await failure(() => reserve(open({ url: careless.url })));
    expect(error).toMatchObject({ failure: 'refused', message: expect.stringContaining('allkeys-lru') });
  });

  test('a wrong password is refused, and is not in the error', async () => {
    const server = await started('--requirepass', 'right-word');
    const wrong = open({ url: `redis://:wrong-word@127.0.0.1:${server.port}` });
    const error = await failure(() => reserve(wrong));
    expect(error).toMatchObject({ failure: expect.stringMatching(/refused|unavailable/) });
    expect(inspect(error, { depth: 9 })).not.toContain('wrong-word');
    const right = open({ url: `redis://:right-word@127.0.0.1:${server.port}` });
    expect(await reserve(right)).toEqual({ isGranted: true });
  });

  test('a key of another program is a miss for the cache, and an error for a budget', async () => {
    const server = await started();
    const stores = open({ url: server.url });
    const other = new Redis(server.url);
    await other.set('farthing:cache:k', 'a string');
    await other.set('{farthing:budgets}:sums', 'a string');
    other.disconnect();
    expect(await stores.cache.get('k')).toBeNull();
    expect(await failure(() => reserve(stores))).toMatchObject({ failure: 'corrupt' });
  });
});
