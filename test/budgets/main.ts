/** `npm run test:budgets`: one table a store, and a status that says whether every claim was kept. */
import { formatCount, toDollars } from '@farthing/shared/money';
import { inColumns } from '../../runtime/src/cli/columns.ts';
import { claimsOf } from './claims.ts';
import { type Spend, spendBudget } from './spend.ts';
import { TRIED_STORES } from './stores.ts';

const CALLS = 20_000;
/** Where everything has to be there: in CI, as in `npm run ready`. */
const isAllRequired = process.env.CI === 'true' || (process.env.FARTHING_REQUIRE_ALL ?? '') !== '';

function describe(run: Spend): string {
  const { cap } = run;
  const rows: string[][] = [];
  const count = (name: string, value: number): unknown => rows.push([`  ${name}`, formatCount(value), '']);
  const amount = (name: string, value: number): unknown =>
    rows.push([`  ${name}`, `$${toDollars(value).toFixed(4)}`, `${((100 * value) / cap).toFixed(2)}%`]);
  count('calls', run.calls);
  count('requests sent', run.requests);
  count('calls refused', run.refused);
  count('processes killed', run.killed);
  amount('cap', cap);
  amount("spent, by the provider's log", run.spent);
  amount('counted for usage nobody could know', run.unknown);
  amount('both together', run.spent + run.unknown);
  amount('largest reservation', run.largestReservation);
  return inColumns(rows, (column) => column === 0);
}

let isPassed = true;
for (const { name, needs, isAvailable, use } of TRIED_STORES) {
  if (!isAvailable) {
    process.stdout.write(`\n${name}: left out (needs ${needs})\n`);
    if (isAllRequired) isPassed = false;
    continue;
  }
  const run = await use((address) => spendBudget({ address, calls: CALLS }));
  process.stdout.write(
    `\n${name}, ${run.seconds.toFixed(0)} s; calls failed with ${run.errors.join(', ')}\n${describe(run)}\n`,
  );
  for (const { claim, isKept } of claimsOf(run)) {
    if (!isKept) isPassed = false;
    process.stdout.write(`  ${isKept ? 'ok    ' : 'BROKEN'}  ${claim}\n`);
  }
}
process.exitCode = isPassed ? 0 : 1;
