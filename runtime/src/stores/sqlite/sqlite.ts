/**
 * All stores in one SQLite file, for all processes of one machine. There is nothing to install: SQLite is part of Node.
 */
import type { BudgetStore, CacheStore, Closable, LedgerStore, RateStore, RecordStore, VectorStore } from '../store.ts';
import { sqliteBudgets } from './budgets.ts';
import { sqliteCache } from './cache.ts';
import { fileClock } from './clock.ts';
import { sqliteFile } from './file.ts';
import { sqliteLedger } from './ledger.ts';
import { readSqliteOptions, type SqliteOptions } from './options.ts';
import { sqliteRates } from './rates.ts';
import { sqliteRecords } from './records.ts';
import { sqliteVectors } from './vectors.ts';

export interface SqliteStores extends Closable {
  readonly budgets: BudgetStore;
  readonly cache: CacheStore;
  readonly rates: RateStore;
  readonly ledger: LedgerStore;
  readonly vectors: VectorStore;
  readonly records: RecordStore;
}

/**
 * Opens the file when a store is first used; a new file is readable only by its owner. It must be on a local disk:
 * SQLite's locks and shared memory do not work over network file systems. Failures are `StoreError`s.
 *
 * @throws MeterError for options that are not known or not of their kind
 * @example const stores = sqliteStores({ path: 'var/farthing.db' });
 */
export function sqliteStores(input: SqliteOptions): SqliteStores {
  const { cache, ledger, vectors, clock = Date.now, ...options } = readSqliteOptions(input);
  const file = sqliteFile(options);
  return {
    budgets: sqliteBudgets(file, fileClock(clock)),
    cache: sqliteCache(file, clock, cache),
    rates: sqliteRates(file, clock),
    ledger: sqliteLedger(file, ledger),
    vectors: sqliteVectors(file, clock, vectors),
    records: sqliteRecords(file, clock),
    close: () => file.close(),
  };
}
