/** Selects rows of a ledger. */
import type { LedgerRow } from './ledger-row.ts';
import type { LedgerFilter } from './store.ts';

/** The names that a filter can select and that drivers keep in separate columns; `team` and `tag` are in the row alone. */
export const FILTERED = ['feature', 'user', 'tenant', 'model'] as const;

export function matches(row: LedgerRow, filter: LedgerFilter): boolean {
  if (filter.from !== undefined && row.at < filter.from) return false;
  if (filter.to !== undefined && row.at >= filter.to) return false;
  if (filter.team !== undefined && filter.team !== row.team) return false;
  if (filter.tag !== undefined && !row.tags?.includes(filter.tag)) return false;
  return FILTERED.every((name) => filter[name] === undefined || filter[name] === row[name]);
}
