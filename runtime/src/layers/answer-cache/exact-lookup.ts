import type { CacheEntry, CacheStore } from '../../stores/store.ts';
import type { Keys } from '../support/request-key.ts';
import type { Lookup } from './lookup.ts';

/**
 * Finds the answer to the same request.
 *
 * @param memory of the keys of texts; null where texts seldom come again, because asking it takes time as well
 */
export function exactLookup(
  store: CacheStore,
  keyOf: Keys['keyOf'],
  memory: Pick<Keys, 'recall' | 'remember'> | null,
): Lookup {
  return {
    slotOf: (exchange) => {
      const recalled = memory?.recall(exchange) ?? null;
      const key = recalled ?? keyOf(exchange);
      if (key === null) return null;
      const found = (entry: CacheEntry | null): CacheEntry | null => {
        if (entry !== null && recalled === null) memory?.remember(exchange, key);
        return entry;
      };
      return {
        name: 'exact-cache',
        id: key,
        find: () => {
          const entry = store.get(key);
          return entry instanceof Promise ? entry.then(found) : found(entry);
        },
        keep: (answer) => store.set({ key, ...answer }),
      };
    },
  };
}
