/**
 * Keeps the heap of the server small, because it runs all day next to other programs. By default the garbage collector
 * lets the heap grow to four times the live data, and the young generation to 32 MB; every keystroke creates several
 * megabytes of garbage, so both fill up. The options that limit them are read at process start, which is up to the
 * editor; these two are read while it runs.
 */
import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Percent that the heap may grow after a collection before the next one. */
const GROWTH = 60;
/**
 * Bytes at which the young generation stops growing: half of it costs a tenth more time, and it starts with a megabyte.
 */
export const NURSERY_LIMIT = 8 * 1024 * 1024;

export function boundHeap(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
  const observer = new PerformanceObserver(() => {
    if (nurserySize() < NURSERY_LIMIT) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    observer.disconnect();
  });
  observer.observe({ entryTypes: ['gc'] });
}

export function nurserySize(): number {
  return getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0;
}
