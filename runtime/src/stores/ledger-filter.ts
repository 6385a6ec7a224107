/** Which rows of a ledger are asked for. */
import type { LedgerRow } from './ledger-row.ts';
import type { LedgerFilter } from './store.ts';

/** The names that a filter may fix; drivers keep them as columns of their own. */
export const FILTERED = ['feature', 'user', 'tenant', 'model'] as const;

export function matches(row: LedgerRow, filter: LedgerFilter): boolean {
  if (filter.from !== undefined && row.at < filter.from) return false;
  if (filter.to !== undefined && row.at >= filter.to) return false;
  return FILTERED.every((name) => filter[name] === undefined || filter[name] === row[name]);
}
