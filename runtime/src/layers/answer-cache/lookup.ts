/** Ways to find a cached answer to a request. The cache tries them in order and does not know their keys. */
import type { Exchange } from '../../core/pipeline.ts';
import type { CacheEntry, CacheStore } from '../../stores/store.ts';

/** The name in ledger rows, savings and events. */
export type LookupName = 'exact-cache' | 'semantic-cache';

export interface Lookup {
  /**
   * Where the answer to a request is cached; null if the request is not looked up in this way. The strictest lookup comes
   * first: requests with the same slot in it are equal and may share one answer in flight.
   */
  readonly slotOf: (exchange: Exchange) => Slot | null;
}

/** The place of one cached answer. */
export interface Slot {
  readonly name: LookupName;
  /** The same for all requests with this slot. */
  readonly id: string;
  readonly find: () => CacheEntry | null | Promise<CacheEntry | null>;
  readonly keep: (kept: KeptAnswer) => void | Promise<void>;
}

/** @see NewEntry in `stores/`, without the key, which the lookup adds. */
export type KeptAnswer = Omit<Parameters<CacheStore['set']>[0], 'key'>;
