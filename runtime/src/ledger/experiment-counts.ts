/** What is counted in the arms of an experiment, by groups of people, and how the arms compare. */
import { ARMS, type ArmName } from '../core/arm.ts';
import type { Origin } from '../core/call-result.ts';
import { type RatioInterval, ratioInterval, type Sample } from '../support/sequential-test.ts';

const FIELDS = ['calls', 'failed', 'priced', 'cost', 'good', 'bad'] as const;
export type CountField = (typeof FIELDS)[number];

/** People are put into so many groups: what is counted does not grow with their number. */
export const GROUPS = 64;

/** A number for each arm, group and field; sums of them are made by adding up. */
export type Counts = Float64Array<ArrayBuffer>;

const LENGTH = ARMS.length * GROUPS * FIELDS.length;

export function createCounts(): Counts {
  return new Float64Array(LENGTH);
}

/** Null for what is not counts. */
export function readCounts(value: unknown): Counts | null {
  if (!Array.isArray(value) || value.length !== LENGTH) return null;
  return value.every((one) => Number.isFinite(one)) ? Float64Array.from(value) : null;
}

export interface Place {
  readonly arm: ArmName;
  /** From 0 to 63. */
  readonly group: number;
}

export function addTo(counts: Counts, place: Place, amounts: Partial<Record<CountField, number>>): void {
  for (const field of FIELDS) {
    const amount = amounts[field];
    if (amount !== undefined)
      counts[indexOf(place.arm, place.group, field)] = at(counts, place.arm, place.group, field) + amount;
  }
}

export function addAll(counts: Counts, more: Counts): void {
  for (const [index, amount] of more.entries()) counts[index] = (counts[index] ?? 0) + amount;
}

export function totalOf(counts: Counts, arm: ArmName, field: CountField): number {
  return samplesOf(counts, arm, field, 'calls').reduce((sum, sample) => sum + sample.sum, 0);
}

/** A call that has ended, as the ledger or the layer sees it. */
export interface EndedCall {
  readonly origin: Origin;
  readonly status: number;
  readonly end: 'complete' | 'cancelled' | 'failed';
  /** Nano-dollars; null is unknown. */
  readonly cost: number | null;
}

/** What a call adds; null for one that the runtime refused, which says nothing of an answer. */
export function amountsOf({ origin, status, end, cost }: EndedCall): Partial<Record<CountField, number>> | null {
  if (origin === 'refusal') return null;
  const isFailed = end !== 'cancelled' && (end === 'failed' || status >= 400 || status === 0);
  return { calls: 1, failed: isFailed ? 1 : 0, ...(cost !== null && { priced: 1, cost }) };
}

/** What is compared: the cost of a call, and the shares of calls with bad feedback and of those that failed. */
export const METRICS = ['cost', 'bad', 'failed'] as const;
export type Metric = (typeof METRICS)[number];

/** The probability that one of the intervals is ever wrong. */
export const DOUBT = 0.05;

export type Comparisons = Readonly<Record<Metric, RatioInterval | null>>;

/** The treatment in proportion to the control. */
export function compareArms(counts: Counts): Comparisons {
  return compared((metric) => [measured(counts, 'treatment', metric), measured(counts, 'control', metric)]);
}

/** One half of the control in proportion to the other. They are treated alike: a difference is a fault of the set-up. */
export function compareHalves(counts: Counts): Comparisons {
  return compared((metric) => {
    const all = measured(counts, 'control', metric);
    return [all.filter((_, group) => group % 2 === 0), all.filter((_, group) => group % 2 === 1)];
  });
}

function compared(samples: (metric: Metric) => readonly [readonly Sample[], readonly Sample[]]): Comparisons {
  const compare = (metric: Metric): RatioInterval | null => ratioInterval(...samples(metric), DOUBT / METRICS.length);
  return { cost: compare('cost'), bad: compare('bad'), failed: compare('failed') };
}

function measured(counts: Counts, arm: ArmName, metric: Metric): readonly Sample[] {
  return samplesOf(counts, arm, metric, metric === 'cost' ? 'priced' : 'calls');
}

function samplesOf(counts: Counts, arm: ArmName, sum: CountField, of: CountField): readonly Sample[] {
  return Array.from({ length: GROUPS }, (_, group) => ({
    sum: at(counts, arm, group, sum),
    count: at(counts, arm, group, of),
  }));
}

function at(counts: Counts, arm: ArmName, group: number, field: CountField): number {
  return counts[indexOf(arm, group, field)] ?? 0;
}

function indexOf(arm: ArmName, group: number, field: CountField): number {
  return (ARMS.indexOf(arm) * GROUPS + group) * FIELDS.length + FIELDS.indexOf(field);
}
