/**
 * The data that layers keep, as small interfaces. A driver is a factory that returns an object literal; it can provide
 * several of them over one connection. Every driver passes the contract suite in `test/stores/`.
 *
 * Times are in milliseconds. Windows, leases and lifetimes use the store's own clock, because the clocks of processes
 * differ. Methods of an embedded store may return at once, those of a server return later: callers await both, inside a
 * `try`. A store that cannot answer fails with a `StoreError`; invalid arguments give a `RangeError`.
 */
import type { Period } from '../windows/period.ts';
import type { LedgerRow } from './ledger-row.ts';

export type { Period, Weekday, Window } from '../windows/period.ts';

export type MaybePromise<Value> = Value | Promise<Value>;

export interface Closable {
  /** Ends connections and timers; safe to call twice. */
  readonly close: () => MaybePromise<void>;
}

/** One cap that applies to a request. */
export interface BudgetScope extends Period {
  /** Whose spending it counts: `feature:chat`, `user:42`, `total`. */
  readonly key: string;
  /** Nano-dollars; infinite if the scope is only counted. */
  readonly cap: number;
}

export interface Reservation {
  /**
   * Chosen by the caller, a new one for each attempt. Reserving again with an id that was granted changes nothing and
   * is granted, for at least a minute after its settlement (in memory: for the last 10,000 ids). A refusal leaves no
   * trace: the same id can be tried again, also with another amount.
   */
  readonly id: string;
  readonly scopes: readonly BudgetScope[];
  /** Nano-dollars: the maximum that the request can cost. */
  readonly amount: number;
  /** Milliseconds until an unsettled reservation counts as spent in full. */
  readonly lease: number;
}

export interface ScopeState {
  readonly scope: BudgetScope;
  /** Nano-dollars settled in the current window, including expired leases at their full amount. */
  readonly spent: number;
  /** Nano-dollars under leases that are still running. */
  readonly reserved: number;
  /** When the window ends, by the store's clock. */
  readonly resetsAt: number;
}

export type ReservationResult =
  | { readonly isGranted: true }
  /** `refusedBy` is the scope with the least left; nothing was reserved anywhere. */
  | { readonly isGranted: false; readonly refusedBy: ScopeState };

/**
 * Spending under caps. One decision checks all scopes of a request at once and reserves in all of them or none, so that
 * spent + reserved never exceeds a cap, whatever the number of processes.
 */
export interface BudgetStore extends Closable {
  /**
   * If this fails with a `StoreError`, the store may still have reserved: a caller that does not send the request
   * settles the id with 0 when it can, or else the lease counts it in full.
   */
  readonly reserve: (reservation: Reservation) => MaybePromise<ReservationResult>;
  /**
   * Replaces the reserved amount with the spent amount, in the window of the reservation, even if that is more. This
   * happens once: a second settlement and an unknown id change nothing. A reservation whose lease has expired is
   * corrected from its full amount, for a day after its lease; later it stays.
   */
  readonly settle: (id: string, spent: number) => MaybePromise<void>;
  readonly states: (scopes: readonly BudgetScope[]) => MaybePromise<readonly ScopeState[]>;
}

export interface CacheEntry {
  readonly bytes: Uint8Array;
  /** Small JSON that the layer needs before it uses the bytes. */
  readonly meta: string;
  /** Milliseconds since it was stored, by the store's clock: the caller's may differ. */
  readonly age: number;
}

export interface CacheWrite {
  readonly key: string;
  /** Entries of one partition, such as a tenant's, are purged together. */
  readonly partition: string;
  readonly bytes: Uint8Array;
  readonly meta: string;
  /** Milliseconds until the entry expires. */
  readonly lifetime: number;
}

/** Bytes by key, limited in size: the least recently used are evicted first. */
export interface CacheStore extends Closable {
  readonly get: (key: string) => MaybePromise<CacheEntry | null>;
  readonly set: (write: CacheWrite) => MaybePromise<void>;
  readonly delete: (key: string) => MaybePromise<void>;
  /** Deletes all entries, or those of one partition; returns how many there were. */
  readonly purge: (partition?: string) => MaybePromise<number>;
}

export interface VectorWrite {
  readonly id: string;
  /** Vectors are only compared with others of their space, which has nothing of another tenant or model. */
  readonly space: string;
  /** Vectors of one partition, such as a tenant's, are purged together. */
  readonly partition: string;
  readonly vector: Float32Array;
  /** Small JSON that is returned with the vector. */
  readonly meta: string;
  /** Milliseconds until the vector expires. */
  readonly lifetime: number;
}

