/** Three models, the cheapest first, and how the application finds out whether an answer will do. */
import { type CheckedAnswer, createMeter } from '@farthing/runtime';
import { parseCase } from './cases.ts';

export const meter = createMeter({
  path: 'farthing.db',
  queue: { concurrency: 32 },
  // Whatever happens: this night costs no more than a dollar, the rejected answers included.
  budgets: [{ per: 'total', window: 'day', dollars: 1 }],
  route: {
    mode: 'on',
    tiers: { simple: 'gpt-6-luna', medium: 'gpt-6-sol', complex: 'gpt-6-astra' },
    cascade: { check: addsUp },
  },
  features: { 'read-complaint': { tier: 'cascade' } },
});

/** The schema has been checked by then. The sum is checked with the amounts that the customer names: that needs no model. */
function addsUp({ text }: CheckedAnswer): boolean {
  const { claims, total } = parseCase(text);
  const sum = claims.reduce((cents, claim) => cents + Math.round(claim * 100), 0);
  return sum === Math.round(total * 100);
}
