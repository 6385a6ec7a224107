/** Microsoft's Semantic Kernel, Python. https://learn.microsoft.com/semantic-kernel/ */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { CallDescriptor, ExportDescriptor, SdkDescriptor } from '../../descriptor.ts';
import { methods, streamed, whole } from '../shapes.ts';
import { MODEL_ROLES, runOf, runs } from './shapes.ts';

const COMPLETE: CallDescriptor = {
  api: 'chat',
  family: 'text',
  positional: ['chat_history', 'settings'],
  roles: {
    messages: ['chat_history', 'prompt'],
    outputLimit: ['settings.max_tokens', 'settings.max_completion_tokens'],
  },
};
const PROMPT: CallDescriptor = {
  api: 'invoke',
  family: 'text',
  positional: ['prompt'],
  roles: { prompt: ['prompt'] },
};
const EMBED: CallDescriptor = {
  api: 'embeddings',
  family: 'embedding',
  positional: ['texts'],
  roles: { prompt: ['texts'] },
};
const AGENT: ExportDescriptor = {
  creates: 'Agent',
  absorbs: ['service', 'kernel'],
  roles: { system: ['instructions'], tools: ['plugins'] },
};
const RUN = runOf({ messages: ['messages'] }, ['messages']);
function service(provider: ProviderName, creates = 'Model'): ExportDescriptor {
  return { creates, provider, roles: { ...MODEL_ROLES, model: ['ai_model_id', 'deployment_name'] } };
}

export const semanticKernel: SdkDescriptor = {
  name: 'semantic-kernel',
  provider: 'any',
  modules: ['semantic_kernel'],
  exports: {
    Kernel: { creates: 'Kernel' },
    OpenAIChatCompletion: service('openai'),
    AzureChatCompletion: service('azure'),
    AzureAIInferenceChatCompletion: service('azure'),
    AnthropicChatCompletion: service('anthropic'),
    GoogleAIChatCompletion: service('google'),
    VertexAIChatCompletion: service('google-vertex'),
    BedrockChatCompletion: service('aws-bedrock'),
    MistralAIChatCompletion: service('mistral'),
    OllamaChatCompletion: service('ollama'),
    OpenAITextEmbedding: service('openai', 'Embedding'),
    AzureTextEmbedding: service('azure', 'Embedding'),
    ChatCompletionAgent: AGENT,
    OpenAIAssistantAgent: { ...AGENT, provider: 'openai' },
    OpenAIResponsesAgent: { ...AGENT, provider: 'openai' },
    AzureAssistantAgent: { ...AGENT, provider: 'azure' },
    AzureAIAgent: { ...AGENT, provider: 'azure' },
    AgentGroupChat: { creates: 'Agent', absorbs: ['agents'] },
  },
  types: {
    Kernel: {
      methods: {
        add_service: { returns: 'self', positional: ['service'], absorbs: ['service'] },
        ...methods(whole(PROMPT), ['invoke_prompt']),
        ...methods(streamed(PROMPT), ['invoke_prompt_stream']),
      },
    },
    Model: {
      isModel: true,
      methods: {
        ...methods(whole(COMPLETE), [
          'get_chat_message_content',
          'get_chat_message_contents',
          'get_text_content',
          'get_text_contents',
        ]),
        ...methods(streamed(COMPLETE), ['get_streaming_chat_message_content', 'get_streaming_chat_message_contents']),
      },
    },
    Embedding: { methods: methods(EMBED, ['generate_embeddings', 'generate_raw_embeddings']) },
    Agent: { methods: runs(RUN, ['get_response', 'invoke'], ['invoke_stream']) },
  },
  words: { imports: ['semantic_kernel'], methods: [] },
  markers: [],
};
