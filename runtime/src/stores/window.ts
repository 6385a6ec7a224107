/** The keys of windows in a store, and the checks on what is asked of a budget. */
import { isExactAmount, MAXIMUM_DOLLARS, NANO_DOLLARS } from '@farthing/shared/money';
import { problemOf, type WindowBounds } from '../windows/period.ts';
import type { BudgetScope, Reservation } from './store.ts';

/** The key of a window's count. Budgets over the same time share it, however they describe that time. */
export function windowKey({ key }: BudgetScope, { start, end }: WindowBounds): string {
  return `${start}-${end}:${key}`;
}

/** Throws if amounts are not integers or a window has no length, because such sums would not be exact. */
export function checkReservation({ amount, lease, scopes }: Reservation): void {
  checkAmount('amount', amount);
  if (!(lease > 0)) throw new RangeError(`lease is ${lease}: it must be above 0 milliseconds.`);
  for (const scope of scopes) checkScope(scope);
}

/** The same for a spent amount. */
export function checkAmount(name: string, nanos: number): void {
  if (isExactAmount(nanos)) return;
  throw new RangeError(`${name} is ${nanos}: it must be an integer in nano-dollars, from 0 to 9 million dollars.`);
}

/** A cap in integer nano-dollars; an infinite one becomes the largest exact amount. */
export function capOf({ cap }: BudgetScope): number {
  return Math.min(Math.floor(cap), MAXIMUM_DOLLARS * NANO_DOLLARS);
}

export function checkScope(scope: BudgetScope): void {
  const { key, cap } = scope;
  if (!(cap >= 0)) throw new RangeError(`the cap of ${key} is ${cap}: it must be at least 0 nano-dollars.`);
  const problem = problemOf(scope);
  if (problem !== null) throw new RangeError(`the window of ${key}: ${problem}`);
}
