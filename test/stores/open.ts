/** Opens the stores at an address that can be handed to another process as JSON. */
import type { PineconeOptions } from '../../runtime/src/stores/pinecone/options.ts';
import { pineconeStores } from '../../runtime/src/stores/pinecone/pinecone.ts';
import type { PostgresOptions } from '../../runtime/src/stores/postgres/options.ts';
import { postgresStores } from '../../runtime/src/stores/postgres/postgres.ts';
import type { QdrantOptions } from '../../runtime/src/stores/qdrant/options.ts';
import { qdrantStores } from '../../runtime/src/stores/qdrant/qdrant.ts';
import type { RedisOptions } from '../../runtime/src/stores/redis/options.ts';
import { redisStores } from '../../runtime/src/stores/redis/redis.ts';
import type { SqliteOptions } from '../../runtime/src/stores/sqlite/options.ts';
import { sqliteStores } from '../../runtime/src/stores/sqlite/sqlite.ts';
import type { Closable } from '../../runtime/src/stores/store.ts';
import type { WeaviateOptions } from '../../runtime/src/stores/weaviate/options.ts';
import { weaviateStores } from '../../runtime/src/stores/weaviate/weaviate.ts';
import type { Stores } from './contract/driver.ts';

export type StoreAddress =
  | { readonly store: 'sqlite'; readonly options: SqliteOptions }
  | { readonly store: 'redis'; readonly options: RedisOptions }
  | { readonly store: 'postgres'; readonly options: PostgresOptions }
  | { readonly store: 'qdrant'; readonly options: QdrantOptions }
  | { readonly store: 'pinecone'; readonly options: PineconeOptions }
  | { readonly store: 'weaviate'; readonly options: WeaviateOptions };

export function openStores(address: StoreAddress): Stores & Closable {
  switch (address.store) {
    case 'sqlite':
      return sqliteStores(address.options);
    case 'redis':
      return redisStores(address.options);
    case 'postgres':
      return postgresStores(address.options);
    case 'qdrant':
      return qdrantStores(address.options);
    case 'pinecone':
      return pineconeStores(address.options);
    case 'weaviate':
      return weaviateStores(address.options);
  }
}
