/**
 * All stores in one SQLite file, for all processes of one machine. There is nothing to install: SQLite is part of Node.
 */
import type { Clock } from '../clock.ts';
import type { BudgetStore, CacheStore, Closable, LedgerStore, RateStore } from '../store.ts';
import { sqliteBudgets } from './budgets.ts';
import { type SqliteCacheOptions, sqliteCache } from './cache.ts';
import { fileClock } from './clock.ts';
import { type SqliteOptions as FileOptions, sqliteFile } from './file.ts';
import { type SqliteLedgerOptions, sqliteLedger } from './ledger.ts';
import { sqliteRates } from './rates.ts';

export interface SqliteOptions extends FileOptions {
  readonly cache?: SqliteCacheOptions;
  readonly ledger?: SqliteLedgerOptions;
  /** For tests. */
  readonly clock?: Clock;
}

export interface SqliteStores extends Closable {
  readonly budgets: BudgetStore;
  readonly cache: CacheStore;
  readonly rates: RateStore;
  readonly ledger: LedgerStore;
}

/**
 * Opens the file when a store is first used; a new file is readable only by its owner. It must be on a local disk:
 * SQLite's locks and shared memory do not work over network file systems. Failures are `StoreError`s.
 *
 * @example const stores = sqliteStores({ path: 'var/farthing.db' });
 */
export function sqliteStores({ cache, ledger, clock = Date.now, ...options }: SqliteOptions): SqliteStores {
  const file = sqliteFile(options);
  return {
    budgets: sqliteBudgets(file, fileClock(clock)),
    cache: sqliteCache(file, clock, cache),
    rates: sqliteRates(file, clock),
    ledger: sqliteLedger(file, ledger),
    close: () => file.close(),
  };
}
