/** Budgets in the file, for all processes of one machine. */

import { windowAt } from '../../windows/period.ts';
import type { BudgetScope, BudgetStore, ReservationResult, ScopeState } from '../store.ts';
import { capOf, checkAmount, checkReservation, checkScope, windowKey } from '../window.ts';
import { type FileClock, MARGIN } from './clock.ts';
import type { Prepare, SqliteFile } from './file.ts';

/** How long a settled id is remembered, so that a retry of what was granted changes nothing. */
const REMEMBERED = 60_000;
/** How long a reservation is kept after its lease, so that a late settlement still corrects it. */
const LATE = 86_400_000;
/** Old rows are removed at every so many decisions. */
const PRUNE_EVERY = 50;

interface Counter {
  readonly used: number;
  readonly reserved: number;
  readonly ends: number;
}

const GRANTED: ReservationResult = { isGranted: true };

export function sqliteBudgets(file: SqliteFile, clock: FileClock): BudgetStore {
  let decisions = 0;

  return {
    reserve(reservation) {
      checkReservation(reservation);
      const { id, amount, scopes, lease } = reservation;
      return file.write((prepare) => {
        if (prepare('SELECT 1 FROM budget_reservation WHERE id = ?').get(id) !== undefined) return GRANTED;
        const time = clock(prepare);
        if (decisions++ % PRUNE_EVERY === 0) prune(prepare, time);
        const ends = new Map<string, number>();
        let refusedBy: BudgetScope | null = null;
        let least = amount;
        for (const scope of scopes) {
          const bounds = windowAt(scope, time);
          const key = windowKey(scope, bounds);
          ends.set(key, bounds.end);
          const left = capOf(scope) - (counterOf(prepare, key)?.used ?? 0);
          if (left >= least) continue;
          least = left;
          refusedBy = scope;
        }
        if (refusedBy !== null) {
          expire(prepare, time);
          return { isGranted: false, refusedBy: stateOf(prepare, refusedBy, time) };
        }
        for (const [key, end] of ends) {
          prepare(
            `INSERT INTO budget_window VALUES (?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET used = used + excluded.used, reserved = reserved + excluded.reserved`,
          ).run(key, amount, amount, end);
        }
        prepare("INSERT INTO budget_reservation VALUES (?, 'open', ?, ?, ?)").run(
          id,
          time + lease,
          amount,
          JSON.stringify([...ends.keys()]),
        );
        return GRANTED;
      });
    },

    settle(id, spent) {
      checkAmount('spent', spent);
      return file.write((prepare) => {
        const row = prepare('SELECT state, amount, windows FROM budget_reservation WHERE id = ?').get(id);
        if (row === undefined || (row.state !== 'open' && row.state !== 'expired')) return;
        const amount = Number(row.amount);
        const held = row.state === 'open' ? amount : 0;
        adjust(prepare, String(row.windows), spent - amount, held);
        prepare("UPDATE budget_reservation SET state = 'settled', due = ? WHERE id = ?").run(
          clock(prepare) + REMEMBERED,
          id,
        );
      });
    },

    states(scopes) {
      scopes.forEach(checkScope);
      return file.write((prepare) => {
        const time = clock(prepare);
        expire(prepare, time);
        return scopes.map((scope) => stateOf(prepare, scope, time));
      });
    },

    close() {},
  };
}

function counterOf(prepare: Prepare, key: string): Counter | undefined {
  const row = prepare('SELECT used, reserved, ends FROM budget_window WHERE key = ?').get(key);
  return row === undefined
    ? undefined
    : { used: Number(row.used), reserved: Number(row.reserved), ends: Number(row.ends) };
}

function stateOf(prepare: Prepare, scope: BudgetScope, time: number): ScopeState {
  const bounds = windowAt(scope, time);
  const { used, reserved } = counterOf(prepare, windowKey(scope, bounds)) ?? { used: 0, reserved: 0 };
  return { scope, spent: used - reserved, reserved, resetsAt: bounds.end };
}

/** A window that has ended and was removed is left alone: nothing asks for it again. */
function adjust(prepare: Prepare, windows: string, used: number, held: number): void {
  const update = prepare('UPDATE budget_window SET used = used + ?, reserved = reserved - ? WHERE key = ?');
  for (const key of JSON.parse(windows) as string[]) update.run(used, held, key);
}

/** Only what is shown depends on leases, never a decision: so they are looked at when something is shown. */
function expire(prepare: Prepare, time: number): void {
  const expired = prepare("SELECT id, amount, windows FROM budget_reservation WHERE state = 'open' AND due <= ?").all(
    time,
  );
  for (const { id, amount, windows } of expired) {
    adjust(prepare, String(windows), 0, Number(amount));
    prepare("UPDATE budget_reservation SET state = 'expired', due = due + ? WHERE id = ?").run(LATE, String(id));
  }
}

function prune(prepare: Prepare, time: number): void {
  expire(prepare, time);
  prepare('DELETE FROM budget_window WHERE ends <= ?').run(time - MARGIN);
  prepare("DELETE FROM budget_reservation WHERE state IN ('expired', 'settled') AND due <= ?").run(time);
}
