/** What calls with a choice of models cost, beside what one fixed model would have cost for the same answers. */
import type { LedgerRow } from '../stores/ledger-row.ts';

export interface RoutedFeature {
  /** Null for calls without a feature. */
  readonly feature: string | null;
  readonly calls: number;
  /** Nano-dollars: all requests of these calls, the rejected answers and the checks too. */
  readonly spent: number;
  /** Nano-dollars of the same answers at the cheapest and at the dearest tier, each call by itself. */
  readonly cheapest: number;
  readonly dearest: number;
  /** Calls with an answer that was not accepted. */
  readonly escalated: number;
}

export interface RoutingSummary {
  readonly add: (row: LedgerRow) => void;
  /** The feature that spent most comes first. */
  readonly result: () => readonly RoutedFeature[];
}

export function createRoutingSummary(): RoutingSummary {
  const byFeature = new Map<string | null, RoutedFeature>();
  return {
    add: ({ feature, decisions }) => {
      const priced = decisions.find((decision) => decision.outcome === 'priced');
      if (priced?.outcome !== 'priced') return;
      const sum = byFeature.get(feature) ?? { feature, calls: 0, spent: 0, cheapest: 0, dearest: 0, escalated: 0 };
      const isEscalated = decisions.some(({ outcome }) => outcome === 'escalated');
      byFeature.set(feature, {
        feature,
        calls: sum.calls + 1,
        spent: sum.spent + priced.spent,
        cheapest: sum.cheapest + priced.cheapest.cost,
        dearest: sum.dearest + priced.dearest.cost,
        escalated: sum.escalated + (isEscalated ? 1 : 0),
      });
    },
    result: () => [...byFeature.values()].sort((one, other) => other.spent - one.spent),
  };
}
