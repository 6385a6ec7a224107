/** Clients of other providers that have OpenAI's methods: Fireworks, Cerebras, aisuite and OpenRouter's own. */
import type { CallDescriptor, ExportDescriptor, RolePaths, SdkDescriptor } from '../descriptor.ts';
import {
  CHAT_COMPLETIONS,
  CLIENT_PREFIXES,
  CLIENT_ROLES,
  COMPLETIONS,
  EMBEDDINGS,
  methods,
  RESPONSES,
  resolvedOnly,
  streamed,
  whole,
} from './shapes.ts';

const CLIENT: ExportDescriptor = { creates: 'Client', roles: { ...CLIENT_ROLES, baseUrl: ['baseURL', 'base_url'] } };
const CHAT = resolvedOnly(CHAT_COMPLETIONS);
const TEXT = resolvedOnly(COMPLETIONS);
const METHODS = {
  withOptions: { returns: 'self', roles: CLIENT_ROLES },
  with_options: { returns: 'self', roles: CLIENT_ROLES },
  ...methods(CHAT, ['chat.completions.create', 'chat.completions.acreate']),
  ...methods(TEXT, ['completions.create', 'completion.create', 'completion.acreate']),
  'embeddings.create': { call: resolvedOnly(EMBEDDINGS) },
  'responses.create': { call: resolvedOnly(RESPONSES) },
};

export const fireworks: SdkDescriptor = {
  name: 'fireworks',
  provider: 'fireworks',
  modules: ['fireworks'],
  exports: {
    Fireworks: CLIENT,
    AsyncFireworks: CLIENT,
    LLM: { creates: 'Client', roles: { model: ['model'] } },
    'ChatCompletion.create': { call: CHAT },
    'ChatCompletion.acreate': { call: CHAT },
    'Completion.create': { call: TEXT },
    'Completion.acreate': { call: TEXT },
  },
  types: { Client: { transparent: CLIENT_PREFIXES, methods: METHODS } },
  words: { imports: ['fireworks'], methods: [] },
  markers: [],
};

export const cerebras: SdkDescriptor = {
  name: 'cerebras',
  provider: 'cerebras',
  modules: ['@cerebras/cerebras_cloud_sdk', 'cerebras.cloud.sdk'],
  exports: { '': CLIENT, default: CLIENT, Cerebras: CLIENT, AsyncCerebras: CLIENT },
  types: { Client: { transparent: CLIENT_PREFIXES, methods: METHODS } },
  words: { imports: ['cerebras'], methods: [] },
  markers: [],
};

export const aisuite: SdkDescriptor = {
  name: 'aisuite',
  provider: 'any',
  modules: ['aisuite'],
  exports: { Client: { creates: 'Client' } },
  types: { Client: { methods: { 'chat.completions.create': { call: CHAT } } } },
  modelPrefixes: {
    'openai:': 'openai',
    'anthropic:': 'anthropic',
    'azure:': 'azure',
    'aws:': 'aws-bedrock',
    'aws-bedrock:': 'aws-bedrock',
    'google:': 'google-vertex',
    'groq:': 'groq',
    'mistral:': 'mistral',
    'cohere:': 'cohere',
    'fireworks:': 'fireworks',
    'together:': 'together',
    'ollama:': 'ollama',
    'huggingface:': 'huggingface',
    'deepseek:': 'deepseek',
    'xai:': 'xai',
    'cerebras:': 'cerebras',
    'watsonx:': 'watsonx',
    'sambanova:': 'sambanova',
    'nebius:': 'nebius',
  },
  words: { imports: ['aisuite'], methods: [] },
  markers: [],
};

export const perplexity: SdkDescriptor = {
  name: 'perplexity',
  provider: 'perplexity',
  modules: ['@perplexity-ai/perplexity_ai', 'perplexity'],
  exports: { '': CLIENT, default: CLIENT, Perplexity: CLIENT, AsyncPerplexity: CLIENT },
  types: { Client: { transparent: CLIENT_PREFIXES, methods: METHODS } },
  words: { imports: ['perplexity'], methods: [] },
  markers: [],
};

