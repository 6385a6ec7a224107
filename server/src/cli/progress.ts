/** A progress line on stderr for long scans; it disappears when the scan ends. */
import { formatCount } from '@farthing/shared/money';
import type { ScanStep } from '../workspace/workspace.ts';
import type { Io } from './io.ts';

/** Runs the steps of a scan to their end. A server runs them in slices, and may leave them. */
export type Drive = <Result>(steps: Generator<ScanStep, Result>) => Promise<Result>;

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

/** Without a pause; `update` hears of each step. */
export function driveAtOnce(update: Progress['update'] = () => {}): Drive {
  return async (steps) => {
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      update(step.value.done, step.value.total);
    }
  };
}
