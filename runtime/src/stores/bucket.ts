/** The arithmetic of token buckets; each driver stores the levels in its own way. */
import type { Bucket, TakeResult } from './store.ts';

export interface Level {
  /** Negative if a request turned out larger than what was taken for it. */
  readonly level: number;
  /** The time at which this level was current. */
  readonly at: number;
}

/**
 * The current level of a bucket. An unknown bucket is full. If the clock went backwards nothing has been refilled, and
 * the caller stores the level again: a clock that was ahead gives at most one refill, and blocks nothing.
 */
export function refilled({ capacity, perSecond }: Bucket, known: Level | undefined, time: number): number {
  if (known === undefined) return capacity;
  const elapsed = Math.max(0, time - known.at);
  return Math.min(capacity, known.level + (elapsed * perSecond) / 1000);
}

/** What a bucket gives for a request: at most its capacity. */
export function demand({ amount, capacity }: Bucket): number {
  return Math.min(amount, capacity);
}

/** When a bucket is full again, and can be forgotten. */
export function fullAt({ capacity, perSecond }: Bucket, { level, at }: Level): number {
  return at + ((capacity - level) / perSecond) * 1000;
}

/** Milliseconds until a bucket can give what is requested. */
export function waitFor({ perSecond }: Bucket, missing: number): number {
  return Math.ceil((missing / perSecond) * 1000);
}

/**
 * Takes from all buckets or from none. `read` returns the current level of a bucket; `write` receives the new levels,
 * but only if everything was granted. A bucket that is named twice gives twice.
 */
export function takeAll(
  buckets: readonly Bucket[],
  read: (bucket: Bucket) => number,
  write: (bucket: Bucket, level: number) => void,
): TakeResult {
  const levels = new Map<string, number>();
  let refusal: { key: string; retryAfter: number } | null = null;
  for (const bucket of buckets) {
    const left = (levels.get(bucket.key) ?? read(bucket)) - demand(bucket);
    levels.set(bucket.key, left);
    // Levels are fractions: a request that waited as long as it was told must not fail because of a rounding error.
    if (left >= -1e-6) continue;
    const retryAfter = waitFor(bucket, -left);
    if (refusal === null || retryAfter > refusal.retryAfter) refusal = { key: bucket.key, retryAfter };
  }
  if (refusal !== null) return { isTaken: false, ...refusal };
  for (const bucket of buckets) write(bucket, levels.get(bucket.key) ?? 0);
  return { isTaken: true };
}
