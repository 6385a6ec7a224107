/** Budgets in PostgreSQL, for all processes of all machines: they survive a failover to a synchronous standby. */

import type { BudgetScope, BudgetStore, ScopeState } from '../store.ts';
import { capOf, checkAmount, checkReservation, checkScope } from '../window.ts';
import type { PostgresConnection } from './connection.ts';
import { asKey } from './text.ts';

/** How long a settled id is remembered, so that a retry of what was granted changes nothing. */
const REMEMBERED = '60 seconds';
/** Old rows are removed at every so many decisions, twice as many as these can have made. */
const FORGET_EVERY = 500;

export function postgresBudgets({ schema, query }: PostgresConnection): BudgetStore {
  let decisions = 0;

  /** Beside the decision, not before it: where this fails the next one tries again. */
  function forgetSometimes(): void {
    if (decisions++ % FORGET_EVERY !== 0) return;
    query(`SELECT ${schema}.forget($1)`, [2 * FORGET_EVERY]).catch(() => {});
  }

  async function statesOf(scopes: readonly BudgetScope[]): Promise<ScopeState[]> {
    const rows = await query<{ spent: string; reserved: string; resets_at: string }>(
      `SELECT * FROM ${schema}.budget_states($1, $2)`,
      columnsOf(scopes).slice(0, 2),
    );
    return rows.map(({ spent, reserved, resets_at: resetsAt }, index) => ({
      scope: scopes[index] as BudgetScope,
      spent: Number(spent),
      reserved: Number(reserved),
      resetsAt: Number(resetsAt),
    }));
  }

  return {
    async reserve(reservation) {
      checkReservation(reservation);
      const { id, amount, lease, scopes } = reservation;
      const [answer] = await query<{ refusing: number | null }>(
        `SELECT ${schema}.budget_reserve($1, $2, $3 * interval '1 millisecond', $4, $5, $6) AS refusing`,
        [asKey(id), amount, lease, ...columnsOf(scopes)],
      );
      forgetSometimes();
      const refusing = answer?.refusing ?? null;
      if (refusing === null) return { isGranted: true };
      // The figures are for the message alone, so that a grant need not look for them.
      const [refusedBy] = await statesOf([scopes[refusing] as BudgetScope]);
      return { isGranted: false, refusedBy: refusedBy as ScopeState };
    },

    async settle(id, spent) {
      checkAmount('spent', spent);
      await query(`SELECT ${schema}.budget_settle($1, $2, $3)`, [asKey(id), spent, REMEMBERED]);
    },

    async states(scopes) {
      scopes.forEach(checkScope);
      return statesOf(scopes);
    },

    close() {},
  };
}

function columnsOf(scopes: readonly BudgetScope[]): [string[], string[], number[]] {
  return [scopes.map(({ key }) => asKey(key)), scopes.map(({ window }) => String(window)), scopes.map(capOf)];
}
