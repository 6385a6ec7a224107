/** Cached answers of one process. */
import { LRUCache } from 'lru-cache';
import { type Clock, steady } from '../clock.ts';
import type { CacheEntry, CacheStore } from '../store.ts';

/** What an entry costs besides its bytes: the cache's own records, measured roughly. */
const OVERHEAD = 256;

export interface MemoryCacheOptions {
  /** Maximum size of all entries in bytes; 64 MiB by default. */
  readonly maximumBytes?: number;
  readonly clock?: Clock;
}

interface Kept extends Omit<CacheEntry, 'age'> {
  readonly partition: string;
  readonly storedAt: number;
  readonly expiresAt: number;
}

/** A cache in memory, for one process and limited in bytes: the least recently used entries are evicted first. */
export function memoryCache({
  maximumBytes = 64 * 1024 * 1024,
  clock = Date.now,
}: MemoryCacheOptions = {}): CacheStore {
  const now = steady(clock);
  const entries = new LRUCache<string, Kept>({
    maxSize: maximumBytes,
    sizeCalculation: ({ bytes, meta, partition }, key) =>
      bytes.byteLength + 2 * (meta.length + partition.length + key.length) + OVERHEAD,
  });

  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return null;
      const { bytes, meta, storedAt, expiresAt } = entry;
      const time = now();
      if (expiresAt > time) return { bytes, meta, age: time - storedAt };
      entries.delete(key);
      return null;
    },

    set({ key, partition, bytes, meta, lifetime }) {
      const storedAt = now();
      // A copy: the caller's bytes may be a view of a larger buffer, which would be kept alive without being counted.
      entries.set(key, { bytes: bytes.slice(), meta, partition, storedAt, expiresAt: storedAt + lifetime });
    },

    delete(key) {
      entries.delete(key);
    },

    purge(partition) {
      const keys = [...entries.entries()].filter(([, entry]) => (partition ?? entry.partition) === entry.partition);
      for (const [key] of keys) entries.delete(key);
      return keys.length;
    },

    close() {
      entries.clear();
    },
  };
}
