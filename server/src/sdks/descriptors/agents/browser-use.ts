/** browser-use: an agent that drives a browser. https://docs.browser-use.com/ */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { CallDescriptor, ExportDescriptor, SdkDescriptor } from '../../descriptor.ts';
import { LITELLM_NAMES } from '../litellm.ts';
import { methods } from '../shapes.ts';
import { modelOf, taskOf } from './shapes.ts';

const llm = (provider: ProviderName): ExportDescriptor => modelOf(provider, ['model']);
const ASK: CallDescriptor = {
  api: 'invoke',
  family: 'text',
  positional: ['messages', 'output_format'],
  roles: { messages: ['messages'], schema: ['output_format'] },
  streaming: false,
};

const AGENT: ExportDescriptor = {
  creates: 'Agent',
  positional: ['task', 'llm'],
  roles: {
    model: ['llm'],
    messages: ['task'],
    // Appended to its own system prompt, or in the place of it.
    system: ['extend_system_message', 'override_system_message'],
    tools: ['tools', 'controller'],
  },
};
const RUN: CallDescriptor = {
  ...taskOf({}, ['max_steps']),
  steps: { byDefault: 500 },
  streaming: false,
};

export const browserUse: SdkDescriptor = {
  name: 'browser-use',
  provider: 'any',
  modules: ['browser_use'],
  exports: {
    Agent: AGENT,
    BrowserAgent: AGENT,
    CodeAgent: AGENT,
    ChatOpenAI: llm('openai'),
    ChatAzureOpenAI: llm('azure'),
    ChatAnthropic: llm('anthropic'),
    ChatAnthropicBedrock: llm('aws-bedrock'),
    ChatAWSBedrock: llm('aws-bedrock'),
    ChatGoogle: llm('google'),
    ChatGroq: llm('groq'),
    ChatOllama: llm('ollama'),
    ChatOpenRouter: llm('openrouter'),
    ChatDeepSeek: llm('deepseek'),
    ChatMistral: llm('mistral'),
    ChatCerebras: llm('cerebras'),
    ChatVercel: llm('vercel'),
    ChatLiteLLM: llm('any'),
    ChatBrowserUse: { ...llm('unknown'), defaultModel: { name: 'bu-2-0' } },
    'Chat*': llm('unknown'),
    // As annotations have it.
    BaseChatModel: llm('any'),
  },
  types: {
    Agent: { methods: methods(RUN, ['run', 'run_sync']) },
    Model: { isModel: true, methods: methods(ASK, ['ainvoke']) },
  },
  modelPrefixes: LITELLM_NAMES,
  words: { imports: ['browser_use'], methods: [] },
  markers: [],
};
