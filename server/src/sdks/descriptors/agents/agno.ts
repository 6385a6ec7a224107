/** Agno, once Phidata: agents and teams over model objects. https://docs.agno.com/ */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { ExportDescriptor, RolePaths, SdkDescriptor } from '../../descriptor.ts';
import { methods } from '../shapes.ts';
import { MODEL_ROLES, modelOf, PREFIXES, runOf } from './shapes.ts';

const SETTINGS: RolePaths = {
  model: ['model', 'llm'],
  system: ['instructions', 'description', 'system_message', 'system_prompt'],
  tools: ['tools'],
  schema: ['output_schema', 'response_model', 'output_model'],
  context: ['add_history_to_context', 'add_history_to_messages'],
};
const model = (provider: ProviderName): ExportDescriptor => modelOf(provider, ['id']);
const RUN = runOf({ messages: ['input', 'message', 'messages'], stream: ['stream'] }, ['input']);

export const agno: SdkDescriptor = {
  name: 'agno',
  provider: 'any',
  modules: ['agno', 'phi'],
  moduleProviders: {
    'agno.models.anthropic': 'anthropic',
    'agno.models.aws': 'aws-bedrock',
    'agno.models.azure': 'azure',
    'agno.models.vertexai': 'google-vertex',
  },
  exports: {
    Agent: { creates: 'Agent', roles: SETTINGS },
    Assistant: { creates: 'Agent', roles: SETTINGS },
    Team: { creates: 'Agent', absorbs: ['members'], roles: SETTINGS },
    Workflow: { creates: 'Workflow' },
    OpenAIChat: model('openai'),
    OpenAIResponses: model('openai'),
    OpenAILike: model('openai-compatible'),
    Gemini: { ...model('google'), switches: { vertexai: 'google-vertex' } },
    Groq: model('groq'),
    Ollama: model('ollama'),
    OllamaTools: model('ollama'),
    MistralChat: model('mistral'),
    DeepSeek: model('deepseek'),
    DeepSeekChat: model('deepseek'),
    OpenRouter: model('openrouter'),
    AzureOpenAI: model('azure'),
    AzureOpenAIChat: model('azure'),
    AzureAIFoundry: model('azure'),
    AwsBedrock: model('aws-bedrock'),
    Together: model('together'),
    xAI: model('xai'),
    Cohere: model('cohere'),
    CohereChat: model('cohere'),
    Fireworks: model('fireworks'),
    HuggingFace: model('huggingface'),
    HuggingFaceChat: model('huggingface'),
    Nvidia: model('nvidia'),
    Perplexity: model('perplexity'),
    Cerebras: model('cerebras'),
    CerebrasOpenAI: model('cerebras'),
    LMStudio: model('lmstudio'),
    LiteLLM: model('any'),
    WatsonX: model('watsonx'),
    // Anthropic's own, Bedrock's or Vertex AI's, by the module.
    Claude: { creates: 'Model', positional: ['id'], roles: MODEL_ROLES },
  },
  types: {
    Agent: { methods: methods(RUN, ['run', 'arun', 'print_response', 'aprint_response', 'cli_app', 'acli_app']) },
    Workflow: {},
    Model: { isModel: true },
  },
  modelPrefixes: PREFIXES,
  words: { imports: ['agno', "'phi", '"phi', 'from phi', 'import phi'], methods: [] },
  markers: [],
};
