/** The Redis stores on a Cluster: the contract, and where the keys lie. */
import { Cluster, Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RedisStores, redisStores } from '../../runtime/src/stores/redis/redis.ts';
import { contract } from './contract/contract.ts';
import type { Driver } from './contract/driver.ts';
import { failure } from './failure.ts';
import { PATIENT, passRealTime } from './in-time.ts';
import { until } from './servers/processes.ts';
import { type RedisCluster, redisCluster } from './servers/redis-cluster.ts';
import { hasRedis } from './servers/redis-server.ts';

describe.skipIf(!hasRedis)('with three nodes', () => {
  let cluster: RedisCluster;
  const opened: RedisStores[] = [];
  let namespaces = 0;
  beforeAll(async () => {
    cluster = await redisCluster();
  });
  afterAll(async () => {
    for (const stores of opened) await stores.close();
    await cluster.remove();
  });

  const namespace = () => `test-${namespaces++}`;
  function open(name = namespace(), timeout = PATIENT): RedisStores {
    const stores = redisStores({ cluster: cluster.nodes.slice(0, 1), namespace: name, timeout });
    opened.push(stores);
    return stores;
  }

  const driver: Driver = {
    name: 'redis cluster',
    open: async () => open(),
    now: Date.now,
    pass: passRealTime,
    isClockSet: false,
    runs: 15,
    address: () => ({ store: 'redis', options: { cluster: cluster.nodes, namespace: namespace(), timeout: PATIENT } }),
  };

  contract(driver, ['budgets', 'cache', 'rates', 'vectors']);

  const total = { key: 'total', window: 'month', cap: 100 } as const;

  async function keysOf(pattern: string): Promise<number[]> {
    const counts = cluster.nodes.map(async ({ port }) => {
      const node = new Redis(port);
      const keys = await node.keys(pattern);
      node.disconnect();
      return keys.length;
    });
    return Promise.all(counts);
  }

  test('the budgets of a namespace lie on one node, its cached answers on all', async () => {
    const name = namespace();
    const { budgets, cache, rates } = open(name);
    for (let index = 0; index < 60; index++) {
      const scopes = [total, { ...total, key: `user:${index}` }];
      await budgets.reserve({ id: String(index), scopes, amount: 1, lease: 60_000 });
      await rates.take([
        { key: `user:${index}`, capacity: 5, perSecond: 0.01, amount: 1 },
        { key: 'all', capacity: 500, perSecond: 0.01, amount: 1 },
      ]);
      await cache.set({ key: String(index), partition: 'p', bytes: new Uint8Array(1), meta: '', lifetime: 60_000 });
    }
    expect((await keysOf(`{${name}:budgets}*`)).filter((count) => count > 0)).toHaveLength(1);
    expect((await keysOf(`{${name}:rates}*`)).filter((count) => count > 0)).toHaveLength(1);
    expect((await keysOf(`${name}:cache:*`)).every((count) => count > 5)).toBe(true);
    expect(await cache.purge('p')).toBe(60);
    expect((await keysOf(`${name}:cache:*`)).every((count) => count === 0)).toBe(true);
  });

  test('a client of the application is used, and left open', async () => {
    const client = new Cluster([...cluster.nodes]);
    const stores = redisStores({ client, namespace: namespace() });
    expect(await stores.budgets.reserve({ id: 'a', scopes: [total], amount: 1, lease: 1000 })).toEqual({
      isGranted: true,
    });
    await stores.close();
    expect(await client.ping()).toBe('PONG');
    client.disconnect();
  });

  test('a node that hangs is an error in time, and calls go on when it answers again', async () => {
    const name = namespace();
    await open(name).budgets.reserve({ id: 'before', scopes: [total], amount: 10, lease: 60_000 });
    const holder = (await keysOf(`{${name}:budgets}*`)).findIndex((count) => count > 0);
    const { budgets } = open(name, 300);
    const works = () =>
      until('calls go through', async () => {
        try {
          await budgets.states([total]);
          return true;
        } catch {
          return false;
        }
      });
    await works();
    cluster.servers[holder]?.freeze();
    const error = await failure(() => budgets.reserve({ id: 'x', scopes: [total], amount: 1, lease: 60_000 }));
    expect(error).toMatchObject({ store: 'redis', failure: 'unavailable' });
    cluster.servers[holder]?.resume();
    await works();
    // What the hanging node had been sent it may have done when it woke up: with the same id that is decided once.
    const patient = open(name).budgets;
    await patient.settle('x', 0);
    expect(await patient.states([total])).toMatchObject([{ reserved: 10 }]);
  });
});
