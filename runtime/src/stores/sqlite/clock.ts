/** The clock of a file: like `steady`, but for all processes and their restarts. */
import type { Clock } from '../clock.ts';
import type { Prepare } from './file.ts';

/** The latest time is written once per second, not at every decision. */
const STEP = 1000;
/**
 * Ended windows are kept a little longer than a step, because a clock may be behind the latest time by less than that.
 */
export const MARGIN = 60_000;

/** Time inside a write transaction. */
export type FileClock = (prepare: Prepare) => number;

export function fileClock(clock: Clock): FileClock {
  let latest = 0;
  return (prepare) => {
    const seen = Number(prepare('SELECT latest FROM clock').get()?.latest);
    latest = Math.max(latest, seen, Math.floor(clock()));
    if (latest - seen >= STEP) prepare('UPDATE clock SET latest = ?').run(latest);
    return latest;
  };
}
