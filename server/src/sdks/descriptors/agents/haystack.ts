/** Haystack's generators and embedders. https://docs.haystack.deepset.ai/ */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { CallDescriptor, ExportDescriptor, RolePaths, SdkDescriptor } from '../../descriptor.ts';
import { methods } from '../shapes.ts';
import { runOf } from './shapes.ts';

const SETTINGS: RolePaths = {
  model: ['model', 'azure_deployment'],
  outputLimit: [
    'generation_kwargs.max_tokens',
    'generation_kwargs.max_completion_tokens',
    'generation_kwargs.max_output_tokens',
  ],
  baseUrl: ['api_base_url'],
  system: ['system_prompt'],
  tools: ['tools'],
};
const GENERATE: CallDescriptor = {
  api: 'generate',
  family: 'text',
  positional: ['messages'],
  roles: { ...SETTINGS, messages: ['messages', 'prompt'] },
};
const PIPELINE: CallDescriptor = {
  api: 'invoke',
  family: 'text',
  positional: ['data'],
  roles: { variables: ['data'] },
};
const EMBED: CallDescriptor = {
  api: 'embeddings',
  family: 'embedding',
  positional: ['text'],
  roles: { prompt: ['text', 'documents'] },
  streaming: false,
};
const generator = (provider: ProviderName): ExportDescriptor => ({ creates: 'Generator', provider, roles: SETTINGS });
const embedder = (provider: ProviderName): ExportDescriptor => ({
  creates: 'Embedder',
  provider,
  roles: { model: ['model'], baseUrl: ['api_base_url'] },
});

export const haystack: SdkDescriptor = {
  name: 'haystack',
  provider: 'any',
  modules: ['haystack', 'haystack_integrations'],
  exports: {
    OpenAIGenerator: generator('openai'),
    OpenAIChatGenerator: generator('openai'),
    OpenAIResponsesChatGenerator: generator('openai'),
    AzureOpenAIGenerator: generator('azure'),
    AzureOpenAIChatGenerator: generator('azure'),
    AnthropicGenerator: generator('anthropic'),
    AnthropicChatGenerator: generator('anthropic'),
    GoogleGenAIChatGenerator: generator('google'),
    GoogleAIGeminiGenerator: generator('google'),
    GoogleAIGeminiChatGenerator: generator('google'),
    VertexAIGeminiChatGenerator: generator('google-vertex'),
    AmazonBedrockGenerator: generator('aws-bedrock'),
    AmazonBedrockChatGenerator: generator('aws-bedrock'),
    CohereGenerator: generator('cohere'),
    CohereChatGenerator: generator('cohere'),
    MistralChatGenerator: generator('mistral'),
    OllamaGenerator: generator('ollama'),
    OllamaChatGenerator: generator('ollama'),
    HuggingFaceAPIGenerator: generator('huggingface'),
    HuggingFaceAPIChatGenerator: generator('huggingface'),
    OpenRouterChatGenerator: generator('openrouter'),
    Pipeline: { creates: 'Pipeline' },
    AsyncPipeline: { creates: 'Pipeline' },
    Agent: { creates: 'Agent', absorbs: ['chat_generator'], roles: { system: ['system_prompt'], tools: ['tools'] } },
    OpenAITextEmbedder: embedder('openai'),
    OpenAIDocumentEmbedder: embedder('openai'),
    AzureOpenAITextEmbedder: embedder('azure'),
    AzureOpenAIDocumentEmbedder: embedder('azure'),
    CohereTextEmbedder: embedder('cohere'),
    CohereDocumentEmbedder: embedder('cohere'),
  },
  types: {
    Pipeline: {
      isComposite: true,
      methods: {
        // An embedder asks for itself, and says nothing of what the generator is asked.
        add_component: {
          returns: 'self',
          positional: ['name', 'instance'],
          absorbs: ['instance'],
          absorbsModelsOnly: true,
        },
        ...methods(PIPELINE, ['run', 'run_async', 'run_async_generator']),
      },
    },
    Generator: { isModel: true, methods: methods(GENERATE, ['run', 'run_async']) },
    Agent: { methods: methods(runOf({ messages: ['messages'] }, ['messages']), ['run', 'run_async']) },
    Embedder: { methods: methods(EMBED, ['run', 'run_async']) },
  },
  words: { imports: ['haystack'], methods: [] },
  markers: [],
};
