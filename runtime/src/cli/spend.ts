/** Spending over time, in steps that fit a terminal's width. */
import type { LedgerRow } from '../stores/ledger-row.ts';

const HOUR = 3_600_000;
const STEPS = [
  { name: 'hour', length: HOUR },
  { name: 'day', length: 24 * HOUR },
  { name: 'week', length: 7 * 24 * HOUR },
  { name: '4 weeks', length: 28 * 24 * HOUR },
] as const;

export interface Spend {
  readonly step: (typeof STEPS)[number]['name'];
  /** From the first step with a call to the last one, in UTC, including steps without calls. Nano-dollars. */
  readonly points: readonly { readonly at: number; readonly cost: number }[];
}

/** @param mostPoints the maximum number of steps that fit the plot */
export function createSpend(mostPoints: number): {
  readonly add: (row: LedgerRow) => void;
  readonly result: () => Spend;
} {
  const byHour = new Map<number, number>();
  return {
    add: ({ at, cost }) => {
      const hour = Math.floor(at / HOUR);
      byHour.set(hour, (byHour.get(hour) ?? 0) + (cost ?? 0));
    },
    result: () => spendOf(byHour, mostPoints),
  };
}

function spendOf(byHour: ReadonlyMap<number, number>, mostPoints: number): Spend {
  if (byHour.size === 0) return { step: 'hour', points: [] };
  let earliest = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  for (const hour of byHour.keys()) {
    earliest = Math.min(earliest, hour * HOUR);
    latest = Math.max(latest, hour * HOUR);
  }
  const steps = (length: number): number => Math.floor(latest / length) - Math.floor(earliest / length) + 1;
  const { name, length } = STEPS.find((step) => steps(step.length) <= mostPoints) ?? STEPS[3];
  const start = Math.floor(earliest / length);
  const costs = new Array<number>(steps(length)).fill(0);
  for (const [hour, cost] of byHour) {
    const index = Math.floor((hour * HOUR) / length) - start;
    costs[index] = (costs[index] ?? 0) + cost;
  }
  return { step: name, points: costs.map((cost, index) => ({ at: (start + index) * length, cost })) };
}
