/** The report's groups as CSV (RFC 4180): money in decimal dollars, latencies in milliseconds. */
import { csvDollars, csvLines } from '@farthing/shared/csv';
import { toDollars } from '@farthing/shared/money';
import { SAVING_LAYERS } from '../core/saving-layers.ts';
import type { Group } from '../ledger/aggregate.ts';
import type { Report } from './report-model.ts';

const COLUMNS: Readonly<Record<string, (group: Group) => string | number | null>> = {
  key: ({ key }) => key,
  calls: ({ calls }) => calls,
  errors: ({ errors }) => errors,
  refused: ({ refused }) => refused,
  hits: ({ hits }) => hits,
  cost_usd: ({ cost }) => decimal(cost),
  unpriced_calls: ({ unpriced }) => unpriced,
  saved_usd: ({ saved }) => decimal(saved),
  ...Object.fromEntries(
    SAVING_LAYERS.map((layer) => [
      `saved_by_${layer.replace('-', '_')}_usd`,
      ({ savedBy }: Group) => decimal(savedBy[layer] ?? 0),
    ]),
  ),
  input_tokens: ({ inputTokens }) => inputTokens,
  cached_input_tokens: ({ cachedInputTokens }) => cachedInputTokens,
  output_tokens: ({ outputTokens }) => outputTokens,
  p50_ms: ({ latency }) => latency?.p50 ?? null,
  p95_ms: ({ latency }) => latency?.p95 ?? null,
  p99_ms: ({ latency }) => latency?.p99 ?? null,
};

export function toCsv({ groups }: Report): string {
  const lines = groups.flatMap(({ by, rows }) =>
    rows.map((group) => [by, ...Object.values(COLUMNS).map((value) => value(group))]),
  );
  return csvLines([['by', ...Object.keys(COLUMNS)], ...lines]);
}

function decimal(nanos: number): string {
  return csvDollars(toDollars(nanos));
}
