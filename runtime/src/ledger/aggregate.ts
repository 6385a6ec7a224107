/** The ledger in figures: calls, money, tokens, times and hits, by whatever a row says. */
import type { LedgerFilter, LedgerStore } from '../stores/store.ts';
import type { LedgerRow } from './row.ts';

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
  readonly saved: number;
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
  const byKey = new Map<string | null, LedgerRow[]>();
  for await (const row of ledger.rows(filter)) {
    const rows = byKey.get(row[by]);
    if (rows === undefined) byKey.set(row[by], [row]);
    else rows.push(row);
  }
  return [...byKey].map(([key, rows]) => groupOf(key, rows)).sort((a, b) => b.cost - a.cost || b.calls - a.calls);
}

function groupOf(key: string | null, rows: readonly LedgerRow[]): Group {
  const sum = (value: (row: LedgerRow) => number | null): number =>
    rows.reduce((total, row) => total + (value(row) ?? 0), 0);
  const count = (is: (row: LedgerRow) => boolean): number => rows.filter(is).length;
  return {
    key,
    calls: rows.length,
    errors: count(({ origin, status }) => origin !== 'refusal' && (status === 0 || status >= 400)),
    refused: count(({ origin }) => origin === 'refusal'),
    hits: count(({ origin }) => origin === 'exact-cache' || origin === 'joined'),
    cost: sum(({ cost }) => cost),
    unpriced: count(({ cost }) => cost === null),
    saved: sum(({ saved }) => saved),
    inputTokens: sum(({ inputTokens }) => inputTokens),
    cachedInputTokens: sum(({ cachedInputTokens }) => cachedInputTokens),
    outputTokens: sum(({ outputTokens }) => outputTokens),
    latency: percentiles(rows.map(({ latency }) => latency)),
  };
}

/** The nearest-rank definition: a value that really occurred. */
export function percentiles(values: readonly number[]): Percentiles | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
