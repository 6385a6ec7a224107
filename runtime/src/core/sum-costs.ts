import { weakestBasis } from '@farthing/shared/range';
import type { Cost } from './call-log.ts';

/** Null if one of them is unknown, because a partial sum would look complete. The sum of nothing is 0. */
export function sumCosts(costs: readonly (Cost | null)[]): Cost | null {
  const [only] = costs;
  if (costs.length === 1 && only !== undefined) return only;
  const known = costs.filter((cost) => cost !== null);
  if (known.length < costs.length) return null;
  const amount = known.reduce((sum, cost) => sum + cost.amount, 0);
  const basis = weakestBasis(...known.map((cost) => cost.basis));
  if (known.every(({ computed }) => computed === undefined)) return { amount, basis };
  const computed = known.map((cost) => (cost.computed === undefined ? cost.amount : cost.computed));
  const isKnown = computed.every((value) => value !== null);
  return { amount, basis, computed: isKnown ? computed.reduce((sum, value) => sum + value, 0) : null };
}
