/** Rate limits of one process. */
import { fullAt, type Level, refilled, takeAll } from '../bucket.ts';
import type { Clock } from '../clock.ts';
import type { Bucket, RateStore } from '../store.ts';

interface TimedLevel extends Level {
  readonly fullAt: number;
}

/**
 * Token buckets in memory, for one process. A full bucket is dropped, because it is equal to one that was never used.
 */
export function memoryRates({ clock = Date.now }: { readonly clock?: Clock } = {}): RateStore {
  const levels = new Map<string, TimedLevel>();
  let pruneAbove = 1000;

  function write(bucket: Bucket, level: number, at: number): void {
    levels.set(bucket.key, { level, at, fullAt: fullAt(bucket, { level, at }) });
    if (levels.size <= pruneAbove) return;
    for (const [key, { fullAt }] of levels) if (fullAt <= at) levels.delete(key);
    pruneAbove = levels.size * 2 + 1000;
  }

  function read(bucket: Bucket, time: number): number {
    const known = levels.get(bucket.key);
    const level = refilled(bucket, known, time);
    // The clock was ahead: refills are counted from now on.
    if (known !== undefined && known.at > time) write(bucket, level, time);
    return level;
  }

  return {
    take(buckets) {
      const time = clock();
      return takeAll(
        buckets,
        (bucket) => read(bucket, time),
        (bucket, level) => write(bucket, level, time),
      );
    },

    giveBack(buckets) {
      const time = clock();
      for (const bucket of buckets) {
        const level = read(bucket, time) + bucket.amount;
        write(bucket, Math.min(level, bucket.capacity), time);
      }
    },

    close() {
      levels.clear();
    },
  };
}
