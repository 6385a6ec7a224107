/** Combines two sets of stores. */
import { MeterError } from '../core/errors.ts';
import { having, readOptions } from '../support/schema.ts';
import type { Closable } from './store.ts';

const storesSchema = having<Closable>('stores, such as redisStores({ ... })', ['close']);

/**
 * The stores of the first, plus those that only the second has. Closing it closes both.
 *
 * @example
 * // Budgets, rate limits and the ledger survive a failover, cached answers are fast:
 * const stores = combineStores(postgresStores({ url }), redisStores({ url: cacheUrl }));
 */
export function combineStores<First extends Closable, Second extends Closable>(
  first: First,
  second: Second,
): First & Omit<Second, keyof First> {
  for (const [name, stores] of Object.entries({ first, second })) {
    readOptions(storesSchema, stores, (message) => new MeterError(message), `combineStores: the ${name}`);
  }
  return {
    ...second,
    ...first,
    async close() {
      try {
        await first.close();
      } finally {
        await second.close();
      }
    },
  };
}
