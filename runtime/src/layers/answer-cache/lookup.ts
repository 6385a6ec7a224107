/** Ways of finding the answer to a request among those that were kept: the cache tries them in order, and knows no keys. */
import type { Exchange } from '../../core/pipeline.ts';
import type { CacheEntry, CacheStore } from '../../stores/store.ts';

/** As ledger rows, savings and events have it. */
export type LookupName = 'exact-cache';

export interface Lookup {
  /**
   * Where the answer to a request is kept; null for a request that is not looked up in this way. Lookups stand in the
   * order of what they promise: requests with one slot in the first are equal, and may share one answer in flight.
   */
  readonly slotOf: (exchange: Exchange) => Slot | null;
}

/** The place of one answer. */
export interface Slot {
  readonly name: LookupName;
  /** The same for all requests that have this slot. */
  readonly id: string;
  readonly find: () => CacheEntry | null | Promise<CacheEntry | null>;
  readonly keep: (kept: KeptAnswer) => void | Promise<void>;
}

/** @see NewEntry in `stores/`: without its key, which is the lookup's own. */
export type KeptAnswer = Omit<Parameters<CacheStore['set']>[0], 'key'>;
