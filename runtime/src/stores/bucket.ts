/** Token buckets as arithmetic; where the levels are kept is a driver's business. */
import type { Bucket, TakeResult } from './store.ts';

export interface Level {
  /** Below zero where a request turned out larger than was taken for it. */
  readonly level: number;
  /** When this was true. */
  readonly at: number;
}

/**
 * How much is in a bucket now. An unknown bucket is full. Where the clock went backwards nothing has come back, and the
 * caller writes the level down anew: a clock that was ahead gives one refill at most, and locks nobody out.
 */
export function refilled({ capacity, perSecond }: Bucket, known: Level | undefined, time: number): number {
  if (known === undefined) return capacity;
  const elapsed = Math.max(0, time - known.at);
  return Math.min(capacity, known.level + (elapsed * perSecond) / 1000);
}

/** What a bucket gives for a request: all that it could ever hold, at most. */
export function demand({ amount, capacity }: Bucket): number {
  return Math.min(amount, capacity);
}

/** When a bucket is full again, and need not be kept. */
export function fullAt({ capacity, perSecond }: Bucket, { level, at }: Level): number {
  return at + ((capacity - level) / perSecond) * 1000;
}

/** Milliseconds until a bucket has what is asked for. */
export function waitFor({ perSecond }: Bucket, missing: number): number {
  return Math.ceil((missing / perSecond) * 1000);
}

/**
 * Takes from all buckets or from none. `read` answers with what is in a bucket now; `write` is told the new levels only
 * where everything was granted. A bucket that is named twice gives twice.
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
    // Levels are fractions: a request that waited as long as it was told must not fail by a rounding error.
    if (left >= -1e-6) continue;
    const retryAfter = waitFor(bucket, -left);
    if (refusal === null || retryAfter > refusal.retryAfter) refusal = { key: bucket.key, retryAfter };
  }
  if (refusal !== null) return { isTaken: false, ...refusal };
  for (const bucket of buckets) write(bucket, levels.get(bucket.key) ?? 0);
  return { isTaken: true };
}