/** It is told the provider in the request. */
const TOLD_PROVIDER: CallDescriptor = { ...CHAT, roles: { ...CHAT.roles, provider: ['provider'] } };

export const tokenJs: SdkDescriptor = {
  name: 'token.js',
  provider: 'any',
  language: 'typescript',
  modules: ['token.js'],
  exports: { TokenJS: { creates: 'Client' } },
  types: { Client: { methods: methods(TOLD_PROVIDER, ['chat.completions.create']) } },
  modelPrefixes: {
    'openai/': 'openai',
    'anthropic/': 'anthropic',
    'gemini/': 'google',
    'bedrock/': 'aws-bedrock',
    'mistral/': 'mistral',
    'cohere/': 'cohere',
    'groq/': 'groq',
    'perplexity/': 'perplexity',
    'openrouter/': 'openrouter',
    'ai21/': 'unknown',
    'openai-compatible/': 'openai-compatible',
  },
  words: { imports: ['token.js'], methods: [] },
  markers: [],
};

/** Its fields stand by themselves in Python, and one level deeper in later TypeScript versions, under names that change. */
function nested(roles: RolePaths, ...parents: readonly string[]): RolePaths {
  return Object.fromEntries(
    Object.entries(roles).map(([role, paths]) => [
      role,
      [...paths, ...parents.flatMap((parent) => paths.map((path) => `${parent}.${path}`))],
    ]),
  );
}
const SEND: CallDescriptor = {
  ...CHAT,
  roles: nested(
    {
      ...CHAT.roles,
      outputLimit: ['maxCompletionTokens', 'maxTokens', 'max_completion_tokens', 'max_tokens'],
      schema: ['responseFormat', 'response_format'],
      toolChoice: ['toolChoice', 'tool_choice'],
      providerTools: ['plugins'],
    },
    'chatGenerationParams',
    'chatRequest',
  ),
};
const RESPONSES_ROLES: RolePaths = {
  model: ['model'],
  messages: ['input'],
  system: ['instructions'],
  tools: ['tools'],
  outputLimit: ['maxOutputTokens', 'max_output_tokens'],
  stream: ['stream'],
};
const RESPOND: CallDescriptor = {
  api: 'responses',
  family: 'text',
  roles: nested(RESPONSES_ROLES, 'responsesRequest', 'openResponsesRequest'),
};
/** It answers its own tool calls until it is told to stop. */
const CALL_MODEL: CallDescriptor = {
  api: 'responses',
  family: 'text',
  roles: { ...RESPONSES_ROLES, steps: ['stopWhen'] },
};
const EMBED: CallDescriptor = {
  ...whole(resolvedOnly(EMBEDDINGS)),
  roles: nested({ model: ['model'], prompt: ['input'] }, 'requestBody'),
};
const OPENROUTER: ExportDescriptor = {
  creates: 'Client',
  roles: { baseUrl: ['serverURL', 'server_url'], timeout: ['timeoutMs', 'timeout_ms'] },
};

export const openrouter: SdkDescriptor = {
  name: 'openrouter',
  provider: 'openrouter',
  modules: ['@openrouter/sdk', '@openrouter/agent', 'openrouter'],
  exports: {
    OpenRouter: OPENROUTER,
    OpenRouterCore: OPENROUTER,
    callModel: { call: { ...CALL_MODEL, positional: ['client', '...'] } },
  },
  types: {
    Client: {
      methods: {
        ...methods(SEND, ['chat.send', 'chat.send_async']),
        ...methods(streamed(SEND), ['chat.sendStream']),
        ...methods(CALL_MODEL, ['callModel']),
        ...methods(RESPOND, ['beta.responses.send', 'beta.responses.send_async', 'responses.send']),
        ...methods(EMBED, ['embeddings.generate', 'embeddings.generate_async']),
      },
    },
  },
  words: { imports: ['openrouter'], methods: [] },
  markers: [],
};
