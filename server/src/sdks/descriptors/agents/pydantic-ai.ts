/** Pydantic AI: agents over model objects or `provider:model` names. https://ai.pydantic.dev/api/agent/ */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { CallDescriptor, ExportDescriptor, RolePaths, SdkDescriptor } from '../../descriptor.ts';
import { modelOf, PREFIXES, runs, taskOf } from './shapes.ts';

const SETTINGS: RolePaths = {
  model: ['model'],
  outputLimit: ['model_settings.max_tokens'],
  system: ['instructions', 'system_prompt'],
  tools: ['tools', 'toolsets'],
  providerTools: ['builtin_tools'],
  schema: ['output_type', 'result_type'],
  toolChoice: ['model_settings.tool_choice'],
  tier: ['model_settings.openai_service_tier', 'model_settings.service_tier'],
  timeout: ['model_settings.timeout'],
  reasoning: ['model_settings.openai_reasoning_effort', 'model_settings.anthropic_thinking', 'model_settings.thinking'],
};
/** Unless `usage_limits` says otherwise, a run stops after 50 requests. */
const RUN: CallDescriptor = {
  ...taskOf(
    { ...SETTINGS, messages: ['user_prompt'], context: ['message_history'], steps: ['usage_limits.request_limit'] },
    ['user_prompt'],
  ),
  steps: { byDefault: 50 },
};
const TALK: CallDescriptor = {
  api: 'realtime',
  family: 'audio',
  positional: ['model'],
  roles: { ...SETTINGS },
  streaming: true,
};
const DIRECT: CallDescriptor = {
  api: 'invoke',
  family: 'text',
  positional: ['model', 'messages'],
  roles: { model: ['model'], messages: ['messages'], outputLimit: ['model_settings.max_tokens'] },
};

/** How to reach a provider: passed to a model, or named by it. */
function reach(provider: ProviderName): ExportDescriptor {
  return {
    creates: 'Provider',
    provider,
    absorbs: ['openai_client', 'anthropic_client', 'client'],
    switches: { vertexai: 'google-vertex' },
    roles: { baseUrl: ['base_url', 'api_base'] },
  };
}
function model(provider: ProviderName): ExportDescriptor {
  const { roles, ...made } = modelOf(provider, ['model_name']);
  return {
    ...made,
    roles: { ...roles, model: ['model_name'], provider: ['provider'], outputLimit: ['settings.max_tokens'] },
  };
}

const WRAPPER: ExportDescriptor = { creates: 'Model', positional: ['wrapped'], roles: { model: ['wrapped'] } };

