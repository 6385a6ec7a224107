/** Langfuse's observations: the export of its interface, its API, and its export to a bucket, as JSON, JSON lines or CSV. */
import type { MeasuredTokens } from '@farthing/shared/measured/measured';
import { STANDARD_TERMS } from '../recorded-call.ts';
import { between, countOf, type Fields, fieldsOf, firstName, parsed, providerNamed, timeOf } from './fields.ts';
import { revisionOf } from './ledger.ts';
import { siteInMetadata } from './metadata-site.ts';
import type { Source } from './source.ts';

export const langfuse: Source = {
  name: "Langfuse's observations",
  recognises: (record) =>
    ('traceId' in record || 'trace_id' in record) &&
    'type' in record &&
    ('startTime' in record || 'start_time' in record),
  read: (record) => {
    if (!MODEL_CALLS.has(record.type)) return typeof record.type === 'string' ? [] : null;
    const at = timeOf(record.startTime ?? record.start_time);
    if (at === null) return null;
    const metadata = fieldsOf(parsed(record.metadata)) ?? {};
    const outcome = record.level === 'ERROR' ? 'failed' : 'answered';
    return [
      {
        at,
        site: siteInMetadata(metadata),
        revision: revisionOf(firstName(record.version) ?? metadata['vcs.ref.head.revision']),
        provider: providerNamed(metadata.ls_provider ?? metadata['gen_ai.provider.name'] ?? metadata['gen_ai.system']),
        model: firstName(record.model, record.providedModelName, record.provided_model_name),
        servedModel: null,
        outcome,
        tokens: outcome === 'answered' ? tokensOf(record) : null,
        terms: STANDARD_TERMS,
        latency: between(at, timeOf(record.endTime ?? record.end_time)),
      },
    ];
  },
};

const MODEL_CALLS: ReadonlySet<unknown> = new Set(['GENERATION', 'EMBEDDING']);

/**
 * By its own convention every key that begins with `input` or `output` is a part of that direction, and none contains
 * another. What an integration reports of a cache under Anthropic's names is input as well.
 */
function tokensOf(record: Fields): MeasuredTokens | null {
  const details = fieldsOf(parsed(record.usageDetails ?? record.usage_details)) ?? {};
  const counts = Object.entries(details).flatMap(([key, value]) => {
    const count = countOf(value);
    return count === null ? [] : [{ key, count }];
  });
  const sum = (pattern: RegExp): number =>
    counts.reduce((total, { key, count }) => (pattern.test(key) ? total + count : total), 0);
  if (counts.length === 0) return oldTokensOf(record);
  return {
    input: sum(/^input|^cache/),
    cachedInput: sum(/cache_?read|cached/i),
    cacheWrite: sum(/cache_?(?:creation|write)/i),
    cacheWriteLong: 0,
    output: sum(/^output/),
    reasoning: sum(/^output.*reasoning/),
  };
}

/** Before there were details: two counts. */
function oldTokensOf(record: Fields): MeasuredTokens | null {
  const usage = fieldsOf(parsed(record.usage)) ?? {};
  const input = countOf(usage.input ?? record.inputUsage ?? record.promptTokens ?? record.prompt_tokens);
  const output = countOf(usage.output ?? record.outputUsage ?? record.completionTokens ?? record.completion_tokens);
  if (input === null || output === null) return null;
  return { input, cachedInput: 0, cacheWrite: 0, cacheWriteLong: 0, output, reasoning: 0 };
}
