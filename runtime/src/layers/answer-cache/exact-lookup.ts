import type { CacheStore } from '../../stores/store.ts';
import type { Keys } from '../support/request-key.ts';
import type { Lookup } from './lookup.ts';

/** Finds the answer to the same request. */
export function exactLookup(store: CacheStore, keyOf: Keys['keyOf']): Lookup {
  return {
    slotOf: (exchange) => {
      const key = keyOf(exchange);
      if (key === null) return null;
      return {
        name: 'exact-cache',
        id: key,
        find: () => store.get(key),
        keep: (answer) => store.set({ key, ...answer }),
      };
    },
  };
}
