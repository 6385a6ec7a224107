/** What the contract suite needs of a driver. */
import type {
  BudgetStore,
  CacheStore,
  LedgerStore,
  RateStore,
  RecordStore,
  VectorStore,
} from '../../../runtime/src/stores/store.ts';
import type { StoreAddress } from '../open.ts';

/** Stores over one connection; a driver has those that it promises. */
export interface Stores {
  readonly budgets?: BudgetStore;
  readonly cache?: CacheStore;
  readonly rates?: RateStore;
  readonly ledger?: LedgerStore;
  readonly vectors?: VectorStore;
  readonly records?: RecordStore;
}

export interface Driver {
  readonly name: string;
  /** Stores that are empty, and share nothing with those opened before. */
  readonly open: () => Promise<Stores>;
  /** The store's time. */
  readonly now: () => number;
  /** Lets time go by: at once where the clock can be set, by waiting where it is a server's. */
  readonly pass: (milliseconds: number) => Promise<void>;
  /** True where `pass` costs nothing, so that days can go by in a test. */
  readonly isClockSet: boolean;
  /** Runs of each property. */
  readonly runs: number;
  /** The only dimension of its vectors; other stores take any. */
  readonly dimension?: number;
  /** Where other processes find a store that is empty; null where it cannot be shared. */
  readonly address: (() => StoreAddress) | null;
}

/** The store under test; its absence would be an error of the suite. */
export function need<Store>(store: Store | undefined): Store {
  if (store === undefined) throw new Error('The driver under test does not have this store.');
  return store;
}
