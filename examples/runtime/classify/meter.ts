/** What the nightly job may spend, and which model reads which review. */
import { type BudgetOptions, createMeter } from '@farthing/runtime';

export const JOB = 'nightly-labels';
export const JOB_BUDGET: BudgetOptions = { per: 'budget', only: JOB, window: 'day', dollars: 0.01 };

export const meter = createMeter({
  path: 'farthing.db',
  budgets: [JOB_BUDGET],
  // Four at a time; a review that comes twice is asked once, and not again for a week.
  queue: { concurrency: 4 },
  deduplicate: 'on',
  cache: { mode: 'on', lifetime: 7 * 86_400_000 },
  // Short answers go to the small model; what asks for a comparison stays with the large one.
  route: { mode: 'on', tiers: { simple: 'claude-haiku-5-5', complex: 'claude-sonnet-5-5' } },
  features: {
    // These models take no temperature: that one answer does for all is said here.
    label: { tier: 'auto', cache: { sampled: true } },
    compare: { tier: 'complex' },
  },
});
