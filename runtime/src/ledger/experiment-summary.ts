/** What experiments have shown, from the rows of the ledger. */
import type { ArmName } from '../core/arm.ts';
import type { Decision } from '../core/decision.ts';
import type { LedgerRow } from '../stores/ledger-row.ts';
import {
  addTo,
  amountsOf,
  type Comparisons,
  type Counts,
  compareArms,
  compareHalves,
  createCounts,
  totalOf,
} from './experiment-counts.ts';

export interface ArmSummary {
  readonly arm: ArmName;
  /** Users or tenants. */
  readonly people: number;
  readonly calls: number;
  readonly failed: number;
  readonly good: number;
  readonly bad: number;
  /** Nano-dollars of the calls whose cost is known, and how many they are. */
  readonly cost: number;
  readonly priced: number;
}

export interface ExperimentSummary {
  readonly experiment: string;
  readonly version: string;
  /** True for an A/A run: both arms got the same. */
  readonly isShadow: boolean;
  /** What the treatment changed; null before its first call. */
  readonly change: string | null;
  /** Milliseconds since the epoch of the first and the last call. */
  readonly first: number;
  readonly last: number;
  /** Why it was stopped; null while it runs. */
  readonly stopped: string | null;
  readonly arms: readonly ArmSummary[];
  /** The share of people that should have the treatment. */
  readonly share: number;
  /** True if so many people are in the treatment, or so few, as hardly comes about by chance. */
  readonly isUneven: boolean;
  /** Treatment in proportion to control. */
  readonly comparisons: Comparisons;
  /** One half of the control in proportion to the other, which is treated alike. */
  readonly halves: Comparisons;
}

interface Collected {
  readonly head: Pick<ExperimentSummary, 'experiment' | 'version' | 'isShadow' | 'share'>;
  readonly counts: Counts;
  readonly people: Readonly<Record<ArmName, Set<string>>>;
  change: string | null;
  first: number;
  last: number;
  stopped: string | null;
}

/** Standard errors from which a share of people is not chance: one in a thousand. */
const UNEVEN = 3.29;

type Assigned = Extract<Decision, { readonly outcome: 'assigned' }>;
type Stopped = Extract<Decision, { readonly outcome: 'stopped' }>;

/** @param name of one experiment; null for all. The one that ran last comes first. */
export async function summariseExperiments(
  rows: AsyncIterable<LedgerRow>,
  name: string | null,
): Promise<readonly ExperimentSummary[]> {
  const all = new Map<string, Collected>();
  for await (const row of rows) {
    const decision = row.decisions.find((one): one is DecisionOfExperiment => isOfExperiment(one, name));
    if (decision === undefined) continue;
    const key = JSON.stringify([decision.experiment, decision.version]);
    if (decision.outcome === 'assigned') {
      const collected = all.get(key) ?? begin(decision, row.at);
      all.set(key, collected);
      add(collected, decision, row);
    } else {
      const collected = all.get(key);
      if (collected !== undefined) collected.stopped ??= decision.reason;
    }
  }
  return [...all.values()].map(summaryOf).sort((one, other) => other.last - one.last);
}

type DecisionOfExperiment = Decision & (Assigned | Stopped);

function isOfExperiment(decision: Decision, name: string | null): decision is DecisionOfExperiment {
  if (decision.outcome !== 'assigned' && decision.outcome !== 'stopped') return false;
  return name === null || decision.experiment === name;
}

function begin({ experiment, version, isShadow, share }: Assigned & Decision, at: number): Collected {
  return {
    head: { experiment, version, isShadow, share },
    counts: createCounts(),
    people: { control: new Set(), treatment: new Set() },
    change: null,
    first: at,
    last: at,
    stopped: null,
  };
}

function add(collected: Collected, decision: Assigned & Decision, row: LedgerRow): void {
  const amounts = amountsOf({ ...row, end: row.end ?? 'complete' });
  if (amounts === null) return;
  const feedback = row.feedback === undefined ? {} : { [row.feedback]: 1 };
  addTo(collected.counts, decision, { ...amounts, ...feedback });
  collected.people[decision.arm].add(JSON.stringify([row.tenant, row.user]));
  if (decision.arm === 'treatment') collected.change = decision.reason;
  collected.first = Math.min(collected.first, row.at);
  collected.last = Math.max(collected.last, row.at);
}

function summaryOf({ head, counts, people, ...times }: Collected): ExperimentSummary {
  const [treated, all] = [people.treatment.size, people.treatment.size + people.control.size];
  const expected = all * head.share;
  return {
    ...head,
    ...times,
    arms: (['control', 'treatment'] as const).map((arm) => ({
      arm,
      people: people[arm].size,
      calls: totalOf(counts, arm, 'calls'),
      failed: totalOf(counts, arm, 'failed'),
      good: totalOf(counts, arm, 'good'),
      bad: totalOf(counts, arm, 'bad'),
      cost: totalOf(counts, arm, 'cost'),
      priced: totalOf(counts, arm, 'priced'),
    })),
    isUneven: Math.abs(treated - expected) > UNEVEN * Math.sqrt(expected * (1 - head.share)),
    comparisons: compareArms(counts),
    halves: compareHalves(counts),
  };
}
