/** The nightly job: all reviews are labelled first, then compared for as long as the budget lasts. */
import { formatDollars } from '@farthing/runtime';
import { JOB, JOB_BUDGET, meter } from './meter.ts';
import { PAIRS, REVIEWS } from './reviews.ts';
import { compare, label, type Outcome } from './worker.ts';

const labels = await Promise.all(REVIEWS.map(label));
for (const [index, outcome] of labels.entries()) {
  const { id, text } = REVIEWS[index] as (typeof REVIEWS)[number];
  console.log(
    `${String(id).padStart(2)}  ${('answer' in outcome ? outcome.answer : 'left').padEnd(9)}  ${text.slice(0, 60)}`,
  );
}

const comparisons: Outcome[] = [];
for (const pair of PAIRS) comparisons.push(await compare(pair));
const left = comparisons.filter((outcome) => 'leftBecause' in outcome);
console.log(`\n${comparisons.length - left.length} comparisons written, ${left.length} left for tomorrow`);
if (left[0] !== undefined) console.log(`  ${left[0].leftBecause}`);

for (const { key, calls, hits, refused, cost, savedBy } of await meter.report('feature')) {
  const savings = Object.entries(savedBy).map(([layer, amount]) => `${formatDollars(amount)} by ${layer}`);
  console.log(
    `\n${key}: ${calls} calls, ${hits} without the provider, ${refused} refused, ${formatDollars(cost)} spent\n  saved: ${savings.join(', ') || 'nothing'}`,
  );
}
const { spent, scope } = await meter.remaining(JOB_BUDGET, JOB);
console.log(`\n${formatDollars(spent)} of ${formatDollars(scope.cap)} used today`);

await meter.close();
