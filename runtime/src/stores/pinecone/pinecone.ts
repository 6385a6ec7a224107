/** Vectors in Pinecone, through `@pinecone-database/pinecone`, which the application installs. */
import type { Closable, VectorStore } from '../store.ts';
import { pineconeConnection } from './client.ts';
import { type PineconeOptions, readPineconeOptions } from './options.ts';
import { pineconeVectors } from './vectors.ts';

export interface PineconeStores extends Closable {
  readonly vectors: VectorStore;
}

/**
 * Connects when it is first used. Failures are `StoreError`s, within `timeout`; an embedder of another dimension than the
 * index is one of them. Vectors expire by the clocks of your processes, and a write is visible after a moment.
 *
 * @throws MeterError for options that are not known or not of their kind
 * @example const stores = combineStores(pineconeStores({ host, apiKey }), redisStores({ url: cacheUrl }));
 */
export function pineconeStores(options: PineconeOptions): PineconeStores {
  const connection = pineconeConnection(readPineconeOptions(options));
  return { vectors: pineconeVectors(connection), close: connection.close };
}
