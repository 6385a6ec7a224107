/** Vectors in Qdrant 1.11 or later, through `@qdrant/js-client-rest`, which the application installs. */
import type { Closable, VectorStore } from '../store.ts';
import { qdrantConnection } from './client.ts';
import { type QdrantOptions, readQdrantOptions } from './options.ts';
import { qdrantVectors } from './vectors.ts';

export interface QdrantStores extends Closable {
  readonly vectors: VectorStore;
}

/**
 * Connects when it is first used, and creates its collections if they are missing. Failures are `StoreError`s, within
 * `timeout`. Vectors expire by the clocks of your processes.
 *
 * @throws MeterError for options that are not known or not of their kind
 * @example const stores = combineStores(qdrantStores({ url, apiKey }), redisStores({ url: cacheUrl }));
 */
export function qdrantStores(options: QdrantOptions = {}): QdrantStores {
  const read = readQdrantOptions(options);
  const connection = qdrantConnection(read);
  return { vectors: qdrantVectors(connection, read.collection ?? 'farthing'), close: connection.close };
}
