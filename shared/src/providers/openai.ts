import { CHAT_APIS, IMAGES, LEGACY_COMPLETION } from './common.ts';
import type { Provider } from './provider.ts';

const AI_SDK_EFFORT = ['providerOptions', 'openai', 'reasoningEffort'];

export const openai: Provider = {
  name: 'OpenAI',
  hosts: [
    { host: 'api.openai.com' },
    { host: '*.api.openai.com', isResident: true },
    { host: 'gateway.ai.cloudflare.com/v1/*/*/openai' },
    { host: 'gateway.pydantic.dev/proxy/openai' },
    { host: 'oai.helicone.ai' },
  ],
  aliases: ['openai'],
  hasOwnFormatsOnly: true,
  // gpt-oss is open: OpenAI publishes its weights and does not serve it.
  sales: {
    kind: 'maker',
    table: 'openai',
    billedAsText: IMAGES,
    excludes: /^gpt-oss/,
    spellings: [
      // The table lists the prices of some fine-tuned models: ft:gpt-4o-mini-2024-07-18:company::id.
      [/^(ft:[^:]+):.*$/, '$1'],
      // Others cost the same as their base.
      [/^ft:([^:]+)$/, '$1'],
      // The revision of an instruct model: gpt-3.5-turbo-instruct:20230824-v2.
      [/:\d{8}(?:-v\d+)?$/, ''],
    ],
  },
  unlimitedByDefault: CHAT_APIS,
  limitedModels: LEGACY_COMPLETION,
  // The SDK's own types: "any array must be 2048 dimensions or less".
  embeddingArray: { max: 2048 },
  takesIds: true,
  // The SDK's own types: `max_tokens` is "not compatible with o-series models", nor with later ones.
  renamedLimit: {
    apis: ['chat.completions', 'http.post'],
    models: /^(?:o\d|gpt-(?:[5-9]|\d\d))/,
    from: 'max_tokens',
    to: 'max_completion_tokens',
  },
  reasoningSwitch: {
    'chat.completions': ['reasoning_effort'],
    'http.post': ['reasoning_effort'],
    responses: ['reasoning', 'effort'],
    generateText: AI_SDK_EFFORT,
    streamText: AI_SDK_EFFORT,
    generateObject: AI_SDK_EFFORT,
    streamObject: AI_SDK_EFFORT,
  },
  batch: { hours: 24, source: "the SDK's own types: `completion_window`", asOf: '2026-11-22' },
  takesCompletionTokens: true,
  takesPromptCacheKey: true,
  takesToolLimit: true,
  streamUsage: {
    source: 'https://platform.openai.com/docs/api-reference/chat/create#chat-create-stream_options',
    asOf: '2026-11-29',
  },
  // "max_tokens is too large: 32000. This model supports at most 16384 completion tokens, whereas you provided 32000."
  refusedLimit: {
    apis: ['chat.completions', 'ChatCompletion', 'completion'],
    source: 'https://github.com/enoch3712/ExtractThinker/issues/346',
    asOf: '2025-06-24',
  },
};
