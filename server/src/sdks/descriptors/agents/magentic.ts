/** magentic: a decorated function is a request, whose prompt the decorator has. https://magentic.dev/ */
import type { CallDescriptor, ExportDescriptor, SdkDescriptor } from '../../descriptor.ts';
import { methods } from '../shapes.ts';
import { modelOf, SLASHED } from './shapes.ts';

const ASK: CallDescriptor = {
  api: 'invoke',
  family: 'text',
  positional: ['template'],
  roles: { tools: ['functions'], retries: ['max_retries'], model: ['model'] },
  decorates: { templates: { prompt: 'prompt', chatprompt: 'messages', prompt_chain: 'prompt' } },
};
/** It carries out what the model calls, and asks again. */
const ASK_ON: CallDescriptor = { ...ASK, api: 'agent', family: 'agent' };
const SEND: CallDescriptor = {
  api: 'invoke',
  family: 'text',
  positional: ['messages'],
  roles: { messages: ['messages'] },
};
const CHAT: CallDescriptor = { ...SEND, positional: [], roles: {}, keepsContext: true };
/** What the code does not say is in the environment. */
const DEFAULT: Pick<ExportDescriptor, 'defaultModel'> = {
  defaultModel: { name: 'gpt-4o', variable: 'MAGENTIC_OPENAI_MODEL' },
};
const decorator = (call: CallDescriptor): ExportDescriptor => ({
  ...DEFAULT,
  call,
  creates: 'Function',
  positional: ['template'],
  roles: { model: ['model'] },
  absorbs: ['model'],
});

export const magentic: SdkDescriptor = {
  name: 'magentic',
  provider: 'openai',
  modules: ['magentic'],
  modelPrefixes: SLASHED,
  exports: {
    prompt: decorator(ASK),
    chatprompt: decorator(ASK),
    prompt_chain: decorator(ASK_ON),
    OpenaiChatModel: modelOf('openai'),
    OpenRouterChatModel: modelOf('openrouter'),
    AnthropicChatModel: modelOf('anthropic'),
    MistralChatModel: modelOf('mistral'),
    LitellmChatModel: modelOf('any'),
    RetryChatModel: {
      creates: 'Model',
      positional: ['chat_model'],
      absorbs: ['chat_model'],
      roles: { model: ['chat_model'] },
    },
    Chat: {
      ...DEFAULT,
      creates: 'Chat',
      positional: ['messages'],
      roles: { messages: ['messages'], model: ['model'] },
    },
  },
  types: {
    Function: {},
    Model: { isModel: true, methods: methods(SEND, ['complete', 'acomplete']) },
    Chat: { methods: methods(CHAT, ['submit', 'asubmit', 'exec_function_call']) },
  },
  words: { imports: ['magentic'], methods: [] },
  markers: [],
};
