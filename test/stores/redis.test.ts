/** The Redis stores: the contract, against a server of the test's own. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encrypted } from '../../runtime/src/stores/encrypted.ts';
import type { RedisOptions } from '../../runtime/src/stores/redis/options.ts';
import { type RedisStores, redisStores } from '../../runtime/src/stores/redis/redis.ts';
import { contract } from './contract/contract.ts';
import type { Driver } from './contract/driver.ts';
import { failure } from './failure.ts';
import { PATIENT, passRealTime } from './in-time.ts';
import { hasRedis, type RedisServer, redisServer } from './servers/redis-server.ts';

describe.skipIf(!hasRedis)('with a server', () => {
  let server: RedisServer;
  const opened: RedisStores[] = [];
  let namespaces = 0;
  beforeAll(async () => {
    server = await redisServer();
  });
  afterAll(async () => {
    for (const stores of opened) await stores.close();
    await server.remove();
  });

  const namespace = () => `test-${namespaces++}`;
  function open(options: RedisOptions = {}): RedisStores {
    const stores = redisStores({ url: server.url, namespace: namespace(), timeout: PATIENT, ...options });
    opened.push(stores);
    return stores;
  }

  const driver: Driver = {
    name: 'redis',
    open: async () => open(),
    now: Date.now,
    pass: passRealTime,
    isClockSet: false,
    runs: 40,
    address: () => ({ store: 'redis', options: { url: server.url, namespace: namespace(), timeout: PATIENT } }),
  };

  contract(driver, ['budgets', 'cache', 'rates', 'vectors']);
  contract(
    {
      ...driver,
      name: 'redis, encrypted',
      open: async () => ({ cache: encrypted(open().cache, new Uint8Array(32).fill(1)) }),
    },
    ['cache'],
  );

  const total = { key: 'total', window: 'month', cap: 100 } as const;

  test('a client of the application is used, and left open', async () => {
    const client = new Redis(server.url);
    const stores = open({ client });
    expect(await stores.budgets.reserve({ id: 'a', scopes: [total], amount: 1, lease: 1000 })).toEqual({
      isGranted: true,
    });
    await stores.close();
    expect(await client.ping()).toBe('PONG');
    client.disconnect();
  });

  test('a damaged vector is not found, and what a server learns after it lost its data is', async () => {
    const name = namespace();
    const { vectors } = open({ namespace: name });
    const write = { space: 's', partition: '', vector: Float32Array.of(1, 2), lifetime: 60_000 };
    const ids = async () => (await vectors.nearest('s', Float32Array.of(1, 2), 4)).map(({ id }) => id);
    for (const id of ['a', 'b', 'c']) await vectors.set({ ...write, id, meta: id });
    expect((await ids()).toSorted()).toEqual(['a', 'b', 'c']);
    const client = new Redis(server.url);
    await client.hset(`{${name}:vectors}:entry:a`, 'meta', 'b');
    expect((await ids()).toSorted()).toEqual(['b', 'c']);
    await client.del(...(await client.keys(`{${name}:vectors}:*`)));
    await vectors.set({ ...write, id: 'd', meta: 'd' });
    expect(await ids()).toEqual(['d']);
    client.disconnect();
  });

  test('a client that puts something before each key is refused', async () => {
    const client = new Redis(server.url, { keyPrefix: 'app:' });
    const { budgets } = open({ client });
    await expect(budgets.states([total])).rejects.toMatchObject({ failure: 'refused' });
    client.disconnect();
  });

  test('ended windows, settled ids and full buckets are forgotten; budgets have no time to live', async () => {
    const name = namespace();
    const { budgets, rates } = open({ namespace: name });
    const client = new Redis(server.url);
    for (let call = 0; call < 200; call++) {
      const scopes = [{ key: `user:${call}`, window: 10, cap: 100 }, total];
      await budgets.reserve({ id: `id-${call}`, scopes, amount: 60, lease: 1 });
    }
    expect(await client.ttl(`{${name}:budgets}:sums`)).toBe(-1);
    await sleep(50);
    await budgets.states([total]);
    expect(await client.zcard(`{${name}:budgets}:windows`)).toBe(1);
    expect(await client.hlen(`{${name}:budgets}:sums`)).toBe(2);
    await rates.take([{ key: 'user', capacity: 10, perSecond: 100, amount: 1 }]);
    expect(await client.pttl(`{${name}:rates}:user`)).toBeLessThanOrEqual(1010);
    client.disconnect();
  });

  test('what was closed stays closed', async () => {
    const stores = open();
    expect(await stores.cache.get('key')).toBeNull();
    await stores.close();
    expect((await failure(() => stores.cache.get('key'))).failure).toBe('closed');
  });
});
