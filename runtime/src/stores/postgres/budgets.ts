/** Budgets in PostgreSQL, for all processes of all machines: they survive a failover to a synchronous standby. */

import type { QueryResultRow } from 'pg';
import { windowText } from '../../windows/period.ts';
import { createServerTime } from '../server-time.ts';
import type { BudgetScope, BudgetStore, ScopeState } from '../store.ts';
import { isStoreError } from '../store-error.ts';
import { capOf, checkAmount, checkReservation, checkScope } from '../window.ts';
import type { PostgresConnection } from './connection.ts';
import { sqlState } from './error.ts';
import { OUTSIDE } from './schema.ts';
import { asKey } from './text.ts';

/** How long a settled id is remembered, so that a retry of what was granted changes nothing. */
const REMEMBERED = '60 seconds';
const SERVER_TIME = 'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now';
/** Old rows are removed at every so many decisions, twice as many as these can have made. */
const FORGET_EVERY = 500;

export function postgresBudgets({ schema, query }: PostgresConnection): BudgetStore {
  let decisions = 0;
  const atServerTime = createServerTime('postgres');

  /** Runs a statement with windows around the server's time. */
  function queryAround<Row extends QueryResultRow>(
    sql: string,
    valuesAt: (time: number) => readonly unknown[],
  ): Promise<Row[]> {
    return atServerTime(async (time) => {
      try {
        return { isOutside: false, answer: await query<Row>(sql, valuesAt(time)) };
      } catch (error) {
        if (!isStoreError(error) || sqlState(error.cause) !== OUTSIDE) throw error;
        const [clock] = await query<{ now: string }>(SERVER_TIME, []);
        return { isOutside: true, now: Number(clock?.now) };
      }
    });
  }

  /** Beside the decision, not before it: where this fails the next one tries again. */
  function forgetSometimes(): void {
    if (decisions++ % FORGET_EVERY !== 0) return;
    query(`SELECT ${schema}.forget($1)`, [2 * FORGET_EVERY]).catch(() => {});
  }

  async function statesOf(scopes: readonly BudgetScope[]): Promise<ScopeState[]> {
    const rows = await queryAround<{ spent: string; reserved: string; resets_at: string }>(
      `SELECT * FROM ${schema}.budget_states($1, $2)`,
      (time) => columnsOf(scopes, time).slice(0, 2),
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
      const [answer] = await queryAround<{ refusing: number | null }>(
        `SELECT ${schema}.budget_reserve($1, $2, $3 * interval '1 millisecond', $4, $5, $6) AS refusing`,
        (time) => [asKey(id), amount, lease, ...columnsOf(scopes, time)],
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

function columnsOf(scopes: readonly BudgetScope[], time: number): [string[], string[], number[]] {
  return [scopes.map(({ key }) => asKey(key)), scopes.map((scope) => windowText(scope, time)), scopes.map(capOf)];
}
