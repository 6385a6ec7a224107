/** The report's groups as CSV (RFC 4180): money in decimal dollars, latencies in milliseconds. */
import { toDollars } from '@farthing/shared/money';
import { printableLines } from '@farthing/shared/printable';
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
  return [['by', ...Object.keys(COLUMNS)], ...lines].map((line) => `${line.map(field).join(',')}\r\n`).join('');
}

/** Without an exponent, which spreadsheets may misread. */
function decimal(nanos: number): string {
  return toDollars(nanos)
    .toFixed(9)
    .replace(/\.?0+$/, '');
}

/** Characters with which a formula begins: a spreadsheet would run it, even if it came from a user's name. */
const FORMULA = /^[=+\-@\t\r]/;

function field(value: string | number | null): string {
  // Amounts may be negative; they come from the report itself.
  const isName = typeof value === 'string' && !/^-?\d+(?:\.\d+)?$/.test(value);
  const text = printableLines(isName && FORMULA.test(value) ? `'${value}` : String(value ?? ''));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
