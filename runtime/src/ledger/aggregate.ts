/** Sums up the ledger: calls, money, tokens, times and hits, grouped by any property of a row. */

import { isFromAnother } from '../core/call-result.ts';
import { SAVING_LAYERS, type Savings } from '../core/saving-layers.ts';
import type { LedgerRow } from '../stores/ledger-row.ts';
import type { LedgerFilter, LedgerStore } from '../stores/store.ts';

export const GROUP_BY = [
  'feature',
  'user',
  'tenant',
  'team',
  'tag',
  'model',
  'provider',
  'endpoint',
  'callSite',
  'origin',
  'end',
] as const;
export type GroupBy = (typeof GROUP_BY)[number];

export interface Group {
  /** Null if the rows have no value. */
  readonly key: string | null;
  readonly calls: number;
  /** Failed, also in the middle of an answer, or refused by the provider; refusals of the runtime are `refused`. */
  readonly errors: number;
  readonly refused: number;
  /** Answered without the provider. */
  readonly hits: number;
  /** Nano-dollars; the cost of `unpriced` calls is not included. */
  readonly cost: number;
  readonly unpriced: number;
  /** Nano-dollars, net: what layers made more expensive is subtracted. */
  readonly saved: number;
  readonly savedBy: Savings;
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  /** Milliseconds, for all calls; null if there are none. */
  readonly latency: Percentiles | null;
}

export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Groups, most expensive first. Every row is read: for large ledgers set a time in the filter. */
export async function aggregate(
  ledger: LedgerStore,
  by: GroupBy,
  filter: LedgerFilter = {},
): Promise<readonly Group[]> {
  const groups = createGrouping((row) => keysBy(row, by));
  for await (const row of ledger.rows(filter)) groups.add(row);
  return groups.result();
}

/** The groups of a row: a call with several tags is in the group of each. */
export function keysBy(row: LedgerRow, by: GroupBy): readonly (string | null)[] {
  if (by !== 'tag') return [row[by] ?? null];
  return row.tags === undefined || row.tags.length === 0 ? [null] : row.tags;
}

export interface Grouping {
  readonly add: (row: LedgerRow) => void;
  /** Most expensive first. */
  readonly result: () => readonly Group[];
}

/** Sums up rows as they arrive. Only the latency of each is kept, for the percentiles. */
export function createGrouping(keysOf: (row: LedgerRow) => readonly (string | null)[]): Grouping {
  const byKey = new Map<string | null, Sum>();
  return {
    add: (row) => {
      for (const key of keysOf(row)) {
        let sum = byKey.get(key);
        if (sum === undefined) {
          sum = emptySum();
          byKey.set(key, sum);
        }
        addTo(sum, row);
      }
    },
    result: () =>
      [...byKey]
        .map(([key, { latencies, ...sum }]): Group => ({ key, ...sum, latency: percentiles(latencies) }))
        .sort((a, b) => b.cost - a.cost || b.calls - a.calls),
  };
}

type Figure = Exclude<keyof Group, 'key' | 'latency' | 'savedBy'>;
type Sum = { -readonly [Name in Figure]: number } & {
  readonly savedBy: { -readonly [Layer in keyof Savings]: Savings[Layer] };
  readonly latencies: number[];
};

function emptySum(): Sum {
  return {
    calls: 0,
    errors: 0,
    refused: 0,
    hits: 0,
    cost: 0,
    unpriced: 0,
    saved: 0,
    savedBy: {},
    inputTokens: 0,
    cachedInputTokens: 0,
    outputTokens: 0,
    latencies: [],
  };
}

function addTo(sum: Sum, row: LedgerRow): void {
  sum.calls++;
  if (row.origin === 'refusal') sum.refused++;
  else if (row.status === 0 || row.status >= 400 || row.end === 'failed') sum.errors++;
  if (isFromAnother(row.origin)) sum.hits++;
  if (row.cost === null) sum.unpriced++;
  else sum.cost += row.cost;
  sum.saved += row.saved ?? 0;
  for (const layer of SAVING_LAYERS) {
    const amount = row.savedBy[layer];
    if (amount !== undefined) sum.savedBy[layer] = (sum.savedBy[layer] ?? 0) + amount;
  }
  sum.inputTokens += row.inputTokens ?? 0;
  sum.cachedInputTokens += row.cachedInputTokens ?? 0;
  sum.outputTokens += row.outputTokens ?? 0;
  sum.latencies.push(row.latency);
}

/** The nearest-rank definition: the result is a value that occurred. */
export function percentiles(values: readonly number[]): Percentiles | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
