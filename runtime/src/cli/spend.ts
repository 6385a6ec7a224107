/** Spending over time, in steps that fit a terminal's width. */
import type { LedgerRow } from '../stores/ledger-row.ts';
import { calendarOf } from '../windows/calendar.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** 1970-01-05 was a Monday. */
const MONDAY = 4 * DAY;
const STEPS = [
  { name: 'hour', length: HOUR, from: 0 },
  { name: 'day', length: DAY, from: 0 },
  { name: 'week', length: 7 * DAY, from: MONDAY },
  { name: '4 weeks', length: 28 * DAY, from: MONDAY },
] as const;
/** Clocks change between two of these parts of an hour, and not within one. */
const QUARTER = 15 * MINUTE;

export interface Spend {
  readonly step: (typeof STEPS)[number]['name'];
  /**
   * From the first step with a call to the last one, including steps without calls: when each begins, and nano-dollars.
   * Steps are hours, days and weeks of local time; an hour that comes twice is one step.
   */
  readonly points: readonly { readonly at: number; readonly cost: number }[];
}

/** @param maxPoints the maximum number of steps that fit the plot */
export function createSpend(
  maxPoints: number,
  timeZone: string,
): {
  readonly add: (row: LedgerRow) => void;
  readonly result: () => Spend;
} {
  const { offsetAt, momentOf } = calendarOf(timeZone);
  const byHour = new Map<number, number>();
  // Rows are read in about their order, so that most of them share the offset of the one before.
  let quarter = Number.NaN;
  let offset = 0;
  return {
    add: ({ at, cost }) => {
      if (Math.floor(at / QUARTER) !== quarter) {
        quarter = Math.floor(at / QUARTER);
        offset = offsetAt(at);
      }
      const hour = Math.floor((at + offset) / HOUR);
      byHour.set(hour, (byHour.get(hour) ?? 0) + (cost ?? 0));
    },
    result: () => spendOf(byHour, maxPoints, momentOf),
  };
}

function spendOf(byHour: ReadonlyMap<number, number>, maxPoints: number, momentOf: (local: number) => number): Spend {
  if (byHour.size === 0) return { step: 'hour', points: [] };
  let earliest = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  for (const hour of byHour.keys()) {
    earliest = Math.min(earliest, hour * HOUR);
    latest = Math.max(latest, hour * HOUR);
  }
  const indexIn = ({ length, from }: (typeof STEPS)[number], local: number): number =>
    Math.floor((local - from) / length);
  const stepsOf = (step: (typeof STEPS)[number]): number => indexIn(step, latest) - indexIn(step, earliest) + 1;
  const step = STEPS.find((each) => stepsOf(each) <= maxPoints) ?? STEPS[3];
  const start = indexIn(step, earliest);
  const costs = new Array<number>(stepsOf(step)).fill(0);
  for (const [hour, cost] of byHour) {
    const index = indexIn(step, hour * HOUR) - start;
    costs[index] = (costs[index] ?? 0) + cost;
  }
  const { name, length, from } = step;
  return { step: name, points: costs.map((cost, index) => ({ at: momentOf(from + (start + index) * length), cost })) };
}
