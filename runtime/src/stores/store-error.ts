/**
 * The error that layers catch to decide whether to fail open or closed: every failure of a store is a `StoreError`.
 */
const BRAND = Symbol.for('farthing.StoreError');

/**
 * `busy`: another process held the store for too long. `full`: no space left. `corrupt`: the data cannot be read.
 * `unavailable`: the server cannot be reached, or not in time; the operation may have been performed. `missing`: a
 * package or a platform feature is missing. `refused`: the store is not set up for this, as its remedy says. `closed`:
 * the application has closed it.
 */
export type StoreFailure = 'busy' | 'full' | 'corrupt' | 'unavailable' | 'missing' | 'refused' | 'closed' | 'other';

interface Failure {
  /** `sqlite`, `redis`, `postgres`. */
  readonly store: string;
  readonly failure: StoreFailure;
  /** What happened, without addresses that contain a password. */
  readonly what: string;
  /** What to do, as a sentence. */
  readonly remedy: string;
  readonly cause?: unknown;
}

/** A store could not answer. The message says what happened and what to do; `cause` is the driver's own error. */
export class StoreError extends Error {
  readonly [BRAND] = true;
  override readonly name = 'StoreError';
  readonly store: string;
  readonly failure: StoreFailure;
  readonly remedy: string;

  constructor({ store, failure, what, remedy, cause }: Failure) {
    super(`${store}: ${what}. ${remedy}`, cause === undefined ? {} : { cause });
    this.store = store;
    this.failure = failure;
    this.remedy = remedy;
  }
}

export function isStoreError(error: unknown): error is StoreError {
  return typeof error === 'object' && error !== null && BRAND in error;
}

/** A closed store is not reopened behind the application's back: that would keep a process alive, or a file in use. */
export function storeClosed(store: string): StoreError {
  const remedy = 'Close the meter after its last call has ended, including streams.';
  return new StoreError({ store, failure: 'closed', what: 'it was closed before this operation', remedy });
}
