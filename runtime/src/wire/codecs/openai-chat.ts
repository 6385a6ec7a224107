/** OpenAI's chat completions, which many other providers and servers use too. */
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import { asArray, asCount, asNumber, asObject, asString, type JsonObject } from '../../support/json-body.ts';
import { type Codec, NO_JSON } from '../codec.ts';
import { chatAnswer, chatStream } from '../convert/openai-chat.ts';
import { completionAnswer, completionScanner, completionUsage } from './openai-chunks.ts';
import {
  bearerKey,
  deploymentIn,
  openaiError,
  sameUrl,
  WITHOUT_EFFECT,
  withCacheKey,
  withModelInBody,
  withStreamUsage,
} from './openai-common.ts';

const PATH = /\/chat\/completions\/?$/;

export const openaiChat: Codec = {
  name: 'openai-chat',
  matches: (path) => PATH.test(path),
  tail: () => '/chat/completions',
  keyHeader: bearerKey,
  withoutEffect: WITHOUT_EFFECT,
  cacheUrl: sameUrl,
  read: (body, path) => {
    const { member } = body;
    return {
      model: asString(member('model')) ?? deploymentIn(path),
      isStreaming: member('stream') === true,
      outputLimit: largerOf(asCount(member('max_completion_tokens')), asCount(member('max_tokens'))),
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
    const isNewer =
      newer !== undefined || (older === undefined && PROVIDER_TABLE[provider].takesCompletionTokens === true);
    return isNewer ? { ...rest, max_completion_tokens: limit } : { ...rest, max_tokens: limit };
  },
  withStreamUsage,
  usage: completionUsage,
  answer: completionAnswer,
  scanner: completionScanner,
  cachePrefix: ({ tools, messages }) => {
    const all = asArray(messages).map(asObject);
    const end = all.findIndex((message) => message?.role !== 'system' && message?.role !== 'developer');
    const front = end < 0 ? all : all.slice(0, end);
    return front.length === 0 && tools === undefined ? null : JSON.stringify([tools, front]);
  },
  withPromptCache: withCacheKey,
  withLogProbabilities: (body) => ({ ...body, logprobs: true }),
  delivery: (body, { isStreaming }) => {
    if (!isStreaming) return 'json';
    return asObject(body.member('stream_options'))?.include_usage === true ? 'sse+usage' : 'sse';
  },
  toAnswer: chatAnswer,
  toStream: chatStream,
  errorBody: openaiError,
};

/** A server that ignores one of two limits obeys the other. */
function largerOf(newer: number | null, older: number | null): number | null {
  return newer === null || older === null ? (newer ?? older) : Math.max(newer, older);
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
