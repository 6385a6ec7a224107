/** Instructor: a wrapper that adds `response_model` to another SDK's client and keeps that client's provider. */
import type { CallDescriptor, ExportDescriptor, MethodDescriptor, SdkDescriptor } from '../descriptor.ts';
import { CHAT_COMPLETIONS, CLIENT_PREFIXES, CLIENT_ROLES, methods, RESPONSES, streamed } from './shapes.ts';

const CHAT: CallDescriptor = {
  ...CHAT_COMPLETIONS,
  roles: { ...CHAT_COMPLETIONS.roles, schema: ['response_model'], system: ['system'] },
  limit: { older: null },
  distinctive: 'imported',
  evidence: ['schema'],
};
const MESSAGES: CallDescriptor = {
  ...CHAT,
  api: 'messages',
  limit: { isRequired: true },
  roles: { ...CHAT.roles, outputLimit: ['max_tokens'], cache: ['cache_control'], reasoning: ['thinking'] },
};
const WRAP: ExportDescriptor = {
  creates: 'Client',
  positional: ['client|...', '...'],
  absorbs: ['client', 'create'],
  roles: { model: ['model'] },
};
const BY_NAME: ExportDescriptor = {
  creates: 'Client',
  provider: 'any',
  positional: ['model', '...'],
  roles: { model: ['model'] },
};
const NAMES = ['create', 'create_with_completion', 'createWithCompletion', 'create_iterable', 'createIterable'];
const STREAMS = ['create_partial', 'createPartial'];

function under(prefix: string, call: CallDescriptor): Record<string, MethodDescriptor> {
  return {
    ...methods(
      call,
      NAMES.map((name) => prefix + name),
    ),
    ...methods(
      streamed(call),
      STREAMS.map((name) => prefix + name),
    ),
  };
}

export const instructor: SdkDescriptor = {
  name: 'instructor',
  provider: 'openai',
  modules: ['instructor', '@instructor-ai/instructor', 'llm-polyglot'],
  exports: {
    default: WRAP,
    patch: WRAP,
    apatch: WRAP,
    Instructor: WRAP,
    AsyncInstructor: WRAP,
    from_openai: WRAP,
    // OpenAI's methods over the provider that it is told: what Instructor's TypeScript version asks others with.
    createLLMClient: { creates: 'Client', roles: { provider: ['provider'] } },
    from_provider: BY_NAME,
    from_anthropic: { ...WRAP, provider: 'anthropic' },
    from_litellm: { ...WRAP, provider: 'any', absorbs: [] },
    from_gemini: { ...WRAP, provider: 'google' },
    from_genai: { ...WRAP, provider: 'google' },
    from_vertexai: { ...WRAP, provider: 'google-vertex' },
    from_mistral: { ...WRAP, provider: 'mistral' },
    from_cohere: { ...WRAP, provider: 'cohere' },
    from_groq: { ...WRAP, provider: 'groq' },
    from_together: { ...WRAP, provider: 'together' },
    from_bedrock: { ...WRAP, provider: 'aws-bedrock' },
    from_fireworks: { ...WRAP, provider: 'fireworks' },
    from_cerebras: { ...WRAP, provider: 'cerebras' },
    from_perplexity: { ...WRAP, provider: 'perplexity' },
    from_xai: { ...WRAP, provider: 'xai' },
    from_openrouter: { ...WRAP, provider: 'openrouter' },
    from_writer: { ...WRAP, provider: 'unknown' },
  },
  types: {
    Client: {
      transparent: CLIENT_PREFIXES,
      methods: {
        ...under('chat.completions.', CHAT),
        ...under('', { ...CHAT, distinctive: 'imported' }),
        ...under('messages.', MESSAGES),
        'responses.create': {
          call: {
            ...RESPONSES,
            distinctive: 'imported',
            evidence: ['schema'],
            roles: { ...RESPONSES.roles, schema: ['response_model'] },
          },
        },
        /** `instructor.patch(create=client.chat.completions.create)` is a function. */
        '': { call: CHAT },
        with_options: { returns: 'self', roles: CLIENT_ROLES },
      },
    },
  },
  modelPrefixes: {
    'openai/': 'openai',
    'azure_openai/': 'azure',
    'anthropic/': 'anthropic',
    'google/': 'google',
    'generative-ai/': 'google',
    'vertexai/': 'google-vertex',
    'mistral/': 'mistral',
    'cohere/': 'cohere',
    'groq/': 'groq',
    'bedrock/': 'aws-bedrock',
    'fireworks/': 'fireworks',
    'cerebras/': 'cerebras',
    'perplexity/': 'perplexity',
    'xai/': 'xai',
    'deepseek/': 'deepseek',
    'ollama/': 'ollama',
    'openrouter/': 'openrouter',
  },
  schemas: { bases: ['OpenAISchema'] },
  words: {
    imports: ['instructor', 'llm-polyglot'],
    methods: ['create_with', 'createWith', 'create_iterable', 'createIterable', 'create_partial', 'createPartial'],
  },
  markers: ['\\.create_?(?:[wW]ith_?[cC]ompletion|[iI]terable|[pP]artial)\\b'],
};
