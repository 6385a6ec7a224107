/** Clients of other providers that have OpenAI's methods: Fireworks, Cerebras, aisuite and OpenRouter's own. */
import type { CallDescriptor, ExportDescriptor, SdkDescriptor } from '../descriptor.ts';
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

/** Its fields stand by themselves in Python, and one level deeper in later TypeScript versions. */
const SEND: CallDescriptor = {
  ...CHAT,
  roles: {
    ...CHAT.roles,
    model: ['model', 'chatGenerationParams.model'],
    messages: ['messages', 'chatGenerationParams.messages'],
    outputLimit: [
      'maxCompletionTokens',
      'maxTokens',
      'max_completion_tokens',
      'max_tokens',
      'chatGenerationParams.maxTokens',
    ],
    stream: ['stream', 'chatGenerationParams.stream'],
    schema: ['responseFormat', 'response_format'],
  },
};
const CALL_MODEL: CallDescriptor = {
  api: 'responses',
  family: 'text',
  roles: {
    model: ['model'],
    messages: ['input'],
    system: ['instructions'],
    tools: ['tools'],
    outputLimit: ['maxOutputTokens'],
  },
};

export const openrouter: SdkDescriptor = {
  name: 'openrouter',
  provider: 'openrouter',
  modules: ['@openrouter/sdk', 'openrouter'],
  exports: {
    OpenRouter: {
      creates: 'Client',
      roles: { baseUrl: ['serverURL', 'server_url'], timeout: ['timeoutMs', 'timeout_ms'] },
    },
  },
  types: {
    Client: {
      methods: {
        ...methods(SEND, ['chat.send', 'chat.send_async']),
        ...methods(streamed(SEND), ['chat.sendStream']),
        ...methods(CALL_MODEL, ['callModel', 'beta.responses.send', 'beta.responses.send_async']),
        ...methods(whole(resolvedOnly(EMBEDDINGS)), ['embeddings.generate', 'embeddings.generate_async']),
      },
    },
  },
  words: { imports: ['openrouter'], methods: [] },
  markers: [],
};
