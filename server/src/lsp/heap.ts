/**
 * A server that runs all day beside others should be small. By default the garbage collector lets the heap grow to four
 * times what is alive, and its nursery to 32 MB: every keystroke makes some megabytes of garbage, so that both fill up. The
 * options that bound them are read when a process starts, which is the editor's business; these two are read while it runs.
 */
import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Percent that the heap may grow by after a collection before there is another. */
const GROWTH = 60;
/** Bytes at which the nursery stops growing: half of it costs a tenth more time, and it begins with a megabyte. */
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
