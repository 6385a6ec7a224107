/** LiteLLM's spend log: `/spend/logs`, and its table `LiteLLM_SpendLogs` as JSON or CSV. */
import type { MeasuredTokens } from '@farthing/shared/measured/measured';
import { type RecordedCall, STANDARD_TERMS } from '../recorded-call.ts';
import {
  between,
  countOf,
  type Fields,
  fieldsOf,
  firstCount,
  nameOf,
  parsed,
  providerNamed,
  timeOf,
} from './fields.ts';
import { revisionOf } from './ledger.ts';
import { siteInMetadata } from './metadata-site.ts';
import type { Source } from './source.ts';

export const litellm: Source = {
  name: "LiteLLM's spend log",
  recognises: (record) => 'request_id' in record && 'call_type' in record && 'prompt_tokens' in record,
  read: (record) => {
    const at = timeOf(record.startTime);
    // The proxy passes requests on under its own names: `openai/gpt-6-sol`.
    const model = nameOf(record.model);
    if (at === null && model === null) return null;
    const metadata = fieldsOf(parsed(record.metadata)) ?? {};
    const own = fieldsOf(metadata.spend_logs_metadata) ?? fieldsOf(metadata.requester_metadata) ?? {};
    const outcome = outcomeOf(record, metadata);
    return [
      {
        at,
        site: siteInMetadata(own),
        revision: revisionOf(own.revision ?? own['vcs.ref.head.revision']),
        provider: providerNamed(record.custom_llm_provider),
        model,
        servedModel: null,
        outcome,
        tokens: outcome === 'answered' ? tokensOf(record, metadata) : null,
        terms: STANDARD_TERMS,
        latency: between(at, timeOf(record.endTime)),
      },
    ];
  },
};

function outcomeOf({ cache_hit, status }: Fields, metadata: Fields): RecordedCall['outcome'] {
  if (String(cache_hit).toLowerCase() === 'true') return 'reused';
  return status === 'failure' || metadata.status === 'failure' ? 'failed' : 'answered';
}

/** Its `prompt_tokens` include what was read from and written to the provider's cache. */
function tokensOf(record: Fields, metadata: Fields): MeasuredTokens | null {
  const input = countOf(record.prompt_tokens);
  const output = countOf(record.completion_tokens);
  if (input === null || output === null) return null;
  const more = fieldsOf(metadata.additional_usage_values) ?? {};
  const usage = fieldsOf(metadata.usage_object) ?? {};
  const promptDetails = fieldsOf(usage.prompt_tokens_details) ?? fieldsOf(more.prompt_tokens_details) ?? {};
  const answerDetails = fieldsOf(usage.completion_tokens_details) ?? fieldsOf(more.completion_tokens_details) ?? {};
  return {
    input,
    cachedInput:
      firstCount(more.cache_read_input_tokens, usage.cache_read_input_tokens, promptDetails.cached_tokens) ?? 0,
    cacheWrite:
      firstCount(
        more.cache_creation_input_tokens,
        usage.cache_creation_input_tokens,
        promptDetails.cache_creation_tokens,
      ) ?? 0,
    cacheWriteLong: 0,
    output,
    reasoning: countOf(answerDetails.reasoning_tokens) ?? 0,
  };
}
