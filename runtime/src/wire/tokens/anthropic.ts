/** Anthropic's counts: `input_tokens` does not include cache reads and writes. */
import { asArray, asObject, asString, type JsonObject } from '../../support/json-body.ts';
import type { OtherUsage, Usage } from '../usage.ts';
import { countOf, usageOf } from './counts.ts';

export function anthropicUsage(usage: JsonObject | null): Usage | null {
  const own = usage === null ? null : messageUsage(usage);
  if (usage === null || own === null) return null;
  const others: OtherUsage[] = [];
  let sum = own;
  for (const iteration of asArray(usage.iterations).map(asObject)) {
    // The usage above is the sum of the messages. A compaction is billed in addition, and an advisor as its own model.
    if (iteration === null || iteration.type === 'message') continue;
    const more = messageUsage(iteration);
    const model = asString(iteration.model);
    if (more === null) continue;
    if (model === null) sum = plus(sum, more);
    else others.push({ model, usage: more });
  }
  return others.length === 0 ? sum : { ...sum, others };
}

function messageUsage(usage: JsonObject): Usage | null {
  const uncached = countOf(usage.input_tokens);
  const output = countOf(usage.output_tokens);
  if (uncached === null || output === null) return null;
  const cached = countOf(usage.cache_read_input_tokens) ?? 0;
  const lifetimes = asObject(usage.cache_creation);
  const long = countOf(lifetimes?.ephemeral_1h_input_tokens) ?? 0;
  const short = countOf(lifetimes?.ephemeral_5m_input_tokens) ?? 0;
  const written = Math.max(countOf(usage.cache_creation_input_tokens) ?? 0, long + short);
  const used = asObject(usage.server_tool_use);
  return usageOf({
    input: uncached + cached + written,
    output,
    cached,
    written: written - long,
    writtenLong: long,
    reasoning: countOf(asObject(usage.output_tokens_details)?.thinking_tokens),
    fees: {
      'web-search': countOf(used?.web_search_requests),
      'web-fetch': countOf(used?.web_fetch_requests),
      'code-execution': countOf(used?.code_execution_requests),
    },
  });
}

function plus(sum: Usage, more: Usage): Usage {
  const reasoning = sum.reasoning === null ? more.reasoning : sum.reasoning + (more.reasoning ?? 0);
  return {
    ...sum,
    input: sum.input + more.input,
    cachedInput: sum.cachedInput + more.cachedInput,
    cacheWriteInput: sum.cacheWriteInput + more.cacheWriteInput,
    cacheWriteLongInput: sum.cacheWriteLongInput + more.cacheWriteLongInput,
    output: sum.output + more.output,
    reasoning,
  };
}
