/** All stores of one process; their data is lost when it ends. Each also has its own factory. */
import type { Clock } from '../clock.ts';
import type { BudgetStore, CacheStore, Closable, LedgerStore, RateStore } from '../store.ts';
import { memoryBudgets } from './budgets.ts';
import { type MemoryCacheOptions, memoryCache } from './cache.ts';
import { memoryLedger } from './ledger.ts';
import { memoryRates } from './rates.ts';

export interface MemoryStores extends Closable {
  readonly budgets: BudgetStore;
  readonly cache: CacheStore;
  readonly rates: RateStore;
  readonly ledger: LedgerStore;
}

export interface MemoryOptions {
  readonly cache?: Pick<MemoryCacheOptions, 'maximumBytes'>;
  readonly ledger?: { readonly maximumRows?: number };
  /** For tests. */
  readonly clock?: Clock;
}

/** @example const stores = memoryStores({ cache: { maximumBytes: 16_000_000 } }); */
export function memoryStores({ cache, ledger, clock = Date.now }: MemoryOptions = {}): MemoryStores {
  const stores = {
    budgets: memoryBudgets({ clock }),
    cache: memoryCache({ ...cache, clock }),
    rates: memoryRates({ clock }),
    ledger: memoryLedger(ledger),
  };
  return {
    ...stores,
    close() {
      stores.cache.close();
      stores.rates.close();
    },
  };
}
