/** Budgets in Redis, for all processes of all machines. */

import { windowText } from '../../windows/period.ts';
import { createServerTime } from '../server-time.ts';
import type { BudgetScope, BudgetStore, ScopeState } from '../store.ts';
import { capOf, checkAmount, checkReservation, checkScope } from '../window.ts';
import { RESERVE, SETTLE, STATES } from './budgets-lua.ts';
import type { RedisConnection, RedisScript } from './connection.ts';
import { refuseEviction } from './eviction.ts';

/** How long a settled id is remembered, so that a retry of what was granted changes nothing. */
const REMEMBERED = 60_000;

export function redisBudgets(connection: RedisConnection): BudgetStore {
  // Any two requests may fall under a common cap, so all budgets of a namespace are one slot of a Cluster.
  const tag = `{${connection.namespace}:budgets}`;
  const keys = ['sums', 'windows', 'reservations', 'due'].map((name) => `${tag}:${name}`);
  let isChecked = false;
  const atServerTime = createServerTime('redis');

  /** Runs a script with windows around the server's time. */
  function runAround(script: RedisScript, valuesAt: (time: number) => readonly (string | number)[]): Promise<string[]> {
    return atServerTime(async (time) => {
      const answer = (await connection.script(script, keys, valuesAt(time))) as string[];
      return answer[0] === 'outside' ? { isOutside: true, now: Number(answer[1]) } : { isOutside: false, answer };
    });
  }

  return {
    async reserve({ id, amount, lease, scopes }) {
      checkReservation({ id, amount, lease, scopes });
      if (!isChecked) await refuseEviction(connection);
      isChecked = true;
      const [isGranted, index, ...figures] = await runAround(RESERVE, (time) => [
        id,
        String(amount),
        Math.ceil(lease),
        ...scopes.flatMap((scope) => [scope.key, windowText(scope, time), String(capOf(scope))]),
      ]);
      if (isGranted === '1') return { isGranted: true };
      return { isGranted: false, refusedBy: stateOf(scopes[Number(index)] as BudgetScope, figures) };
    },

    async settle(id, spent) {
      checkAmount('spent', spent);
      await connection.script(SETTLE, keys, [id, String(spent), REMEMBERED]);
    },

    async states(scopes) {
      scopes.forEach(checkScope);
      const figures = await runAround(STATES, (time) =>
        scopes.flatMap((scope) => [scope.key, windowText(scope, time)]),
      );
      return scopes.map((scope, index) => stateOf(scope, figures.slice(index * 3, index * 3 + 3)));
    },

    close() {},
  };
}

function stateOf(scope: BudgetScope, figures: readonly string[]): ScopeState {
  const [spent = 0, reserved = 0, resetsAt = 0] = figures.map(Number);
  return { scope, spent, reserved, resetsAt };
}
