/** Opens the stores at an address that can be handed to another process as JSON. */
import { type PostgresOptions, postgresStores } from '../../runtime/src/stores/postgres/postgres.ts';
import { type RedisOptions, redisStores } from '../../runtime/src/stores/redis/redis.ts';
import { type SqliteOptions, sqliteStores } from '../../runtime/src/stores/sqlite/sqlite.ts';
import type { Closable } from '../../runtime/src/stores/store.ts';
import type { Stores } from './driver.ts';

export type StoreAddress =
  | { readonly store: 'sqlite'; readonly options: SqliteOptions }
  | { readonly store: 'redis'; readonly options: RedisOptions }
  | { readonly store: 'postgres'; readonly options: PostgresOptions };

export function openStores(address: StoreAddress): Stores & Closable {
  switch (address.store) {
    case 'sqlite':
      return sqliteStores(address.options);
    case 'redis':
      return redisStores(address.options);
    case 'postgres':
      return postgresStores(address.options);
  }
}
