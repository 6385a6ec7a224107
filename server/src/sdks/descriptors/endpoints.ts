/** The paths of providers' APIs, for requests by plain HTTP. */
import type { EndpointDescriptor, RolePaths } from '../descriptor.ts';
import { ANTHROPIC_MARKER } from './shapes.ts';

const CHAT: RolePaths = {
  model: ['model'],
  outputLimit: ['max_completion_tokens', 'max_tokens'],
  messages: ['messages'],
  system: ['system'],
  tools: ['tools', 'functions'],
  stream: ['stream'],
  reasoning: ['reasoning_effort', 'reasoning', 'thinking'],
  tier: ['service_tier'],
  cache: ['cache_control', 'prompt_cache_key'],
  schema: ['response_format', 'output_config'],
  count: ['n'],
};
const OLLAMA: RolePaths = {
  model: ['model'],
  messages: ['messages'],
  prompt: ['prompt'],
  system: ['system'],
  outputLimit: ['options.num_predict'],
  stream: ['stream'],
  tools: ['tools'],
  schema: ['format'],
  reasoning: ['think'],
};
const GEMINI: RolePaths = {
  messages: ['contents'],
  system: ['systemInstruction', 'system_instruction'],
  outputLimit: ['generationConfig.maxOutputTokens', 'generation_config.max_output_tokens'],
  tools: ['tools'],
  cache: ['cachedContent', 'cached_content'],
  reasoning: ['generationConfig.thinkingConfig', 'generation_config.thinking_config'],
  schema: [
    'generationConfig.responseSchema',
    'generationConfig.responseJsonSchema',
    'generation_config.response_schema',
  ],
};
const INPUT: RolePaths = { model: ['model', 'model_id'], prompt: ['input', 'texts', 'prompt', 'text', 'query'] };

const SPEECH: RolePaths = { ...INPUT, model: ['model_id', 'model'] };
const REPLICATE: RolePaths = {
  model: ['version'],
  prompt: ['input.prompt'],
  system: ['input.system_prompt'],
  outputLimit: ['input.max_tokens', 'input.max_new_tokens'],
  stream: ['stream'],
};

