/**
 * What the layers keep, as small interfaces. A driver is a factory that returns an object literal; it may offer several
 * of them over one connection. Every driver passes the contract suite in `test/stores/`.
 *
 * Times are milliseconds. Windows, leases and lifetimes run on the store's own clock, since processes' clocks differ.
 * Methods of an embedded store may answer at once, those of a server answer later: callers await both, inside a `try`. A
 * store that cannot answer fails with a `StoreError`; arguments that make no sense with a `RangeError`.
 */
import type { Period } from '../windows/period.ts';
import type { LedgerRow } from './ledger-row.ts';

export type { Period, Weekday, Window } from '../windows/period.ts';

export type MaybePromise<Value> = Value | Promise<Value>;

export interface Closable {
  /** Ends connections and timers; safe to call twice. */
  readonly close: () => MaybePromise<void>;
}

/** One cap that a request falls under. */
export interface BudgetScope extends Period {
  /** Whom it counts: `feature:chat`, `user:42`, `total`. */
  readonly key: string;
  /** Nano-dollars; infinite where the scope is only counted. */
  readonly cap: number;
}

export interface Reservation {
  /**
   * Chosen by the caller, anew for each attempt. Reserving again with an id that was granted changes nothing and is
   * granted, for at least a minute after its settlement (in memory: over the last 10,000 ids). A refusal leaves nothing
   * behind: the same id may be tried again, with another amount as well.
   */
  readonly id: string;
  readonly scopes: readonly BudgetScope[];
  /** Nano-dollars: the most that the request can cost. */
  readonly amount: number;
  /** Milliseconds until an unsettled reservation counts as spent in full. */
  readonly lease: number;
}

export interface ScopeState {
  readonly scope: BudgetScope;
  /** Nano-dollars settled in the current window, expired leases at their full amount included. */
  readonly spent: number;
  /** Nano-dollars under leases that still run. */
  readonly reserved: number;
  /** When the window ends, by the store's clock. */
  readonly resetsAt: number;
}

export type ReservationResult =
  | { readonly isGranted: true }
  /** `refusedBy` is the scope with the least left; nothing was reserved anywhere. */
  | { readonly isGranted: false; readonly refusedBy: ScopeState };

/**
 * Money under caps. One decision looks at all scopes of a request at once and reserves in all of them or in none, so that
 * spent + reserved never exceeds a cap, whatever the number of processes.
 */
export interface BudgetStore extends Closable {
  /**
   * Where this fails with a `StoreError`, the store may have reserved all the same: a caller that does not send the request
   * settles the id with 0 when it can, else the lease counts it in full.
   */
  readonly reserve: (reservation: Reservation) => MaybePromise<ReservationResult>;
  /**
   * Replaces what was reserved by what was spent, in the window of the reservation, also where that is more. Once: a
   * second settlement and an unknown id change nothing. A reservation whose lease has run out is corrected from its full
   * amount, for a day after its lease; later it stays.
   */
  readonly settle: (id: string, spent: number) => MaybePromise<void>;
  readonly states: (scopes: readonly BudgetScope[]) => MaybePromise<readonly ScopeState[]>;
}

export interface CacheEntry {
  readonly bytes: Uint8Array;
  /** What the layer needs to know before it uses the bytes: small JSON. */
  readonly meta: string;
  /** Milliseconds since it was stored, by the store's clock: the caller's may show another time. */
  readonly age: number;
}

export interface CacheWrite {
  readonly key: string;
  /** Entries of one partition are purged together: a tenant's. */
  readonly partition: string;
  readonly bytes: Uint8Array;
  readonly meta: string;
  /** Milliseconds until the entry is gone. */
  readonly lifetime: number;
}

/** Bytes by key, bounded in bytes: the least recently used go first. */
export interface CacheStore extends Closable {
  readonly get: (key: string) => MaybePromise<CacheEntry | null>;
  readonly set: (write: CacheWrite) => MaybePromise<void>;
  readonly delete: (key: string) => MaybePromise<void>;
  /** All entries, or one partition's; answers how many there were. */
  readonly purge: (partition?: string) => MaybePromise<number>;
}

export interface Bucket {
  /** `user:42 requests`. */
  readonly key: string;
  /** The most that can be taken at once. */
  readonly capacity: number;
  /** How much comes back each second. */
  readonly perSecond: number;
  /** How much this request takes; more than the capacity is taken as the capacity. */
  readonly amount: number;
}

export type TakeResult =
  | { readonly isTaken: true }
  /** Milliseconds after which the same request would be granted if nobody else took. */
  | { readonly isTaken: false; readonly key: string; readonly retryAfter: number };

/** Token buckets: all of a request's buckets give, or none does. */
export interface RateStore extends Closable {
  readonly take: (buckets: readonly Bucket[]) => MaybePromise<TakeResult>;
  /** Gives back (or, below zero, takes more) where the real size became known; never above the capacity. */
  readonly giveBack: (buckets: readonly Bucket[]) => MaybePromise<void>;
}

export interface LedgerFilter {
  /** Milliseconds since the epoch, from (inclusive) and to (exclusive). */
  readonly from?: number;
  readonly to?: number;
  readonly feature?: string;
  readonly user?: string;
  readonly tenant?: string;
  readonly model?: string;
}

/** One row a call, in the order of writing. What was settled is never lost; text of prompts is never here. */
export interface LedgerStore extends Closable {
  /** A row whose id is known replaces the earlier one. */
  readonly append: (rows: readonly LedgerRow[]) => MaybePromise<void>;
  readonly rows: (filter?: LedgerFilter) => AsyncIterable<LedgerRow>;
  /** Deletes rows from before a time; answers how many. */
  readonly prune: (before: number) => MaybePromise<number>;
}

/** Everything that is kept, over one connection or several. */
export interface Stores extends Closable {
  readonly budgets: BudgetStore;
  readonly cache: CacheStore;
  readonly rates: RateStore;
  readonly ledger: LedgerStore;
}
