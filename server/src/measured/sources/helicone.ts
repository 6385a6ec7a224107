/** Helicone's requests: the export of its interface (CSV) and of its API (JSON, JSON lines). */
import type { MeasuredTokens } from '@farthing/shared/measured/measured';
import { type RecordedCall, STANDARD_TERMS } from '../recorded-call.ts';
import {
  between,
  countOf,
  type Fields,
  fieldsOf,
  firstCount,
  firstName,
  parsed,
  providerNamed,
  timeOf,
} from './fields.ts';
import { revisionOf } from './ledger.ts';
import { siteInMetadata } from './metadata-site.ts';
import type { Source } from './source.ts';

export const helicone: Source = {
  name: "Helicone's requests",
  recognises: (record) => 'request_id' in record && ('request_created_at' in record || 'response_status' in record),
  read: (record) => {
    const at = timeOf(record.request_created_at);
    if (at === null) return null;
    const properties = fieldsOf(parsed(record.request_properties ?? record.properties)) ?? {};
    const outcome = outcomeOf(record);
    return [
      {
        at,
        site: siteInMetadata(properties),
        revision: revisionOf(properties.revision),
        provider: providerNamed(record.provider),
        model: firstName(record.model_override, record.request_model, record.model, record.response_model),
        servedModel: firstName(record.response_model),
        outcome,
        tokens: outcome === 'answered' ? tokensOf(record) : null,
        terms: STANDARD_TERMS,
        latency: firstCount(record.delay_ms, record.latency) ?? between(at, timeOf(record.response_created_at)),
      },
    ];
  },
};

function outcomeOf({ response_status, status, cache_reference_id, cache_hit }: Fields): RecordedCall['outcome'] {
  const reference = firstName(cache_reference_id);
  const isHit = reference !== null && !/^0{8}-/.test(reference);
  if (isHit || String(cache_hit).toLowerCase() === 'true') return 'reused';
  const code = firstCount(response_status, status);
  // Below zero, it is one of its own: pending, cancelled.
  return code !== null && code >= 200 && code < 400 ? 'answered' : 'failed';
}

/** Its counts are disjoint: cached input is not in `prompt_tokens`, nor reasoning in `completion_tokens`. */
function tokensOf(record: Fields): MeasuredTokens | null {
  const prompt = countOf(record.prompt_tokens);
  const completion = countOf(record.completion_tokens);
  if (prompt === null || completion === null) return null;
  const cachedInput = firstCount(record.prompt_cache_read_tokens) ?? 0;
  const cacheWrite = firstCount(record.prompt_cache_write_tokens) ?? 0;
  const reasoning = firstCount(record.reasoning_tokens) ?? 0;
  return {
    input: prompt + cachedInput + cacheWrite,
    cachedInput,
    cacheWrite,
    cacheWriteLong: 0,
    output: completion + reasoning,
    reasoning,
  };
}