export interface VectorMatch {
  readonly id: string;
  /** The cosine of the angle between the vectors. */
  readonly similarity: number;
  readonly meta: string;
  /** Milliseconds since it was stored, by the store's clock. */
  readonly age: number;
}

/** What is stored with a vector. */
export interface VectorEntry {
  readonly id: string;
  readonly meta: string;
}

/** Vectors by their direction, limited in number: the least recently used are evicted first. */
export interface VectorStore extends Closable {
  /** At most `limit` vectors of a space, the nearest first. */
  readonly nearest: (space: string, vector: Float32Array, limit: number) => MaybePromise<readonly VectorMatch[]>;
  /** Replaces the vector with the same id, whatever its space. */
  readonly set: (write: VectorWrite) => MaybePromise<void>;
  readonly delete: (id: string) => MaybePromise<void>;
  /** Everything that has not expired, in all spaces, or of one partition. Entries may be deleted while it runs. */
  readonly entries: (partition?: string) => AsyncIterable<VectorEntry>;
  /** Deletes all vectors, or those of one partition; returns how many there were. */
  readonly purge: (partition?: string) => MaybePromise<number>;
}

export interface Bucket {
  /** `user:42 requests`. */
  readonly key: string;
  /** The maximum that can be taken at once. */
  readonly capacity: number;
  /** The refill per second. */
  readonly perSecond: number;
  /** How much this request takes, limited to the capacity. */
  readonly amount: number;
}

export type TakeResult =
  | { readonly isTaken: true }
  /** Milliseconds after which the same request would be granted if no other one came first. */
  | { readonly isTaken: false; readonly key: string; readonly retryAfter: number };

/** Token buckets: all of a request's buckets give, or none does. */
export interface RateStore extends Closable {
  readonly take: (buckets: readonly Bucket[]) => MaybePromise<TakeResult>;
  /** Returns (or, if negative, takes) the difference once the real size is known; never above the capacity. */
  readonly giveBack: (buckets: readonly Bucket[]) => MaybePromise<void>;
}

export interface LedgerFilter {
  /** Only calls from this moment on, in milliseconds since the epoch. Default: all. */
  readonly from?: number;
  /** Only calls before this moment, in milliseconds since the epoch. Default: all. */
  readonly to?: number;
  /** Only calls of this feature. Default: all. */
  readonly feature?: string;
  /** Only calls of this user. Default: all. */
  readonly user?: string;
  /** Only calls of this tenant. Default: all. */
  readonly tenant?: string;
  /** Only calls of this team. Default: all. */
  readonly team?: string;
  /** Only calls with this tag. Default: all. */
  readonly tag?: string;
  /** Only calls of this model. Default: all. */
  readonly model?: string;
}

/** One row per call, in the order of writing. Settled calls are never lost; it contains no text of prompts. */
export interface LedgerStore extends Closable {
  /** A row with a known id replaces the earlier one. */
  readonly append: (rows: readonly LedgerRow[]) => MaybePromise<void>;
  readonly rows: (filter?: LedgerFilter) => AsyncIterable<LedgerRow>;
  /** The row with an id; null if there is none. */
  readonly get: (id: string) => MaybePromise<LedgerRow | null>;
  /** Deletes rows older than a time; returns how many. */
  readonly prune: (before: number) => MaybePromise<number>;
}

export interface StoredRecord {
  readonly key: string;
  readonly value: string;
}

/** A change of one record; null deletes it. */
export interface RecordWrite {
  readonly key: string;
  readonly value: string | null;
}

/** Texts by key, in a fixed order of the keys. Nothing expires and nothing is evicted. */
export interface RecordStore extends Closable {
  /** The values in the order of the keys; null for keys without one. */
  readonly get: (keys: readonly string[]) => MaybePromise<readonly (string | null)[]>;
  /** Makes all changes, or none. */
  readonly set: (writes: readonly RecordWrite[]) => MaybePromise<void>;
  /** At most `limit` records whose keys begin with `prefix` and come after `after`. */
  readonly list: (prefix: string, limit: number, after?: string) => MaybePromise<readonly StoredRecord[]>;
  /**
   * Takes a name for `lifetime` milliseconds, or keeps it for so long again; false while another owner has it. A
   * lifetime of 0 gives it back.
   */
  readonly claim: (name: string, owner: string, lifetime: number) => MaybePromise<boolean>;
}

/** All stores, over one connection or several. */
export interface Stores extends Closable {
  readonly budgets: BudgetStore;
  readonly cache: CacheStore;
  readonly rates: RateStore;
  readonly ledger: LedgerStore;
  /** Only the semantic cache uses it. Default: in memory. */
  readonly vectors?: VectorStore;
  /** Only batches and experiments use it. Default: in memory. */
  readonly records?: RecordStore;
}
