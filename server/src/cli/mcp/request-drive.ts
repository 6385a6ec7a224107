/** Runs a scan for a request: in slices, so that the server keeps answering, and can stop when the client cancels. */
import { setImmediate } from 'node:timers/promises';
import type { Drive } from '../progress.ts';

/** Milliseconds of work between two looks at other messages. */
const SLICE = 50;
/** Milliseconds between two notes of progress. */
const INTERVAL = 250;

/** @param report null where the client does not ask for progress */
export function requestDrive(signal: AbortSignal, report: ((done: number, total: number) => void) | null): Drive {
  return async (steps) => {
    let sliced = performance.now();
    // The first step is told at once: it has the number of files.
    let told = Number.NEGATIVE_INFINITY;
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      const now = performance.now();
      if (report !== null && now - told >= INTERVAL) {
        told = now;
        report(step.value.done, step.value.total);
      }
      if (now - sliced < SLICE) continue;
      await setImmediate();
      if (signal.aborted) {
        // Lets go of what the scan holds.
        steps.return(undefined as never);
        throw signal.reason;
      }
      sliced = performance.now();
    }
  };
}
