/** Firebase Genkit. https://genkit.dev/docs/models/ */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { CallDescriptor, ExportDescriptor, MethodDescriptor, RolePaths, SdkDescriptor } from '../../descriptor.ts';
import { methods, streamed, whole } from '../shapes.ts';
import { SLASHED } from './shapes.ts';

const ROLES: RolePaths = {
  model: ['model'],
  prompt: ['prompt'],
  system: ['system'],
  messages: ['messages'],
  tools: ['tools'],
  outputLimit: ['config.maxOutputTokens', 'config.max_output_tokens', 'config.maxTokens'],
  schema: ['output.schema', 'output.format', 'output_schema'],
  reasoning: ['config.thinkingConfig', 'config.thinking_config'],
  steps: ['maxTurns', 'max_turns'],
};
const GENERATE: CallDescriptor = {
  api: 'generate',
  family: 'text',
  positional: ['prompt|...'],
  roles: ROLES,
};
const EMBED: CallDescriptor = {
  api: 'embed',
  family: 'embedding',
  roles: { model: ['embedder'], prompt: ['content'] },
  streaming: false,
};
const RERANK: CallDescriptor = {
  api: 'rerank',
  family: 'rerank',
  roles: { model: ['reranker'], prompt: ['query'], body: ['documents'] },
  streaming: false,
};
const CLIENT: ExportDescriptor = { creates: 'Client', roles: { model: ['model'] } };
const MODEL = { returns: 'Model', positional: ['model'], roles: { model: ['model'] } };
/** A conversation begins with options, or with a prompt and its input. */
const CHAT: MethodDescriptor = {
  returns: 'Chat',
  positional: ['preamble|...', '...'],
  absorbs: ['preamble'],
  roles: ROLES,
};

function plugin(provider: ProviderName): ExportDescriptor {
  return { is: 'Plugin', provider };
}

/** What the plugins export for models, which is older than `googleAI.model(...)`: the module says whose they are. */
const MODELS: Readonly<Record<string, ExportDescriptor>> = Object.fromEntries(
  Object.entries({
    gemini10Pro: 'gemini-1.0-pro',
    gemini15Flash: 'gemini-1.5-flash',
    gemini15Flash8b: 'gemini-1.5-flash-8b',
    gemini15Pro: 'gemini-1.5-pro',
    gemini20Flash: 'gemini-2.0-flash',
    gemini20Flash001: 'gemini-2.0-flash-001',
    gemini20FlashExp: 'gemini-2.0-flash-exp',
    gemini20FlashLite: 'gemini-2.0-flash-lite',
    gemini20ProExp0205: 'gemini-2.0-pro-exp-02-05',
    gemini25FlashLite: 'gemini-2.5-flash-lite',
    gemini25FlashPreview0417: 'gemini-2.5-flash-preview-04-17',
    gemini25ProExp0325: 'gemini-2.5-pro-exp-03-25',
    gemini25ProPreview0325: 'gemini-2.5-pro-preview-03-25',
    imagen3: 'imagen-3.0-generate-002',
    imagen3Fast: 'imagen-3.0-fast-generate-001',
    geminiEmbedding001: 'gemini-embedding-001',
    textEmbedding004: 'text-embedding-004',
    textEmbedding005: 'text-embedding-005',
    textMultilingualEmbedding002: 'text-multilingual-embedding-002',
    multimodalEmbedding001: 'multimodalembedding@001',
    gpt35Turbo: 'gpt-3.5-turbo',
    gpt4: 'gpt-4',
    gpt4Turbo: 'gpt-4-turbo',
    gpt4o: 'gpt-4o',
    gpt4oMini: 'gpt-4o-mini',
    gpt41: 'gpt-4.1',
    gpt41Mini: 'gpt-4.1-mini',
    gpt41Nano: 'gpt-4.1-nano',
    o1: 'o1',
    o1Mini: 'o1-mini',
    o3: 'o3',
    o3Mini: 'o3-mini',
    o4Mini: 'o4-mini',
    claude3Haiku: 'claude-3-haiku',
    claude3Opus: 'claude-3-opus',
    claude35Haiku: 'claude-3-5-haiku',
    claude35Sonnet: 'claude-3-5-sonnet',
    claude37Sonnet: 'claude-3-7-sonnet',
    claude4Sonnet: 'claude-4-sonnet',
    claude4Opus: 'claude-4-opus',
  }).map(([name, modelName]) => [name, { is: 'Model', modelName }]),
);

export const genkit: SdkDescriptor = {
  name: 'genkit',
  provider: 'any',
  modules: ['genkit', '@genkit-ai', 'genkitx-*'],
  moduleProviders: {
    '@genkit-ai/googleai': 'google',
    '@genkit-ai/vertexai': 'google-vertex',
    'genkitx-anthropic': 'anthropic',
    'genkitx-openai': 'openai',
    'genkitx-groq': 'groq',
    'genkitx-mistral': 'mistral',
    'genkitx-cohere': 'cohere',
    'genkitx-ollama': 'ollama',
    'genkitx-azure-openai': 'azure',
    'genkitx-aws-bedrock': 'aws-bedrock',
  },
  exports: {
    genkit: CLIENT,
    Genkit: CLIENT,
    googleAI: plugin('google'),
    vertexAI: plugin('google-vertex'),
    openAI: plugin('openai'),
    anthropic: plugin('anthropic'),
    deepSeek: plugin('deepseek'),
    xAI: plugin('xai'),
    ollama: plugin('ollama'),
    gemini: { creates: 'Model', ...MODEL },
    ...MODELS,
    // Models of a plugin that are not in the list.
    ...Object.fromEntries(
      ['gemini', 'imagen', 'gpt', 'claude', 'llama', 'textEmbedding'].map((name) => [`${name}*`, { is: 'Model' }]),
    ),
  },
  types: {
    Client: {
      methods: {
        ...methods(whole(GENERATE), ['generate', 'generateOperation']),
        ...methods(streamed(GENERATE), ['generateStream', 'generate_stream']),
        ...methods(EMBED, ['embed', 'embedMany', 'embed_many']),
        definePrompt: { returns: 'Prompt', roles: ROLES },
        define_prompt: { returns: 'Prompt', roles: ROLES },
        prompt: { returns: 'Prompt', positional: ['name', '...'], roles: { model: ['model'] } },
        chat: CHAT,
        rerank: { call: RERANK },
        createSession: { returns: 'Session' },
        loadSession: { returns: 'Session', positional: ['id', '...'] },
        defineAgent: { returns: 'Agent', roles: ROLES },
        definePromptAgent: { returns: 'Agent', roles: ROLES },
      },
    },
    Session: { methods: { chat: CHAT } },
    Agent: { methods: { chat: { returns: 'Chat', positional: ['init'] } } },
    Plugin: { methods: { '': { returns: 'Plugin' }, model: MODEL, embedder: MODEL } },
    Model: { isModel: true },
    Prompt: {
      methods: {
        '': { call: whole({ ...GENERATE, positional: ['input', '...'] }) },
        stream: { call: streamed({ ...GENERATE, positional: ['input', '...'] }) },
      },
    },
    Chat: {
      methods: {
        send: { call: whole({ ...GENERATE, keepsContext: true }) },
        sendStream: { call: streamed({ ...GENERATE, keepsContext: true }) },
      },
    },
  },
  modelPrefixes: { ...SLASHED, 'googleai/': 'google', 'vertexai/': 'google-vertex' },
  words: { imports: ['genkit'], methods: [] },
  markers: [],
};