/** The first match wins. */
export const ENDPOINTS: readonly EndpointDescriptor[] = [
  {
    path: /\/chat\/completions$/,
    family: 'text',
    roles: CHAT,
    limit: { older: 'max_tokens' },
    unknownHost: 'always',
  },
  {
    path: /\/responses$/,
    family: 'text',
    roles: {
      ...CHAT,
      outputLimit: ['max_output_tokens'],
      messages: ['input'],
      system: ['instructions'],
      schema: ['text.format'],
    },
    unknownHost: { body: ['model', 'messages'] },
  },
  {
    path: /\/v1\/messages$/,
    family: 'text',
    roles: { ...CHAT, outputLimit: ['max_tokens'] },
    limit: { isRequired: true },
    markers: [ANTHROPIC_MARKER],
    isSystemSeparate: true,
    unknownHost: { body: ['model', 'outputLimit', 'messages'] },
    format: 'anthropic',
  },
  {
    path: /\/models\/(?<model>[^/]+):generateContent$/,
    family: 'text',
    roles: GEMINI,
    isSystemSeparate: true,
    streaming: false,
    unknownHost: 'always',
    format: 'google',
  },
  {
    path: /\/models\/(?<model>[^/]+):streamGenerateContent$/,
    family: 'text',
    roles: GEMINI,
    isSystemSeparate: true,
    streaming: true,
    unknownHost: 'always',
    format: 'google',
  },
  {
    path: /\/models\/(?<model>[^/]+):predictLongRunning$/,
    family: 'image',
    roles: { prompt: ['instances'], count: ['parameters.sampleCount'] },
    unknownHost: 'never',
  },
  {
    path: /\/models\/(?<model>(?:imagen|imagegeneration|virtual-try-on|veo)[^/]*):predict$/,
    family: 'image',
    roles: { prompt: ['instances'], count: ['parameters.sampleCount'] },
    unknownHost: 'never',
  },
  {
    path: /\/models\/(?<model>[^/]+):(?:batchEmbedContents|embedContent|predict)$/,
    family: 'embedding',
    roles: { prompt: ['content', 'requests', 'instances'] },
    unknownHost: 'never',
  },
  {
    path: /\/model\/(?<model>[^/]+)\/converse(?:-stream)?$/,
    family: 'text',
    roles: { messages: ['messages'], system: ['system'], outputLimit: ['inferenceConfig.maxTokens'] },
    isSystemSeparate: true,
    unknownHost: 'never',
  },
  {
    path: /\/model\/(?<model>[^/]+)\/invoke(?:-with-response-stream)?$/,
    family: 'text',
    roles: CHAT,
    unknownHost: 'never',
  },
  {
    path: /\/api\/chat$/,
    family: 'text',
    roles: OLLAMA,
    unknownHost: { body: ['model', 'messages', 'stream'] },
    format: 'ollama',
  },
  {
    path: /\/api\/generate$/,
    family: 'text',
    roles: OLLAMA,
    unknownHost: { body: ['model', 'prompt', 'stream'] },
    format: 'ollama',
  },
  {
    path: /\/api\/embed(?:dings)?$/,
    family: 'embedding',
    roles: INPUT,
    unknownHost: { body: ['model', 'prompt'] },
    format: 'ollama',
  },
  {
    path: /\/(?:embeddings|multimodalembeddings|contextualizedembeddings|v\d\/embed)$/,
    family: 'embedding',
    roles: INPUT,
    unknownHost: { body: ['model', 'prompt'] },
  },
  {
    path: /\/images\/(?:generations|edits|variations)$/,
    family: 'image',
    roles: { ...INPUT, count: ['n'] },
    unknownHost: { body: ['model', 'prompt'] },
  },
  { path: /\/image_generation\/(?<model>.+)$/, family: 'image', roles: INPUT, unknownHost: 'never' },
  {
    path: /\/workflows\/(?<model>accounts\/[^/]+\/models\/[^/]+)\/(?:text_to_image|get_result)$/,
    family: 'image',
    roles: INPUT,
    unknownHost: 'never',
  },
  { path: /\/stable-image\/generate\/(?<model>[^/]+)$/, family: 'image', roles: INPUT, unknownHost: 'never' },
  { path: /\/v\d\/videos$/, family: 'image', roles: INPUT, unknownHost: 'never' },
  { path: /\/v\d\/ocr$/, family: 'image', roles: { model: ['model'] }, unknownHost: 'never' },
  { path: /\/v\d\/(?:listen|speak|read)$/, family: 'audio', roles: INPUT, unknownHost: 'never' },
  { path: /\/(?:speech-to-text|sound-generation|music)$/, family: 'audio', roles: SPEECH, unknownHost: 'never' },
  {
    path: /\/audio\/(?:speech|transcriptions|translations)$/,
    family: 'audio',
    roles: INPUT,
    unknownHost: { body: ['model', 'prompt'] },
  },
  { path: /\/text-to-speech\/[^/]+(?:\/stream)?$/, family: 'audio', roles: INPUT, unknownHost: 'never' },
  { path: /\/rerank$/, family: 'rerank', roles: INPUT, unknownHost: 'never' },
  { path: /\/moderations$/, family: 'moderation', roles: INPUT, unknownHost: 'never' },
  {
    path: /\/completions$/,
    family: 'text',
    roles: { ...CHAT, prompt: ['prompt'] },
    unknownHost: { body: ['model', 'prompt', 'outputLimit'] },
  },
  {
    path: /\/v\d\/chat$/,
    family: 'text',
    roles: { ...CHAT, prompt: ['message'], messages: ['messages', 'chat_history'], system: ['preamble'] },
    unknownHost: 'never',
  },
  {
    path: /\/models\/(?<model>[^:]+)\/predictions$/,
    family: 'text',
    roles: REPLICATE,
    unknownHost: 'never',
  },
  { path: /\/v\d\/predictions$/, family: 'text', roles: REPLICATE, unknownHost: 'never' },
  {
    path: /\/models\/(?<model>[^:]+)\/pipeline\/feature-extraction$/,
    family: 'embedding',
    roles: { prompt: ['inputs'] },
    unknownHost: 'never',
  },
  {
    path: /\/models\/(?<model>[^:]+)$/,
    family: 'text',
    roles: { prompt: ['inputs'], outputLimit: ['parameters.max_new_tokens'] },
    unknownHost: 'never',
  },
];

/**
 * A string that ends in the path of a request for text: it may be what another file's function sends a request to. A field
 * that is a path alone is left out, since a path in settings says nothing of its address.
 */
export const ENDS_IN_PATH =
  /(?:\}|[(,=+?]\s*['"`](?:\/v\d)?)(?:\/chat\/completions|:(?:streamG|g)enerateContent|\/v1\/(?:messages|responses|completions))(?:\?[^'"`\s]*)?['"`]/;

/** Regular expression sources for the paths that only a provider's API has, for the prefilter. */
export const PATH_MARKERS: readonly string[] = [
  '/chat/completions',
  ':(?:streamG|g)enerateContent\\b',
  '/api/(?:chat|generate|embed|embeddings)\\b',
  '/(?:audio/speech|images/generations)\\b',
  '/v1/(?:messages|responses|embeddings|completions)\\b',
];

/** Words of which every text with such a path holds one. */
export const PATH_WORDS: readonly string[] = [
  '/chat/completions',
  'enerateContent',
  '/api/chat',
  '/api/generate',
  '/api/embed',
  '/audio/speech',
  '/images/generations',
  '/v1/',
];
