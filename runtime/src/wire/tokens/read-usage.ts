/**
 * Recognises a usage by its structure, whoever sends it. Codecs read their own form first; gateways, self-hosted
 * servers and endpoints without a codec use one of these.
 */
import { asObject, type JsonObject } from '../../support/json-body.ts';
import type { Usage } from '../usage.ts';
import { anthropicUsage } from './anthropic.ts';
import { converseUsage, metricsUsage, nativeUsage } from './bedrock.ts';
import { cohereUsage } from './cohere.ts';
import { countOf, usageOf } from './counts.ts';
import { geminiUsage, interactionUsage, predictUsage } from './google.ts';
import { openaiUsage } from './openai.ts';
import { serverUsage } from './servers.ts';

/** Null if nothing is known: never 0. */
export function readUsage(answer: JsonObject): Usage | null {
  return (
    metricsUsage(asObject(answer['amazon-bedrock-invocationMetrics'])) ??
    usageByShape(asObject(answer.usage)) ??
    usageByShape(asObject(asObject(answer.x_groq)?.usage)) ??
    // Cloudflare wraps the answers of its API.
    usageByShape(asObject(asObject(answer.result)?.usage)) ??
    geminiUsage(asObject(answer.usageMetadata)) ??
    cohereUsage(asObject(answer.meta)) ??
    openaiUsage(asObject(answer.usage_info)) ??
    pagesUsage(asObject(answer.usage_info)) ??
    nativeUsage(answer) ??
    ollamaUsage(answer) ??
    predictUsage(answer) ??
    serverUsage(answer)
  );
}

/** For an object that contains a usage. */
function usageByShape(usage: JsonObject | null): Usage | null {
  if (usage === null) return null;
  const isAnthropic = usage.input_tokens !== undefined && ANTHROPIC.some((name) => usage[name] !== undefined);
  if (isAnthropic) return anthropicUsage(usage);
  return (
    openaiUsage(usage) ??
    converseUsage(usage) ??
    interactionUsage(usage) ??
    cohereUsage(usage) ??
    geminiUsage(usage) ??
    secondsUsage(usage)
  );
}

/** Members that only Anthropic's usage has; its input does not include the cache. */
const ANTHROPIC = ['cache_read_input_tokens', 'cache_creation_input_tokens', 'cache_creation', 'server_tool_use'];

/** Transcriptions that are billed by their length. */
function secondsUsage(usage: JsonObject): Usage | null {
  const { seconds } = usage;
  if (typeof seconds !== 'number' || !Number.isFinite(seconds)) return null;
  const whole = countOf(Math.ceil(seconds));
  return whole === null ? null : usageOf({ input: 0, output: 0, fees: { 'audio-second': whole } });
}

function pagesUsage(info: JsonObject | null): Usage | null {
  const page = countOf(info?.pages_processed);
  return page === null ? null : usageOf({ input: 0, output: 0, fees: { page } });
}

/** Ollama omits the prompt if it was cached in memory: its size is then unknown. */
export function ollamaUsage(answer: JsonObject): Usage | null {
  const input = countOf(answer.prompt_eval_count);
  return input === null ? null : usageOf({ input, output: countOf(answer.eval_count) ?? 0 });
}
