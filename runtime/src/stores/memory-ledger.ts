/** The calls of one process. */
import type { LedgerRow } from '../ledger/row.ts';
import { matches } from './ledger-filter.ts';
import type { LedgerStore } from './store.ts';

/** A ledger in memory: the last `maximumRows` calls (100,000 by default), gone with the process. */
export function memoryLedger({ maximumRows = 100_000 }: { readonly maximumRows?: number } = {}): LedgerStore {
  const rows = new Map<string, LedgerRow>();
  return {
    append(added) {
      for (const row of added) {
        rows.set(row.id, row);
        if (rows.size > maximumRows) rows.delete(rows.keys().next().value as string);
      }
    },

    async *rows(filter = {}) {
      for (const row of rows.values()) if (matches(row, filter)) yield row;
    },

    prune(before) {
      const old = [...rows.values()].filter(({ at }) => at < before);
      for (const { id } of old) rows.delete(id);
      return old.length;
    },

    close() {},
  };
}
