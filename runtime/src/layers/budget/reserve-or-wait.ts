/** Retries a reservation: once after this process's own settlements, and for as long as the budgets let a call wait. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Exchange } from '../../core/pipeline.ts';
import type { ReservationResult } from '../../stores/store.ts';
import { orAborted } from '../../support/abort.ts';
import type { BudgetOptions } from './options.ts';
import type { Budget } from './rules.ts';
import type { Settlements } from './settlements.ts';

/** Milliseconds between two attempts at a full budget, for calls that wait. */
const POLL = 200;

export async function reserveOrWait(
  { signal }: Exchange,
  hard: readonly Budget[],
  settlements: Settlements,
  reserve: (isFirst: boolean) => Promise<ReservationResult>,
): Promise<ReservationResult> {
  signal?.throwIfAborted();
  const deadline = performance.now() + Math.max(0, ...hard.map(({ options }) => waitOf(options)));
  let result = await reserve(true);
  // A call that has ended holds its reservation until the store has the settlement. The next call is not refused
  // because of that.
  const arrival = result.isGranted ? null : settlements.arrival();
  if (arrival !== null) {
    await orAborted(arrival, signal);
    result = await reserve(false);
  }
  while (!result.isGranted && performance.now() < deadline) {
    await wait(Math.min(POLL, deadline - performance.now()), undefined, signal === null ? {} : { signal });
    signal?.throwIfAborted();
    result = await reserve(false);
  }
  return result;
}

function waitOf({ otherwise }: BudgetOptions): number {
  return typeof otherwise === 'object' && 'waitAtMost' in otherwise ? otherwise.waitAtMost : 0;
}
