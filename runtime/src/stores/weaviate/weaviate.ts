/** Vectors in Weaviate 1.27 or later, through `weaviate-client`, which the application installs. */
import type { Closable, VectorStore } from '../store.ts';
import { weaviateConnection } from './client.ts';
import { readWeaviateOptions, type WeaviateOptions } from './options.ts';
import { weaviateVectors } from './vectors.ts';

export interface WeaviateStores extends Closable {
  readonly vectors: VectorStore;
}

/**
 * Connects when it is first used, and creates its collections if they are missing. Failures are `StoreError`s, within
 * `timeout`. Vectors expire by the clocks of your processes.
 *
 * @throws MeterError for options that are not known or not of their kind
 * @example const stores = combineStores(weaviateStores({ url, apiKey }), redisStores({ url: cacheUrl }));
 */
export function weaviateStores(options: WeaviateOptions = {}): WeaviateStores {
  const read = readWeaviateOptions(options);
  const connection = weaviateConnection(read);
  return { vectors: weaviateVectors(connection, read.collection ?? 'Farthing'), close: connection.close };
}
