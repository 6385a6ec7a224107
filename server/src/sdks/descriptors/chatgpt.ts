/** npm's `chatgpt`: OpenAI's chat completions with the conversation kept. https://github.com/transitive-bullshit/agentic */
import type { CallDescriptor, ExportDescriptor, RolePaths, SdkDescriptor } from '../descriptor.ts';

/** What the constructor sets for every message, and a message for itself. */
const ROLES: RolePaths = {
  model: ['completionParams.model'],
  outputLimit: ['maxResponseTokens'],
  system: ['systemMessage'],
  tier: ['completionParams.service_tier'],
};
const SEND: CallDescriptor = {
  api: 'chat',
  family: 'text',
  positional: ['prompt', '...'],
  roles: { ...ROLES, prompt: ['prompt'], timeout: ['timeoutMs'], context: ['parentMessageId'] },
  keepsContext: true,
};
const CLIENT: ExportDescriptor = {
  creates: 'Client',
  roles: { ...ROLES, baseUrl: ['apiBaseUrl'] },
  defaultModel: { name: 'gpt-3.5-turbo' },
};

export const chatgpt: SdkDescriptor = {
  name: 'chatgpt',
  provider: 'openai',
  modules: ['chatgpt'],
  language: 'typescript',
  exports: { ChatGPTAPI: CLIENT },
  types: { Client: { isModel: true, methods: { sendMessage: { call: SEND } } } },
  words: { imports: ['chatgpt'], methods: [] },
  markers: [],
};
