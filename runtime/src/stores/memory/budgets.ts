/** Budgets of one process. */

import { windowAt } from '../../windows/period.ts';
import { type Clock, steady } from '../clock.ts';
import type { BudgetScope, BudgetStore, Reservation, ReservationResult, ScopeState } from '../store.ts';
import { capOf, checkAmount, checkReservation, checkScope, windowKey } from '../window.ts';

/** How many settled ids are remembered at least, so that a retry of what was granted changes nothing. */
const REMEMBERED = 10_000;
/** How long a reservation is kept after its lease, so that a late settlement still corrects it. */
const LATE = 86_400_000;

interface Counter {
  /** Settled, expired and reserved together: all that a decision needs. */
  used: number;
  /** The part of it under leases that still run. */
  reserved: number;
  readonly end: number;
}

interface Hold {
  readonly amount: number;
  readonly counters: ReadonlySet<Counter>;
  readonly expiresAt: number;
  isExpired: boolean;
}

const GRANTED: ReservationResult = { isGranted: true };

/**
 * Budgets in memory, for one process and lost when it ends. It holds a count for each current window, the unsettled
 * reservations (for a day beyond their lease) and the last 10,000 to 20,000 settled ids.
 *
 * @example createMeter({ budgets: memoryBudgets() })
 */
export function memoryBudgets({ clock = Date.now }: { readonly clock?: Clock } = {}): BudgetStore {
  const now = steady(clock);
  const counters = new Map<string, Counter>();
  const holds = new Map<string, Hold>();
  // Two generations: to delete the oldest of a long set one by one takes longer the more were deleted before.
  let settled = new Set<string>();
  let settledEarlier = new Set<string>();
  let earliestExpiry = Number.POSITIVE_INFINITY;
  let pruneAbove = 1000;

  function counterOf(scope: BudgetScope, time: number): Counter {
    const bounds = windowAt(scope, time);
    const key = windowKey(scope, bounds);
    const known = counters.get(key);
    if (known !== undefined) return known;
    const fresh = { used: 0, reserved: 0, end: bounds.end };
    counters.set(key, fresh);
    return fresh;
  }

  /** Ended windows never come back; dropping them when the number has doubled costs each of them once. */
  function prune(time: number): void {
    if (counters.size <= pruneAbove) return;
    for (const [key, { end }] of counters) if (end <= time) counters.delete(key);
    pruneAbove = counters.size * 2 + 1000;
  }

  /** Only what is shown depends on leases, never a decision: so they are looked at when something is shown. */
  function expire(time: number): void {
    if (time < earliestExpiry) return;
    earliestExpiry = Number.POSITIVE_INFINITY;
    for (const [id, hold] of holds) {
      if (hold.expiresAt + LATE <= time) holds.delete(id);
      if (hold.isExpired) continue;
      if (hold.expiresAt > time) earliestExpiry = Math.min(earliestExpiry, hold.expiresAt);
      else {
        hold.isExpired = true;
        for (const counter of hold.counters) counter.reserved -= hold.amount;
      }
    }
  }

  function stateOf(scope: BudgetScope, time: number): ScopeState {
    const { used, reserved, end } = counterOf(scope, time);
    return { scope, spent: used - reserved, reserved, resetsAt: end };
  }

  function remember(id: string): void {
    settled.add(id);
    if (settled.size < REMEMBERED) return;
    settledEarlier = settled;
    settled = new Set();
  }

  return {
    reserve(reservation: Reservation): ReservationResult {
      checkReservation(reservation);
      const { id, amount, scopes } = reservation;
      if (holds.has(id) || settled.has(id) || settledEarlier.has(id)) return GRANTED;
      const time = now();
      prune(time);
      let refusedBy: BudgetScope | null = null;
      let least = amount;
      const taken = new Set<Counter>();
      for (const scope of scopes) {
        const counter = counterOf(scope, time);
        taken.add(counter);
        const left = capOf(scope) - counter.used;
        if (left >= least) continue;
        least = left;
        refusedBy = scope;
      }
      expire(time);
      if (refusedBy !== null) return { isGranted: false, refusedBy: stateOf(refusedBy, time) };
      for (const counter of taken) {
        counter.used += amount;
        counter.reserved += amount;
      }
      const expiresAt = time + reservation.lease;
      holds.set(id, { amount, counters: taken, expiresAt, isExpired: false });
      earliestExpiry = Math.min(earliestExpiry, expiresAt);
      return GRANTED;
    },

    settle(id: string, spent: number): void {
      checkAmount('spent', spent);
      const hold = holds.get(id);
      if (hold === undefined) return;
      holds.delete(id);
      for (const counter of hold.counters) {
        counter.used += spent - hold.amount;
        if (!hold.isExpired) counter.reserved -= hold.amount;
      }
      remember(id);
    },

    states(scopes: readonly BudgetScope[]): readonly ScopeState[] {
      scopes.forEach(checkScope);
      const time = now();
      expire(time);
      return scopes.map((scope) => stateOf(scope, time));
    },

    close() {},
  };
}
