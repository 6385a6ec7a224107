/**
 * Budgets, caches, rate limits and vectors in Redis 6 or later (or Valkey), as a single server or a cluster, through `ioredis`,
 * which the application installs. There is no ledger: rows that are kept for months belong on a disk.
 */

import type { BudgetStore, CacheStore, Closable, RateStore, VectorStore } from '../store.ts';
import { redisBudgets } from './budgets.ts';
import { redisCache } from './cache.ts';
import { redisConnection } from './connection.ts';
import { type RedisOptions, readRedisOptions } from './options.ts';
import { redisRates } from './rates.ts';
import { redisVectors } from './vectors.ts';

export interface RedisStores extends Closable {
  readonly budgets: BudgetStore;
  readonly cache: CacheStore;
  readonly rates: RateStore;
  readonly vectors: VectorStore;
}

/**
 * Connects when a store is first used. Failures are `StoreError`s, within `timeout`; after a failure it reconnects
 * automatically. What a failover of the server can lose is in `docs/runtime/stores.md`.
 *
 * @throws MeterError for options that are not known or not of their kind
 * @example const stores = redisStores({ url: 'redis://127.0.0.1:6379' });
 */
export function redisStores(options: RedisOptions = {}): RedisStores {
  const connection = redisConnection(readRedisOptions(options));
  const vectors = redisVectors(connection);
  return {
    budgets: redisBudgets(connection),
    cache: redisCache(connection),
    rates: redisRates(connection),
    vectors,
    close: async () => {
      vectors.close();
      await connection.close();
    },
  };
}
