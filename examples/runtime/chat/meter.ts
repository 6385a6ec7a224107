/** What this service may spend, and what it may answer from what it answered before. */
import { type BudgetOptions, createMeter } from '@farthing/runtime';

/** What one user's questions may cost on one day. */
export const USER_BUDGET: BudgetOptions = { per: 'user', window: 'day', dollars: 0.015 };

export const meter = createMeter({
  // Budgets, cache and ledger in one file, shared by all processes of this machine.
  path: 'farthing.db',
  budgets: [USER_BUDGET, { per: 'total', window: 'month', dollars: 200 }],
  cache: { mode: 'on' },
  features: { chat: { outputLimit: 400 } },
});