export const pydanticAi: SdkDescriptor = {
  name: 'pydantic-ai',
  provider: 'any',
  modules: ['pydantic_ai'],
  answeringMethods: ['request'],
  exports: {
    Agent: { creates: 'Agent', positional: ['model'], roles: SETTINGS },
    model_request: { call: { ...DIRECT, streaming: false } },
    model_request_sync: { call: { ...DIRECT, streaming: false } },
    model_request_stream: { call: { ...DIRECT, streaming: true } },
    model_request_stream_sync: { call: { ...DIRECT, streaming: true } },
    infer_model: { creates: 'Model', positional: ['model'], roles: { model: ['model'] } },
    // The others are asked only if it fails.
    FallbackModel: { creates: 'Model', positional: ['default_model'], roles: { model: ['default_model'] } },
    WrapperModel: WRAPPER,
    InstrumentedModel: WRAPPER,
    ConcurrencyLimitedModel: WRAPPER,
    WrapperAgent: { passes: 0 },
    TemporalAgent: { passes: 0 },
    DBOSAgent: { passes: 0 },
    PrefectAgent: { passes: 0 },
    Embedder: { creates: 'Embedder', positional: ['model'], roles: { model: ['model'] } },
    OpenAIModel: model('openai'),
    OpenAIChatModel: model('openai'),
    OpenAIResponsesModel: model('openai'),
    AnthropicModel: model('anthropic'),
    GeminiModel: model('google'),
    GoogleModel: model('google'),
    VertexAIModel: model('google-vertex'),
    GroqModel: model('groq'),
    MistralModel: model('mistral'),
    CohereModel: model('cohere'),
    BedrockConverseModel: model('aws-bedrock'),
    HuggingFaceModel: model('huggingface'),
    OpenRouterModel: model('openrouter'),
    CerebrasModel: model('cerebras'),
    XaiModel: model('xai'),
    OllamaModel: model('ollama'),
    SnowflakeModel: model('snowflake'),
    ZaiModel: model('zai'),
    'BedrockMantle*Model': model('aws-bedrock'),
    '*Model': model('unknown'),
    OpenAIProvider: reach('openai'),
    AzureProvider: reach('azure'),
    AnthropicProvider: reach('anthropic'),
    GoogleProvider: { ...reach('google'), impliedBy: { project: 'google-vertex', location: 'google-vertex' } },
    GoogleGLAProvider: reach('google'),
    GoogleVertexProvider: reach('google-vertex'),
    GoogleCloudProvider: reach('google-vertex'),
    GroqProvider: reach('groq'),
    MistralProvider: reach('mistral'),
    CohereProvider: reach('cohere'),
    BedrockProvider: reach('aws-bedrock'),
    HuggingFaceProvider: reach('huggingface'),
    DeepSeekProvider: reach('deepseek'),
    OpenRouterProvider: reach('openrouter'),
    GrokProvider: reach('xai'),
    XaiProvider: reach('xai'),
    TogetherProvider: reach('together'),
    FireworksProvider: reach('fireworks'),
    CerebrasProvider: reach('cerebras'),
    OllamaProvider: reach('ollama'),
    MoonshotAIProvider: reach('moonshot'),
    VercelProvider: reach('vercel'),
    GitHubProvider: reach('github'),
    HerokuProvider: reach('heroku'),
    NebiusProvider: reach('nebius'),
    OVHcloudProvider: reach('ovhcloud'),
    AlibabaProvider: reach('alibaba'),
    SambaNovaProvider: reach('sambanova'),
    SnowflakeProvider: reach('snowflake'),
    VoyageAIProvider: reach('voyage'),
    ZaiProvider: reach('zai'),
    BedrockMantleProvider: reach('aws-bedrock'),
    gateway_provider: reach('unknown'),
    '*Provider': reach('unknown'),
    OpenAIEmbeddingModel: model('openai'),
    CohereEmbeddingModel: model('cohere'),
    GoogleEmbeddingModel: model('google'),
    BedrockEmbeddingModel: model('aws-bedrock'),
    VoyageAIEmbeddingModel: model('voyage'),
    // It runs on the machine itself.
    SentenceTransformerEmbeddingModel: { creates: 'Fake' },
    // Of its own tests: no provider is asked.
    TestModel: { creates: 'Fake' },
    FunctionModel: { creates: 'Fake' },
    TestEmbeddingModel: { creates: 'Fake' },
  },
  types: {
    Agent: {
      methods: {
        ...runs(
          RUN,
          ['run', 'run_sync', 'iter', 'to_cli', 'to_cli_sync'],
          ['run_stream', 'run_stream_sync', 'run_stream_events'],
        ),
        realtime: { call: TALK },
      },
    },
    Model: { isModel: true },
    Provider: {},
    Fake: { isFake: true },
    Embedder: {
      methods: {
        ...runs(
          {
            api: 'embed',
            family: 'embedding',
            positional: ['inputs'],
            roles: { prompt: ['inputs', 'query', 'documents'] },
          },
          ['embed', 'embed_sync', 'embed_query', 'embed_query_sync', 'embed_documents', 'embed_documents_sync'],
          [],
        ),
      },
    },
  },
  decorators: { 'system_prompt()': 'system', 'instructions()': 'system', tool: 'tools', tool_plain: 'tools' },
  fakeModels: ['test', 'sentence-transformers:'],
  modelPrefixes: PREFIXES,
  words: { imports: ['pydantic_ai'], methods: [] },
  markers: [],
};
