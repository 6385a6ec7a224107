/** Retries a reservation: once after this process's own settlements, and for as long as the budgets let a call wait. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Exchange } from '../../core/pipeline.ts';
import type { MaybePromise, ReservationResult } from '../../stores/store.ts';
import { orAborted } from '../../support/abort.ts';
import type { BudgetOptions } from './options.ts';
import type { Budget } from './rules.ts';
import type { Settlements } from './settlements.ts';

/** Milliseconds between two attempts at a full budget, for calls that wait. */
const POLL = 200;

interface Reservations {
  readonly reserveNow: () => MaybePromise<ReservationResult>;
  /** Under the caps as they are by then. */
  readonly reserveAgain: () => Promise<ReservationResult>;
}

export async function reserveOrWait(
  { signal }: Exchange,
  hard: readonly Budget[],
  settlements: Settlements,
  { reserveNow, reserveAgain }: Reservations,
): Promise<ReservationResult> {
  signal?.throwIfAborted();
  const began = performance.now();
  let result = await reserveNow();
  if (result.isGranted) return result;
  // A call that has ended holds its reservation until the store has the settlement. The next call is not refused
  // because of that.
  const arrival = settlements.arrival();
  if (arrival !== null) {
    await orAborted(arrival, signal);
    result = await reserveAgain();
  }
  const deadline = began + Math.max(0, ...hard.map(({ options }) => waitOf(options)));
  while (!result.isGranted && performance.now() < deadline) {
    await wait(Math.min(POLL, deadline - performance.now()), undefined, signal === null ? {} : { signal });
    signal?.throwIfAborted();
    result = await reserveAgain();
  }
  return result;
}

function waitOf({ otherwise }: BudgetOptions): number {
  return typeof otherwise === 'object' && 'waitAtMost' in otherwise ? otherwise.waitAtMost : 0;
}
