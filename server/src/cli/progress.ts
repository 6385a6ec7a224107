/** A progress line on stderr for long scans; it disappears when the scan ends. */
import { formatCount } from '@farthing/shared/money';
import type { Io } from './io.ts';

/** A shorter scan shows nothing. */
const QUIET_MILLISECONDS = 1000;
const INTERVAL_MILLISECONDS = 100;

export interface Progress {
  readonly update: (done: number, total: number) => void;
  readonly clear: () => void;
}

export function createProgress(io: Io, now: () => number = () => performance.now()): Progress {
  const started = now();
  let last = Number.NEGATIVE_INFINITY;
  let isShown = false;
  return {
    update: (done, total) => {
      const time = now();
      if (!io.terminal.isError || time - started < QUIET_MILLISECONDS || time - last < INTERVAL_MILLISECONDS) return;
      last = time;
      isShown = true;
      io.status(`${formatCount(done)} of ${formatCount(total)} files`);
    },
    clear: () => {
      if (isShown) io.status('');
      isShown = false;
    },
  };
}
