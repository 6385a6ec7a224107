/** Cached answers in Momento, through `@gomomento/sdk`, which the application installs. Momento has no index of vectors. */
import type { CacheStore, Closable } from '../store.ts';
import { momentoCache } from './cache.ts';
import { momentoConnection } from './client.ts';
import { type MomentoOptions, readMomentoOptions } from './options.ts';

export interface MomentoStores extends Closable {
  readonly cache: CacheStore;
}

/**
 * Connects when it is first used. Failures are `StoreError`s, within `timeout`.
 *
 * @throws MeterError for options that are not known or not of their kind
 * @example const stores = combineStores(momentoStores({ cache: 'answers' }), postgresStores({ url }));
 */
export function momentoStores(options: MomentoOptions = {}): MomentoStores {
  const read = readMomentoOptions(options);
  const connection = momentoConnection(read);
  return {
    cache: momentoCache(connection, read.cache ?? 'farthing', read.namespace ?? 'farthing'),
    close: connection.close,
  };
}
