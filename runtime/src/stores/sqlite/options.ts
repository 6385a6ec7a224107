import { MeterError } from '../../core/errors.ts';
import { count, fun, milliseconds, object, oneOf, readOptions, required, text } from '../../support/schema.ts';
import type { Clock } from '../clock.ts';

export interface SqliteOptions {
  /** The file, on a local disk. It and its folder are created if they are missing. */
  readonly path: string;
  /** Milliseconds to wait for other processes before an operation fails as `busy`. Default: 5,000. */
  readonly busyTimeout?: number;
  /**
   * `process` survives the death of any process, but a power failure may lose the last writes. `power` waits for the disk at
   * every write, which takes milliseconds instead of tens of microseconds. Default: `process`.
   */
  readonly durability?: 'process' | 'power';
  /** Limits of the cache. */
  readonly cache?: SqliteCacheOptions;
  /** Limits of the ledger. */
  readonly ledger?: SqliteLedgerOptions;
  /** Limits of the vectors of the semantic cache. */
  readonly vectors?: SqliteVectorsOptions;
  /** The clock, for tests. Default: the current time. */
  readonly clock?: Clock;
}

export interface SqliteCacheOptions {
  /** The maximum size of all entries, in bytes. Default: 256 MiB. */
  readonly maximumBytes?: number;
}

export interface SqliteLedgerOptions {
  /** The maximum number of rows: beyond it the oldest tenth is deleted. Default: no limit. */
  readonly maximumRows?: number;
}

export interface SqliteVectorsOptions {
  /** The maximum number of vectors; the least recently used are evicted first. Default: 100,000. */
  readonly maximumEntries?: number;
}

export const sqliteSchema = object<SqliteOptions>('SqliteOptions', {
  path: required(text()),
  busyTimeout: milliseconds({ min: 0 }),
  durability: oneOf(['process', 'power']),
  cache: object<SqliteCacheOptions>('SqliteCacheOptions', { maximumBytes: count({ min: 1 }) }),
  ledger: object<SqliteLedgerOptions>('SqliteLedgerOptions', { maximumRows: count({ min: 1 }) }),
  vectors: object<SqliteVectorsOptions>('SqliteVectorsOptions', { maximumEntries: count({ min: 1 }) }),
  clock: fun<Clock>(),
});

/** @throws MeterError for options that are not known or not of their kind */
export function readSqliteOptions(input: SqliteOptions): SqliteOptions {
  return readOptions(sqliteSchema, input, (message) => new MeterError(message), 'sqliteStores');
}
