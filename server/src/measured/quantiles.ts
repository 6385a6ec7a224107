/**
 * Quantiles of any number of values in little memory: counts by logarithmic buckets, each 2% wide, so that a quantile is
 * within 1% of the true one (the idea of DDSketch, arXiv 1908.10693). The order of the values does not matter.
 */
import type { Spread } from '@farthing/shared/measured/measured';

export interface Quantiles {
  /** @param value not negative */
  readonly add: (value: number, count?: number) => void;
  /** In whole numbers; null without a value. */
  readonly spread: () => Spread | null;
}

const WIDTH = 1.02;
const LOG_WIDTH = Math.log(WIDTH);

export function createQuantiles(): Quantiles {
  const buckets = new Map<number, number>();
  let zeros = 0;
  let total = 0;
  let max = 0;

  const at = (share: number): number => {
    let left = Math.max(1, Math.ceil(share * total)) - zeros;
    if (left <= 0) return 0;
    for (const bucket of [...buckets.keys()].sort((a, b) => a - b)) {
      left -= buckets.get(bucket) ?? 0;
      if (left <= 0) return Math.min(max, Math.round((2 * WIDTH ** bucket) / (1 + WIDTH)));
    }
    return max;
  };

  return {
    add: (value, count = 1) => {
      total += count;
      max = Math.max(max, value);
      if (value < 1) {
        zeros += count;
        return;
      }
      const bucket = Math.ceil(Math.log(value) / LOG_WIDTH);
      buckets.set(bucket, (buckets.get(bucket) ?? 0) + count);
    },
    spread: () =>
      total === 0 ? null : { p5: at(0.05), p50: at(0.5), p95: at(0.95), p99: at(0.99), max: Math.round(max) },
  };
}
