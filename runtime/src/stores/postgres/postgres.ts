/**
 * Budgets, rate limits, the ledger and vectors in PostgreSQL 12 or later, through `pg`, which the application installs.
 * There is no cache: answers that may be lost at any time are cheaper to keep in Redis or in a file next to the process.
 */

import type { BudgetStore, Closable, LedgerStore, RateStore, VectorStore } from '../store.ts';
import { postgresBudgets } from './budgets.ts';
import { postgresConnection } from './connection.ts';
import { postgresLedger } from './ledger.ts';
import { type PostgresOptions, readPostgresOptions } from './options.ts';
import { postgresRates } from './rates.ts';
import { postgresVectors } from './vectors.ts';

export interface PostgresStores extends Closable {
  readonly budgets: BudgetStore;
  readonly rates: RateStore;
  readonly ledger: LedgerStore;
  readonly vectors: VectorStore;
}

/**
 * Connects when a store is first used, and creates its schema if it is missing. Failures are `StoreError`s, within
 * `timeout`. Transactions are expected to run at PostgreSQL's default isolation level, READ COMMITTED.
 *
 * @throws MeterError for options that are not known or not of their kind
 * @example const stores = postgresStores({ url: 'postgresql://app@127.0.0.1/app' });
 */
export function postgresStores(options: PostgresOptions = {}): PostgresStores {
  const read = readPostgresOptions(options);
  const connection = postgresConnection(read);
  const vectors = postgresVectors(connection, read.vectors);
  return {
    budgets: postgresBudgets(connection),
    rates: postgresRates(connection),
    ledger: postgresLedger(connection),
    vectors,
    close: async () => {
      await vectors.close();
      await connection.close();
    },
  };
}
