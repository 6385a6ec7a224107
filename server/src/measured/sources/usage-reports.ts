/**
 * What OpenAI and Anthropic export of an account's usage as CSV: sums by model and day, which belong to no call of the
 * code.
 */
import { type RecordedCall, STANDARD_TERMS } from '../recorded-call.ts';
import { countOf, nameOf, timeOf } from './fields.ts';
import type { Source } from './source.ts';

const DAY = 86_400_000;

export const openaiUsage: Source = {
  name: "OpenAI's usage",
  recognises: (row) => 'num_model_requests' in row && 'input_tokens' in row,
  read: (row) => {
    const [requests, input, output] = [row.num_model_requests, row.input_tokens, row.output_tokens].map(countOf);
    // A day without calls has a line too.
    if (isEmpty(row.num_model_requests)) return [];
    if (requests == null || input == null) return null;
    if (requests === 0) return [];
    const at = timeOf(row.start_time_iso ?? row.start_time);
    return [
      {
        ...summed('openai', nameOf(row.model), at, requests),
        until: timeOf(row.end_time_iso ?? row.end_time),
        tokens: {
          input,
          cachedInput: countOf(row.input_cached_tokens) ?? 0,
          cacheWrite: 0,
          cacheWriteLong: 0,
          output: output ?? 0,
          reasoning: 0,
        },
        terms: { isBatch: String(row.batch).toLowerCase() === 'true', tier: nameOf(row.service_tier) },
      },
    ];
  },
};

export const anthropicUsage: Source = {
  name: "Anthropic's usage",
  recognises: (row) => 'usage_input_tokens_no_cache' in row && 'model_version' in row,
  read: (row) => {
    const fresh = countOf(row.usage_input_tokens_no_cache);
    const output = countOf(row.usage_output_tokens);
    if (fresh === null || output === null) return null;
    const [cacheWrite = 0, cacheWriteLong = 0, cachedInput = 0] = [
      row.usage_input_tokens_cache_write_5m,
      row.usage_input_tokens_cache_write_1h,
      row.usage_input_tokens_cache_read,
    ].map((value) => countOf(value) ?? 0);
    const at = timeOf(row.usage_date_utc);
    return [
      {
        // It does not say how many calls there were.
        ...summed('anthropic', nameOf(row.model_version), at, 1),
        until: at === null ? null : at + DAY,
        tokens: {
          input: fresh + cacheWrite + cacheWriteLong + cachedInput,
          cachedInput,
          cacheWrite,
          cacheWriteLong,
          output,
          reasoning: 0,
        },
        terms: { ...STANDARD_TERMS, isBatch: String(row.usage_type).toLowerCase() === 'batch' },
      },
    ];
  },
};

function isEmpty(value: unknown): boolean {
  return value === '' || value === undefined || value === null;
}

function summed(
  provider: RecordedCall['provider'],
  model: string | null,
  at: number | null,
  count: number,
): Omit<RecordedCall, 'tokens' | 'terms'> & { readonly isSum: true } {
  return {
    at,
    count,
    isSum: true,
    site: null,
    revision: null,
    provider,
    model,
    servedModel: null,
    outcome: 'answered',
    latency: null,
  };
}
