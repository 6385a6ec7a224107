/** The calls of one process. */

import { matches } from '../ledger-filter.ts';
import type { LedgerRow } from '../ledger-row.ts';
import type { LedgerStore } from '../store.ts';

/**
 * The oldest rows are deleted together: deleting the first entry of a long map becomes slower the more were deleted
 * before.
 */
const SHARE_REMOVED = 0.1;

/**
 * A ledger in memory: the last `maximumRows` calls (100,000 by default, at times a tenth fewer), lost when the process
 * ends.
 */
export function memoryLedger({ maximumRows = 100_000 }: { readonly maximumRows?: number } = {}): LedgerStore {
  const rows = new Map<string, LedgerRow>();

  function dropOldest(): void {
    let left = Math.ceil(maximumRows * SHARE_REMOVED);
    for (const id of rows.keys()) {
      if (left-- === 0) return;
      rows.delete(id);
    }
  }

  return {
    append(added) {
      for (const row of added) {
        rows.set(row.id, row);
        if (rows.size > maximumRows) dropOldest();
      }
    },

    async *rows(filter = {}) {
      for (const row of rows.values()) if (matches(row, filter)) yield row;
    },

    get: (id) => rows.get(id) ?? null,

    prune(before) {
      const old = [...rows.values()].filter(({ at }) => at < before);
      for (const { id } of old) rows.delete(id);
      return old.length;
    },

    close() {},
  };
}
