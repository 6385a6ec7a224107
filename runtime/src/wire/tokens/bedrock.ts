/** Counts of Amazon Bedrock: its own form, and the native form of each family of models. */
import { asArray, asObject, type JsonObject } from '../../support/json-body.ts';
import { inputUsage, type Usage } from '../usage.ts';
import { countOf, countOrAbsent, largest, usageOf } from './counts.ts';

/** `usage` of converse and of Nova: `inputTokens` does not include cache reads and writes. */
export function converseUsage(usage: JsonObject | null): Usage | null {
  const uncached = countOf(usage?.inputTokens);
  const output = countOrAbsent(usage?.outputTokens);
  if (usage === null || uncached === null || output === null) return null;
  const cached = largest(usage.cacheReadInputTokens, usage.cacheReadInputTokenCount) ?? 0;
  const written = largest(usage.cacheWriteInputTokens, usage.cacheWriteInputTokenCount) ?? 0;
  let long = 0;
  for (const detail of asArray(usage.cacheDetails).map(asObject)) {
    if (detail?.ttl === '1h') long += countOf(detail.inputTokens) ?? 0;
  }
  const used = asObject(usage.serverToolUsage);
  return usageOf({
    input: uncached + cached + written,
    output,
    cached,
    written: Math.max(written - long, 0),
    writtenLong: Math.min(long, written),
    fees: { 'web-search': largest(used?.webSearchRequests, used?.webGroundingRequests) },
  });
}

/** Bedrock's own counts at the end of a model's native stream. */
export function metricsUsage(metrics: JsonObject | null): Usage | null {
  if (metrics === null) return null;
  const { inputTokenCount: inputTokens, outputTokenCount: outputTokens, ...cache } = metrics;
  return converseUsage({ ...cache, inputTokens, outputTokens });
}

/** Native answers of models with counts at the top level: Llama, Titan. */
export function nativeUsage(answer: JsonObject): Usage | null {
  const prompt = countOf(answer.prompt_token_count);
  if (prompt !== null) return usageOf({ input: prompt, output: countOf(answer.generation_token_count) ?? 0 });
  const texts = countOf(answer.inputTextTokenCount);
  if (texts === null) return null;
  let output = countOf(answer.totalOutputTextTokenCount) ?? 0;
  for (const result of asArray(answer.results).map(asObject)) output += countOf(result?.tokenCount) ?? 0;
  return output === 0 ? inputUsage(texts) : usageOf({ input: texts, output });
}

const COUNT_HEADER = 'x-amzn-bedrock-';

export function isCountHeader(name: string): boolean {
  return name.startsWith(COUNT_HEADER);
}

/** Bedrock reports the usage in headers if the body does not. */
export function headerUsage(headers: Headers): Usage | null {
  const count = (name: string): number | null => countOf(headers.get(`${COUNT_HEADER}${name}-token-count`));
  const inputTokens = count('input');
  if (inputTokens === null) return null;
  return converseUsage({
    inputTokens,
    outputTokens: count('output') ?? 0,
    cacheReadInputTokens: count('cache-read-input'),
    cacheWriteInputTokens: count('cache-write-input'),
  });
}
