/** OpenAI's chat completions, and what many other providers and servers speak in their stead. */
import type { ProviderName } from '@farthing/shared/vocabulary';
import { asArray, asCount, asNumber, asObject, asString, type JsonObject, parseObject } from '../support/json-body.ts';
import { percentDecoded } from '../support/percent.ts';
import { type AnswerFacts, type Codec, NO_ANSWER, NO_JSON, type StreamScanner } from './codec.ts';
import { chatAnswer, chatStream } from './convert/openai-chat.ts';
import { bearerKey, openaiError, sameUrl, WITHOUT_EFFECT, withCacheKey, withModelInBody } from './openai-common.ts';
import type { Usage } from './usage.ts';

/** Who takes `max_completion_tokens`; all others know the older `max_tokens`, which newer models of these refuse. */
const NEWER_LIMIT: ReadonlySet<ProviderName> = new Set(['openai', 'azure', 'groq', 'xai', 'cerebras', 'openrouter']);

const TAIL = '/chat/completions';

export const openaiChat: Codec = {
  name: 'openai-chat',
  matches: (path) => path.endsWith(TAIL),
  tail: () => TAIL,
  keyHeader: bearerKey,
  withoutEffect: WITHOUT_EFFECT,
  cacheUrl: sameUrl,
  read: (body, path) => {
    const { member } = body;
    return {
      model: asString(member('model')) ?? deploymentIn(path),
      isStreaming: member('stream') === true,
      outputLimit: asCount(member('max_completion_tokens')) ?? asCount(member('max_tokens')),
      choices: asCount(member('n')) ?? 1,
      temperature: asNumber(member('temperature')),
      tier: asString(member('service_tier')),
      get hasTools() {
        return asArray(member('tools')).length > 0 || asArray(member('functions')).length > 0;
      },
      get unbounded() {
        return body.json === null ? NO_JSON : unboundedParts(body.json);
      },
    };
  },
  withModel: withModelInBody,
  withOutputLimit: (body, limit, provider) => {
    const { max_tokens: older, max_completion_tokens: newer, ...rest } = body;
    const isNewer = newer !== undefined || (older === undefined && NEWER_LIMIT.has(provider));
    return isNewer ? { ...rest, max_completion_tokens: limit } : { ...rest, max_tokens: limit };
  },
  withStreamUsage: (body) => {
    const options = asObject(body.member('stream_options'));
    return options?.include_usage === true
      ? null
      : body.withMember('stream_options', { ...options, include_usage: true });
  },
  usage: ({ usage }) => usageOf(asObject(usage)),
  answer: (answer) => {
    const choices = asArray(answer.choices).map(asObject);
    return {
      servedModel: asString(answer.model),
      servedTier: asString(answer.service_tier),
      finish: worst(choices.map((choice) => finishOf(choice?.finish_reason, asObject(choice?.message)?.refusal))),
    };
  },
  scanner,
  cachePrefix: ({ tools, messages }) => {
    const all = asArray(messages).map(asObject);
    const end = all.findIndex((message) => message?.role !== 'system' && message?.role !== 'developer');
    const front = end < 0 ? all : all.slice(0, end);
    return front.length === 0 && tools === undefined ? null : JSON.stringify([tools, front]);
  },
  withPromptCache: withCacheKey,
  delivery: (body, { isStreaming }) => {
    if (!isStreaming) return 'json';
    return asObject(body.member('stream_options'))?.include_usage === true ? 'sse+usage' : 'sse';
  },
  toAnswer: chatAnswer,
  toStream: chatStream,
  errorBody: openaiError,
};

function scanner(): StreamScanner {
  let usage: Usage | null = null;
  let servedModel: string | null = null;
  let servedTier: string | null = null;
  let isEnded = false;
  let isFailed = false;
  const finishes: AnswerFacts['finish'][] = [];
  return {
    push: ({ data }) => {
      if (data === '[DONE]') {
        isEnded = true;
        return;
      }
      // Most events are a few letters of text: only those that say more are parsed.
      const isTelling = servedModel === null || /"(?:usage|error)":\{|"finish_reason":"|"refusal":"/.test(data);
      const event = isTelling ? parseObject(data) : null;
      if (event === null) return;
      servedModel ??= asString(event.model);
      servedTier = asString(event.service_tier) ?? servedTier;
      usage = usageOf(asObject(event.usage)) ?? usage;
      if (asObject(event.error) !== null) isFailed = true;
      for (const choice of asArray(event.choices).map(asObject)) {
        const refusal = asObject(choice?.delta)?.refusal;
        if (asString(choice?.finish_reason) !== null || asString(refusal) !== null) {
          finishes.push(finishOf(choice?.finish_reason, refusal));
        }
      }
    },
    isEnded: () => isEnded,
    isFailed: () => isFailed,
    usage: () => usage,
    answer: () => ({ servedModel, servedTier, finish: worst(finishes) }),
  };
}

function usageOf(usage: JsonObject | null): Usage | null {
  const input = asCount(usage?.prompt_tokens);
  const output = asCount(usage?.completion_tokens);
  if (usage === null || input === null || output === null) return null;
  const details = asObject(usage.prompt_tokens_details);
  return {
    input,
    // DeepSeek's own name for the same.
    cachedInput: asCount(details?.cached_tokens) ?? asCount(usage.prompt_cache_hit_tokens) ?? 0,
    cacheWriteInput: asCount(details?.cache_write_tokens) ?? 0,
    cacheWriteLongInput: 0,
    output,
    reasoning: asCount(asObject(usage.completion_tokens_details)?.reasoning_tokens),
  };
}

function finishOf(reason: unknown, refusal: unknown): AnswerFacts['finish'] {
  if (asString(refusal)) return 'refused';
  switch (reason) {
    case 'stop':
      return 'complete';
    case 'length':
      return 'truncated';
    case 'tool_calls':
    case 'function_call':
      return 'tool-calls';
    case 'content_filter':
      return 'refused';
    default:
      return 'unknown';
  }
}

const ORDER = ['refused', 'unknown', 'truncated', 'tool-calls', 'complete'] as const;

/** Of several answers to one request, the one that speaks most against keeping them. */
function worst(finishes: readonly AnswerFacts['finish'][]): AnswerFacts['finish'] {
  return ORDER.find((finish) => finishes.includes(finish)) ?? NO_ANSWER.finish;
}

function unboundedParts(body: JsonObject): readonly string[] {
  const found = new Set<string>();
  if (body.web_search_options !== undefined) found.add('web search');
  if (asArray(body.modalities).includes('audio')) found.add('audio');
  for (const message of asArray(body.messages).map(asObject)) {
    for (const part of asArray(message?.content).map(asObject)) {
      const type = asString(part?.type);
      if (type !== null && type !== 'text' && type !== 'refusal') found.add(type);
    }
  }
  return [...found];
}

/** Azure's older addresses name a deployment in the path, and the body may name no model. */
function deploymentIn(path: string): string | null {
  const match = /\/deployments\/([^/]+)\//.exec(path);
  return match?.[1] === undefined ? null : percentDecoded(match[1]);
}
