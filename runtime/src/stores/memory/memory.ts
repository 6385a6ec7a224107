/** All stores of one process; their data is lost when it ends. Each also has its own factory. */
import type { BudgetStore, CacheStore, Closable, LedgerStore, RateStore, RecordStore } from '../store.ts';
import { memoryBudgets } from './budgets.ts';
import { memoryCache } from './cache.ts';
import { memoryLedger } from './ledger.ts';
import { type MemoryOptions, readMemoryOptions } from './options.ts';
import { memoryRates } from './rates.ts';
import { memoryRecords } from './records.ts';

export interface MemoryStores extends Closable {
  readonly budgets: BudgetStore;
  readonly cache: CacheStore;
  readonly rates: RateStore;
  readonly ledger: LedgerStore;
  readonly records: RecordStore;
}

/** @example const stores = memoryStores({ cache: { maximumBytes: 16_000_000 } }); */
export function memoryStores(input: MemoryOptions = {}): MemoryStores {
  const { cache, ledger, clock = Date.now } = readMemoryOptions(input);
  const stores = {
    budgets: memoryBudgets({ clock }),
    cache: memoryCache({ ...cache, clock }),
    rates: memoryRates({ clock }),
    ledger: memoryLedger(ledger),
    records: memoryRecords({ clock }),
  };
  return {
    ...stores,
    close() {
      stores.cache.close();
      stores.rates.close();
      stores.records.close();
    },
  };
}
