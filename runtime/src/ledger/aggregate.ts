/** The ledger in figures: calls, money, tokens, times and hits, by whatever a row says. */

import { SAVING_LAYERS, type Savings } from '../core/saving-layers.ts';
import type { LedgerRow } from '../stores/ledger-row.ts';
import type { LedgerFilter, LedgerStore } from '../stores/store.ts';

export type GroupBy = 'feature' | 'user' | 'tenant' | 'model' | 'provider' | 'endpoint' | 'callSite' | 'origin';

export interface Group {
  /** Null where the rows do not say. */
  readonly key: string | null;
  readonly calls: number;
  /** Failed, or refused by the provider; refusals of the runtime are `refused`. */
  readonly errors: number;
  readonly refused: number;
  /** Answered without the provider. */
  readonly hits: number;
  /** Nano-dollars; `unpriced` calls are not in it. */
  readonly cost: number;
  readonly unpriced: number;
  /** Nano-dollars, net: what layers made dearer is taken off. */
  readonly saved: number;
  readonly savedBy: Savings;
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  /** Milliseconds, of all calls; null without a call. */
  readonly latency: Percentiles | null;
}

export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Groups from the dearest to the cheapest. Every row is read: for large ledgers give the filter a time. */
export async function aggregate(
  ledger: LedgerStore,
  by: GroupBy,
  filter: LedgerFilter = {},
): Promise<readonly Group[]> {
  const groups = createGrouping((row) => row[by]);
  for await (const row of ledger.rows(filter)) groups.add(row);
  return groups.result();
}

export interface Grouping {
  readonly add: (row: LedgerRow) => void;
  /** From the dearest to the cheapest. */
  readonly result: () => readonly Group[];
}

/** Sums up rows as they come: of each only its latency is kept, for the percentiles. */
export function createGrouping(keyOf: (row: LedgerRow) => string | null): Grouping {
  const byKey = new Map<string | null, Sum>();
  return {
    add: (row) => {
      const key = keyOf(row);
      let sum = byKey.get(key);
      if (sum === undefined) {
        sum = emptySum();
        byKey.set(key, sum);
      }
      addTo(sum, row);
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
  else if (row.status === 0 || row.status >= 400) sum.errors++;
  if (row.origin === 'exact-cache' || row.origin === 'joined') sum.hits++;
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

/** The nearest-rank definition: a value that really occurred. */
export function percentiles(values: readonly number[]): Percentiles | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
