/**
 * Budgets, rate limits and the ledger in PostgreSQL 12 or later, through `pg`, which the application installs. There is
 * no cache: answers that may be lost at any time are cheaper to keep in Redis or in a file next to the process.
 */

import type { BudgetStore, Closable, LedgerStore, RateStore } from '../store.ts';
import { postgresBudgets } from './budgets.ts';
import { postgresConnection } from './connection.ts';
import { postgresLedger } from './ledger.ts';
import { type PostgresOptions, readPostgresOptions } from './options.ts';
import { postgresRates } from './rates.ts';

export interface PostgresStores extends Closable {
  readonly budgets: BudgetStore;
  readonly rates: RateStore;
  readonly ledger: LedgerStore;
}

/**
 * Connects when a store is first used, and creates its schema if it is missing. Failures are `StoreError`s, within
 * `timeout`. Transactions are expected to run at PostgreSQL's default isolation level, READ COMMITTED.
 *
 * @throws MeterError for options that are not known or not of their kind
 * @example const stores = postgresStores({ url: 'postgresql://app@127.0.0.1/app' });
 */
export function postgresStores(options: PostgresOptions = {}): PostgresStores {
  const connection = postgresConnection(readPostgresOptions(options));
  return {
    budgets: postgresBudgets(connection),
    rates: postgresRates(connection),
    ledger: postgresLedger(connection),
    close: () => connection.close(),
  };
}
