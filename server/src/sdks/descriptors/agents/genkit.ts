/** Firebase Genkit. https://genkit.dev/docs/models/ */
import type { CallDescriptor, ExportDescriptor, RolePaths, SdkDescriptor } from '../../descriptor.ts';
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
};
const GENERATE: CallDescriptor = { api: 'generate', family: 'text', positional: ['prompt|...'], roles: ROLES };
const EMBED: CallDescriptor = {
  api: 'embed',
  family: 'embedding',
  roles: { model: ['embedder'], prompt: ['content'] },
  streaming: false,
};
const CLIENT: ExportDescriptor = { creates: 'Client', roles: { model: ['model'] } };
const MODEL = { returns: 'Model', positional: ['model'], roles: { model: ['model'] } };

export const genkit: SdkDescriptor = {
  name: 'genkit',
  provider: 'any',
  modules: ['genkit', '@genkit-ai'],
  exports: {
    genkit: CLIENT,
    Genkit: CLIENT,
    googleAI: { is: 'Plugin', provider: 'google' },
    vertexAI: { is: 'Plugin', provider: 'google-vertex' },
    openAI: { is: 'Plugin', provider: 'openai' },
    anthropic: { is: 'Plugin', provider: 'anthropic' },
    deepSeek: { is: 'Plugin', provider: 'deepseek' },
    xAI: { is: 'Plugin', provider: 'xai' },
    ollama: { is: 'Plugin', provider: 'ollama' },
  },
  types: {
    Client: {
      methods: {
        ...methods(whole(GENERATE), ['generate']),
        ...methods(streamed(GENERATE), ['generateStream', 'generate_stream']),
        ...methods(EMBED, ['embed', 'embedMany', 'embed_many']),
        definePrompt: { returns: 'Prompt', roles: ROLES },
        define_prompt: { returns: 'Prompt', roles: ROLES },
        prompt: { returns: 'Prompt', positional: ['name'] },
        chat: { returns: 'Chat', roles: ROLES },
      },
    },
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
