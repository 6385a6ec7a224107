/** Selects rows of a ledger. */
import type { LedgerRow } from './ledger-row.ts';
import type { LedgerFilter } from './store.ts';

/** The names that a filter can select; drivers keep them in separate columns. */
export const FILTERED = ['feature', 'user', 'tenant', 'model'] as const;

export function matches(row: LedgerRow, filter: LedgerFilter): boolean {
  if (filter.from !== undefined && row.at < filter.from) return false;
  if (filter.to !== undefined && row.at >= filter.to) return false;
  return FILTERED.every((name) => filter[name] === undefined || filter[name] === row[name]);
}
