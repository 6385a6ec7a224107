/** Completes the stores of an application with those that it may leave out. */
import type { Stores } from '../store.ts';
import { memoryRecords } from './records.ts';
import { memoryVectors } from './vectors.ts';

/** The stores, with vectors and records in memory if they have none of their own. */
export function withDefaults(stores: Stores): Required<Stores> {
  const { budgets, cache, rates, ledger, vectors = memoryVectors(), records = memoryRecords() } = stores;
  return {
    budgets,
    cache,
    rates,
    ledger,
    vectors,
    records,
    close: async () => {
      if (stores.vectors === undefined) await vectors.close();
      if (stores.records === undefined) await records.close();
      await stores.close();
    },
  };
}
