/** Counts of OpenAI's APIs, and of all providers that imitate them in their own way. */
import type { Fee } from '@farthing/shared/vocabulary';
import { asObject, type JsonObject } from '../../support/json-body.ts';
import type { Usage } from '../usage.ts';
import { countOf, countOrAbsent, largest, usageOf } from './counts.ts';

/**
 * `prompt_tokens` and `completion_tokens`, or `input_tokens` and `output_tokens`, which include cached tokens. A total
 * alone is input: Voyage's embeddings report nothing else. Null if there is no count.
 */
export function openaiUsage(usage: JsonObject | null): Usage | null {
  if (usage === null) return null;
  const total = countOf(usage.total_tokens);
  const prompt = largest(usage.prompt_tokens, usage.input_tokens);
  const completion = countOrAbsent(usage.completion_tokens ?? usage.output_tokens);
  const isTotalAlone = DIRECTIONS.every((name) => usage[name] === undefined);
  if (isTotalAlone) return total === null ? null : usageOf({ input: total, output: 0 });
  if (prompt === null || completion === null) return null;
  // The prompt alone does not mean that nothing was answered.
  if (usage.completion_tokens === undefined && usage.output_tokens === undefined && total === null) return null;
  const inputs = detailsOf(usage, INPUT_DETAILS);
  const outputs = detailsOf(usage, OUTPUT_DETAILS);
  const cached = asObject(inputs?.cached_tokens_details);
  const context = usage.search_context_size;
  const reasoning = largest(outputs?.reasoning_tokens, usage.reasoning_tokens);
  const audioInput = largest(inputs?.audio_tokens, usage.audio_prompt_tokens);
  const { input, output } = wholes(prompt, completion, total, reasoning, audioInput);
  return usageOf({
    input,
    output,
    reasoning,
    cached: largest(
      inputs?.cached_tokens,
      usage.prompt_cache_hit_tokens,
      usage.cached_tokens,
      usage.num_cached_tokens,
      usage.cache_read_input_tokens,
    ),
    written: largest(inputs?.cache_write_tokens, inputs?.cache_creation_tokens, usage.cache_creation_input_tokens),
    audioInput,
    imageInput: countOf(inputs?.image_tokens),
    videoInput: countOf(inputs?.video_tokens),
    cachedAudioInput: countOf(cached?.audio_tokens),
    cachedImageInput: countOf(cached?.image_tokens),
    audioOutput: countOf(outputs?.audio_tokens),
    imageOutput: countOf(outputs?.image_tokens),
    videoOutput: countOf(outputs?.video_tokens),
    fees: feesIn(usage),
    searchContext: context === 'low' || context === 'medium' || context === 'high' ? context : undefined,
  });
}

/**
 * If the total contradicts the parts, the larger is used. Some servers leave reasoning out of the completion (xAI,
 * Gemini's OpenAI address), some out of the total as well (Vercel's gateway): then there is more reasoning than
 * completion. Mistral leaves audio out of the prompt, which then has more audio than tokens.
 */
function wholes(
  prompt: number,
  completion: number,
  total: number | null,
  reasoning: number | null,
  audio: number | null,
): { readonly input: number; readonly output: number } {
  const missing = Math.max((total ?? 0) - prompt - completion, 0);
  const outside = audio !== null && audio > prompt ? Math.min(audio, missing) : 0;
  const beside = reasoning !== null && reasoning > completion ? reasoning : 0;
  return { input: prompt + outside, output: completion + Math.max(missing - outside, beside) };
}

const DIRECTIONS = ['prompt_tokens', 'input_tokens', 'completion_tokens', 'output_tokens'] as const;

const INPUT_DETAILS = [
  'prompt_tokens_details',
  'prompt_token_details',
  'input_tokens_details',
  'input_token_details',
] as const;
const OUTPUT_DETAILS = [
  'completion_tokens_details',
  'completion_token_details',
  'output_tokens_details',
  'output_token_details',
] as const;

function detailsOf(usage: JsonObject, names: readonly string[]): JsonObject | null {
  for (const name of names) {
    const details = asObject(usage[name]);
    if (details !== null) return details;
  }
  return null;
}

/** The members of most usages, which count tokens alone. */
const TOKEN_COUNTS: ReadonlySet<string> = new Set([
  ...DIRECTIONS,
  ...INPUT_DETAILS,
  ...OUTPUT_DETAILS,
  'total_tokens',
  'prompt_cache_hit_tokens',
  'prompt_cache_miss_tokens',
]);

function countsTokensAlone(usage: JsonObject): boolean {
  for (const name in usage) if (!TOKEN_COUNTS.has(name)) return false;
  return true;
}

/** Searches, sources and tools that servers count in addition to tokens; null if there are none. */
function feesIn(usage: JsonObject): Partial<Record<Fee, number | null>> | null {
  if (countsTokensAlone(usage)) return null;
  // OpenRouter and xAI name what their servers ran.
  const ran =
    asObject(usage.server_tool_use) ??
    asObject(usage.server_tool_use_details) ??
    asObject(usage.server_side_tool_usage_details);
  const connectors = asObject(usage.connectors);
  return {
    'web-search': largest(
      ran?.web_search_requests,
      ran?.web_search_calls,
      usage.num_search_queries,
      connectors?.web_search,
    ),
    'code-execution': largest(ran?.code_interpreter_calls, connectors?.code_interpreter),
    'file-search': largest(ran?.file_search_calls, ran?.document_search_calls, connectors?.document_library),
    'tool-call':
      ran === null ? countOf(usage.num_server_side_tools_used) : largest(ran.tool_calls_executed, ran.x_search_calls),
    'image-generation': countOf(connectors?.image_generation),
    source: countOf(usage.num_sources_used),
    'citation-token': countOf(usage.citation_tokens),
    // Perplexity's charge per request depends on how much it searches.
    request: usage.search_context_size === undefined ? null : 1,
    'audio-second': largest(usage.prompt_audio_seconds, usage.seconds),
    page: countOf(usage.pages_processed),
  };
}
