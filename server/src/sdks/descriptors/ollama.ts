/** Ollama's SDKs: a client, and the module itself as one. */
import type { CallDescriptor, ExportDescriptor, SdkDescriptor } from '../descriptor.ts';
import { methods } from './shapes.ts';

const CHAT: CallDescriptor = {
  api: 'chat',
  family: 'text',
  positional: ['model|...', 'messages'],
  roles: {
    model: ['model'],
    outputLimit: ['options.num_predict'],
    messages: ['messages'],
    tools: ['tools'],
    stream: ['stream'],
    schema: ['format'],
    reasoning: ['think'],
  },
  distinctive: 'imported',
  evidence: ['model', 'messages'],
};
const GENERATE: CallDescriptor = {
  api: 'generate',
  family: 'text',
  positional: ['model|...', 'prompt'],
  roles: {
    model: ['model'],
    outputLimit: ['options.num_predict'],
    system: ['system'],
    prompt: ['prompt'],
    stream: ['stream'],
    schema: ['format'],
    reasoning: ['think'],
  },
  distinctive: 'imported',
  evidence: ['model', 'prompt'],
};
const EMBED: CallDescriptor = {
  api: 'embed',
  family: 'embedding',
  positional: ['model|...', 'input'],
  roles: { model: ['model'], prompt: ['input', 'prompt'] },
  streaming: false,
  distinctive: 'imported',
  evidence: ['model'],
};
const CLIENT: ExportDescriptor = { creates: 'Client', roles: { timeout: ['timeout'] } };

export const ollama: SdkDescriptor = {
  name: 'ollama',
  provider: 'ollama',
  modules: ['ollama'],
  exports: {
    '': { is: 'Client' },
    default: { is: 'Client' },
    Ollama: CLIENT,
    Client: CLIENT,
    AsyncClient: CLIENT,
  },
  types: {
    Client: {
      methods: {
        chat: { call: CHAT },
        generate: { call: GENERATE },
        embed: { call: EMBED },
        ...methods({ ...EMBED, api: 'embeddings' }, ['embeddings']),
      },
    },
  },
  words: {
    imports: ['ollama'],
    methods: ['ollama'],
  },
  markers: ['\\bollama\\w{0,20}\\s*\\.\\s*(?:chat|generate|embed|embeddings)\\('],
};
