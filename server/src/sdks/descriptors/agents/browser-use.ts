/** browser-use: an agent that drives a browser. https://docs.browser-use.com/ */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { CallDescriptor, ExportDescriptor, SdkDescriptor } from '../../descriptor.ts';
import { methods } from '../shapes.ts';
import { modelOf, runOf } from './shapes.ts';

const llm = (provider: ProviderName): ExportDescriptor => modelOf(provider, ['model']);
const ASK: CallDescriptor = {
  api: 'invoke',
  family: 'text',
  positional: ['messages', 'output_format'],
  roles: { messages: ['messages'], schema: ['output_format'] },
  streaming: false,
};

export const browserUse: SdkDescriptor = {
  name: 'browser-use',
  provider: 'any',
  modules: ['browser_use'],
  exports: {
    Agent: {
      creates: 'Agent',
      positional: ['task', 'llm'],
      roles: { model: ['llm'], messages: ['task'], system: ['extend_system_message', 'override_system_message'] },
    },
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
    ChatBrowserUse: llm('unknown'),
  },
  types: {
    Agent: {
      methods: methods({ ...runOf({}, ['max_steps']), streaming: false, steps: { byDefault: 100 } }, [
        'run',
        'run_sync',
      ]),
    },
    Model: { isModel: true, methods: methods(ASK, ['ainvoke']) },
  },
  words: { imports: ['browser_use'], methods: [] },
  markers: [],
};
