/**
 * What all processes know of an experiment: what was counted in its arms, and whether it was stopped. A process counts for
 * itself and adds that to the record from time to time, one process at a time.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { formatCount } from '@farthing/shared/money';
import {
  addAll,
  addTo,
  type Comparisons,
  type CountField,
  type Counts,
  compareArms,
  createCounts,
  METRICS,
  type Metric,
  type Place,
  readCounts,
  totalOf,
} from '../../ledger/experiment-counts.ts';
import type { RecordStore } from '../../stores/store.ts';
import type { Background } from '../../support/background.ts';
import { asString, parseObject } from '../../support/json-body.ts';

export interface ExperimentState {
  /** Why it was stopped, for people; null while it runs. `unknown` while the store does not say. */
  readonly stopped: () => Promise<string | null | 'unknown'>;
  readonly count: (place: Place, amounts: Partial<Record<CountField, number>>) => void;
}

export interface StateTools {
  /** Of the records; a changed experiment has another. */
  readonly key: string;
  readonly records: RecordStore;
  /** By metric: how much more than in the control it may be, as a share. Null never stops. */
  readonly tolerated: Readonly<Record<Metric, number>> | null;
  /** Called once in each process. */
  readonly onStop: (reason: string) => void;
  readonly onFailure: (error: unknown) => void;
  readonly background: Background;
}

/** A process adds what it counted when it has so many calls, or this share of all. */
const FEWEST_CALLS = 20;
const SHARE_OF_ALL = 0.02;
/** And after this time, to learn what others know. */
const MILLISECONDS = 10_000;
/** A process that ends while it writes is not waited for. */
const LOCK = 5000;
/** How often a flush waits for another process, and for how many milliseconds. */
const TRIES = 40;
const PAUSE = 25;

const NAMES: Readonly<Record<Metric, string>> = {
  cost: 'cost of a call',
  bad: 'share of bad feedback',
  failed: 'share of failures',
};

export function createExperimentState(tools: StateTools): ExperimentState {
  const { key, records, tolerated, onStop, onFailure, background } = tools;
  const owner = randomUUID();
  let pending = createCounts();
  let [pendingCalls, allCalls] = [0, 0];
  let reason: string | null | 'unknown' = 'unknown';
  let syncedAt = Number.NEGATIVE_INFINITY;
  let running: Promise<boolean> | null = null;

  const learn = (stop: string | null): void => {
    if (stop !== null && reason !== stop) onStop(stop);
    reason = stop;
  };

  /** False if another process is at it. */
  const write = async (): Promise<boolean> => {
    if (!(await records.claim(`${key}:lock`, owner, LOCK))) return false;
    const added = pending;
    const calls = pendingCalls;
    [pending, pendingCalls] = [createCounts(), 0];
    try {
      const { counts, stop } = readState((await records.get([key]))[0] ?? null);
      addAll(counts, added);
      const harm = stop ?? (tolerated === null ? null : harmIn(counts, tolerated));
      await records.set([{ key, value: JSON.stringify({ counts: [...counts], stop: harm }) }]);
      allCalls = totalOf(counts, 'control', 'calls') + totalOf(counts, 'treatment', 'calls');
      learn(harm);
    } catch (error) {
      addAll(pending, added);
      pendingCalls += calls;
      throw error;
    } finally {
      await records.claim(`${key}:lock`, owner, 0);
    }
    return true;
  };

  const sync = (): Promise<boolean> => {
    running ??= (async () => write())()
      .catch((error: unknown) => {
        onFailure(error);
        return true;
      })
      .finally(() => {
        running = null;
        syncedAt = performance.now();
      });
    return running;
  };

  const isDue = (): boolean =>
    pendingCalls >= Math.max(FEWEST_CALLS, SHARE_OF_ALL * allCalls) || performance.now() - syncedAt > MILLISECONDS;

  background.onFlush(async () => {
    if (pending.every((amount) => amount === 0)) return;
    for (let tried = 0; tried < TRIES && !(await sync()); tried++) await delay(PAUSE);
  });

  return {
    stopped: async () => {
      if (reason !== 'unknown') return reason;
      try {
        learn(readState((await records.get([key]))[0] ?? null).stop);
      } catch (error) {
        onFailure(error);
      }
      return reason;
    },
    count: (place, amounts) => {
      addTo(pending, place, amounts);
      pendingCalls += amounts.calls ?? 0;
      if (running === null && isDue()) background.add(sync());
    },
  };
}

function readState(text: string | null): { readonly counts: Counts; readonly stop: string | null } {
  const value = text === null ? null : parseObject(text);
  return { counts: readCounts(value?.counts) ?? createCounts(), stop: asString(value?.stop) };
}

/** Why the treatment is harmful, for people; null if nothing shows that. */
function harmIn(counts: Counts, tolerated: Readonly<Record<Metric, number>>): string | null {
  const comparisons: Comparisons = compareArms(counts);
  const metric = METRICS.find((one) => (comparisons[one]?.low ?? 0) > 1 + tolerated[one]);
  const found = metric === undefined ? null : comparisons[metric];
  if (metric === undefined || found === null) return null;
  const calls = formatCount(totalOf(counts, 'treatment', 'calls'));
  return `after ${calls} calls with the treatment: its ${NAMES[metric]} is at least ${found.low.toFixed(2)} times that of the control`;
}
