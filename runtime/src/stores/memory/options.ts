import { MeterError } from '../../core/errors.ts';
import { count, fun, object, readOptions } from '../../support/schema.ts';
import type { Clock } from '../clock.ts';

export interface MemoryOptions {
  /** Limits of the cache. */
  readonly cache?: MemoryCacheLimits;
  /** Limits of the ledger. */
  readonly ledger?: MemoryLedgerOptions;
  /** The clock, for tests. Default: the current time. */
  readonly clock?: Clock;
}

export interface MemoryCacheLimits {
  /** The maximum size of all entries, in bytes. Default: 64 MiB. */
  readonly maximumBytes?: number;
}

export interface MemoryLedgerOptions {
  /** The maximum number of rows: beyond it the oldest tenth is deleted. Default: 100,000. */
  readonly maximumRows?: number;
}

export const memorySchema = object<MemoryOptions>('MemoryOptions', {
  cache: object<MemoryCacheLimits>('MemoryCacheLimits', { maximumBytes: count({ min: 1 }) }),
  ledger: object<MemoryLedgerOptions>('MemoryLedgerOptions', { maximumRows: count({ min: 1 }) }),
  clock: fun<Clock>(),
});

/** @throws MeterError for options that are not known or not of their kind */
export function readMemoryOptions(input: MemoryOptions): MemoryOptions {
  return readOptions(memorySchema, input, (message) => new MeterError(message), 'memoryStores');
}
