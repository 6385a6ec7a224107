/**
 * The claim that a budget is for: spending by the price table never passes the cap, over several processes that share a
 * store and are killed, whose callers give up and whose provider fails. `npm run test:budgets` makes more calls.
 */
import { expect, test } from 'vitest';
import { claimsOf } from './claims.ts';
import { spendBudget } from './spend.ts';
import { TRIED_STORES } from './stores.ts';

const CALLS = 4000;

for (const { name, isAvailable, use } of TRIED_STORES) {
  test.skipIf(!isAvailable)(`${name}: four processes share a cap`, async () => {
    const run = await use((address) => spendBudget({ address, calls: CALLS }));
    const broken = claimsOf(run).filter(({ isKept }) => !isKept);
    expect(broken, JSON.stringify(run)).toEqual([]);
  });
}
