/** Tests with a server's clock, which cannot be stopped: what has to be done before a time is over, on any machine. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Driver } from './contract/driver.ts';

/** No machine takes as long for one operation: a store that is to wait for a slow one gets this. */
export const PATIENT = 120_000;

/** Waits until so much time has gone by on the clock of this machine. */
export async function passRealTime(milliseconds: number): Promise<void> {
  const end = Date.now() + milliseconds;
  for (let left = milliseconds; left > 0; left = end - Date.now()) await sleep(left);
}

/**
 * Does what has to be done within `milliseconds`. Where the machine took longer, what was found says nothing, and all is
 * done again with twice the time. Resolves to the time that sufficed.
 *
 * @param work begins with stores that are empty; calls `from` when, or with the moment at which, the time begins
 */
export async function inTime(
  { now }: Pick<Driver, 'now'>,
  milliseconds: number,
  work: (milliseconds: number, from: (moment?: number) => void) => Promise<void>,
): Promise<number> {
  let began = now();
  const isLate = (): boolean => now() - began >= milliseconds;
  try {
    await work(milliseconds, (moment = now()) => {
      began = moment;
    });
  } catch (error) {
    if (!isLate()) throw error;
  }
  return isLate() ? inTime({ now }, 2 * milliseconds, work) : milliseconds;
}
