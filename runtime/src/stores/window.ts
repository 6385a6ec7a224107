/** Where the windows of budgets begin and end, and what a request may ask of a budget. */
import { isExactAmount, MAXIMUM_DOLLARS, NANO_DOLLARS } from '@farthing/shared/money';
import type { BudgetScope, Reservation, Window } from './store.ts';

const DAY = 86_400_000;

export interface WindowBounds {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/**
 * The window that a time lies in, in milliseconds since the epoch.
 *
 * @example windowAt('month', Date.UTC(2026, 1, 14)) // 2026-02-01 to 2026-03-01
 */
export function windowAt(window: Window, time: number): WindowBounds {
  if (window === 'month') {
    const date = new Date(time);
    const start = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
    return { start, end: Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) };
  }
  const length = window === 'day' ? DAY : window;
  const start = Math.floor(time / length) * length;
  return { start, end: start + length };
}

/** What a window's count is kept under: the same key may have a cap by day and another by month. */
export function windowKey({ key, window }: BudgetScope, { start }: WindowBounds): string {
  return `${window}:${start}:${key}`;
}

/** Throws where amounts are not whole nano-dollars or a window has no length: such sums would not add up exactly. */
export function checkReservation({ amount, lease, scopes }: Reservation): void {
  checkAmount('amount', amount);
  if (!(lease > 0)) throw new RangeError(`lease is ${lease}: it must be above 0 milliseconds.`);
  for (const scope of scopes) checkScope(scope);
}

/** The same for what was spent. */
export function checkAmount(name: string, nanos: number): void {
  if (isExactAmount(nanos)) return;
  throw new RangeError(`${name} is ${nanos}: it must be whole nano-dollars, at least 0 and at most 9 million dollars.`);
}

/** A cap as whole nano-dollars; one that is infinite is the largest exact amount. */
export function capOf({ cap }: BudgetScope): number {
  return Math.min(Math.floor(cap), MAXIMUM_DOLLARS * NANO_DOLLARS);
}

export function checkScope({ key, window, cap }: BudgetScope): void {
  if (!(cap >= 0)) throw new RangeError(`the cap of ${key} is ${cap}: it must be at least 0 nano-dollars.`);
  if (window === 'day' || window === 'month' || (Number.isInteger(window) && window > 0)) return;
  throw new RangeError(`the window of ${key} is ${window}: it must be 'day', 'month' or whole milliseconds above 0.`);
}
