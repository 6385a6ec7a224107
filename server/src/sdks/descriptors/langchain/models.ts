/** Chat models, LLMs and embeddings, by the class that an application constructs. */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { ExportDescriptor, RolePaths } from '../../descriptor.ts';

/** Constructor parameters of chat models and LLMs. Call options repeat most of them. */
export const SETTINGS: RolePaths = {
  model: [
    'model',
    'modelName',
    'model_name',
    'model_id',
    'modelId',
    'azureOpenAIApiDeploymentName',
    'azure_deployment',
    'deployment_name',
    'deploymentName',
    'repo_id',
  ],
  outputLimit: [
    'maxTokens',
    'max_tokens',
    'maxCompletionTokens',
    'max_completion_tokens',
    'maxOutputTokens',
    'max_output_tokens',
    'max_tokens_to_sample',
    'maxTokensToSample',
    'numPredict',
    'num_predict',
    'max_new_tokens',
    'model_kwargs.max_tokens',
    'modelKwargs.max_tokens',
  ],
  cache: [
    'cache_control',
    'promptCacheKey',
    'promptCacheRetention',
    'prompt_cache_key',
    'cachedContent',
    'cached_content',
  ],
  reasoning: ['reasoning', 'reasoningEffort', 'reasoning_effort', 'thinking', 'thinking_budget', 'thinkingBudget'],
  tier: ['service_tier', 'serviceTier'],
  timeout: ['timeout', 'request_timeout', 'requestTimeout'],
  retries: ['maxRetries', 'max_retries'],
  schema: ['response_format', 'responseFormat', 'response_schema'],
  count: ['n'],
};

const BASE_URL: RolePaths = {
  baseUrl: [
    'configuration.baseURL',
    'configuration.basePath',
    'base_url',
    'openai_api_base',
    'baseURL',
    'clientOptions.baseURL',
  ],
};

function model(provider: ProviderName, readsAddress = false): ExportDescriptor {
  return {
    creates: 'Model',
    provider,
    positional: ['model|...', '...'],
    roles: readsAddress ? { ...SETTINGS, ...BASE_URL } : SETTINGS,
  };
}

/** Google's classes take their limit by the API's own name; only Python's know the usual one as well. */
function googleModel(provider: ProviderName): ExportDescriptor {
  const limits = ['maxOutputTokens', 'max_output_tokens', ...(SETTINGS.outputLimit ?? [])];
  return { ...model(provider), roles: { ...SETTINGS, outputLimit: [...new Set(limits)] } };
}

function embeddings(provider: ProviderName): ExportDescriptor {
  return {
    creates: 'Embeddings',
    provider,
    positional: ['model|...', '...'],
    roles: { ...BASE_URL, model: ['model', 'modelName', 'model_name', 'model_id', 'modelId', 'azure_deployment'] },
  };
}

/** `initChatModel("gpt-4o", { modelProvider: "openai" })`. */
const INIT: ExportDescriptor = {
  creates: 'Model',
  positional: ['model|...', '...'],
  roles: { ...SETTINGS, provider: ['modelProvider', 'model_provider'] },
};

/** It asks the embeddings that it is made of where it has no answer yet. */
const CACHED: ExportDescriptor = {
  creates: 'Embeddings',
  positional: ['underlying_embeddings'],
  absorbs: ['underlying_embeddings'],
};

const LOCAL_EMBEDDINGS = [
  'HuggingFaceEmbeddings',
  'HuggingFaceBgeEmbeddings',
  'HuggingFaceInstructEmbeddings',
  'HuggingFaceTransformersEmbeddings',
  'SentenceTransformerEmbeddings',
  'FastEmbedEmbeddings',
  'GPT4AllEmbeddings',
  'LlamaCppEmbeddings',
  'ModelScopeEmbeddings',
  'SpacyEmbeddings',
  'TensorflowHubEmbeddings',
  'FakeEmbeddings',
  'DeterministicFakeEmbedding',
  'SyntheticEmbeddings',
];

/** Of what holds no model, or runs on the machine itself. */
export const NOTHING: ExportDescriptor = { creates: 'Runnable' };

export const MODELS: Readonly<Record<string, ExportDescriptor>> = {
  BaseChatModel: model('any'),
  BaseLanguageModel: model('any'),
  BaseLLM: model('any'),
  LLM: model('any'),
  SimpleChatModel: model('any'),
  Runnable: { creates: 'Unknown' },
  RunnableSerializable: { creates: 'Unknown' },
  Embeddings: embeddings('any'),
  EmbeddingsInterface: embeddings('any'),
  initChatModel: INIT,
  init_chat_model: INIT,
  OpenAIClient: { sameAs: ['openai', 'OpenAI'] },
  AzureOpenAIClient: { sameAs: ['openai', 'AzureOpenAI'] },
  ChatOpenAI: { ...model('openai', true), defaultModel: { name: 'gpt-3.5-turbo' } },
  OpenAI: model('openai', true),
  OpenAIChat: model('openai', true),
  AzureChatOpenAI: model('azure'),
  AzureOpenAI: model('azure'),
  ChatAnthropic: model('anthropic', true),
  Anthropic: model('anthropic'),
  ChatGoogleGenerativeAI: googleModel('google'),
  GoogleGenerativeAI: googleModel('google'),
  ChatGoogle: {
    ...googleModel('google'),
    switches: { platformType: { gcp: 'google-vertex' }, vertexai: 'google-vertex' },
  },
  ChatGooglePaLM: model('google'),
  GooglePalm: model('google'),
  ChatVertexAI: googleModel('google-vertex'),
  ChatGoogleVertexAI: googleModel('google-vertex'),
  ChatAnthropicVertex: model('google-vertex'),
  VertexAI: googleModel('google-vertex'),
  ChatBedrock: model('aws-bedrock'),
  ChatBedrockConverse: model('aws-bedrock'),
  BedrockChat: model('aws-bedrock'),
  BedrockLLM: model('aws-bedrock'),
  Bedrock: model('aws-bedrock'),
  ChatMistralAI: model('mistral'),
  MistralAI: model('mistral'),
  ChatCohere: model('cohere'),
  Cohere: model('cohere'),
  ChatGroq: model('groq'),
  ChatTogetherAI: model('together'),
  ChatTogether: model('together'),
  TogetherAI: model('together'),
  Together: model('together'),
  ChatOllama: model('ollama'),
  OllamaLLM: model('ollama'),
  Ollama: model('ollama'),
  OllamaFunctions: model('ollama'),
  ChatFireworks: model('fireworks'),
  Fireworks: model('fireworks'),
  ChatXAI: model('xai'),
  ChatDeepSeek: model('deepseek'),
  ChatPerplexity: model('perplexity'),
  ChatCerebras: model('cerebras'),
  ChatOpenRouter: model('openrouter'),
  ChatAnyscale: model('anyscale'),
  ChatNVIDIA: model('nvidia'),
  ChatMoonshot: model('moonshot'),
  ChatCloudflareWorkersAI: model('cloudflare'),
  CloudflareWorkersAI: model('cloudflare'),
  ChatDeepInfra: model('deepinfra'),
  DeepInfraLLM: model('deepinfra'),
  ChatMinimax: model('minimax'),
  ChatWatsonx: model('watsonx'),
  WatsonxLLM: model('watsonx'),
  ChatNovitaAI: model('novita'),
  ChatZhipuAI: model('zhipu'),
  ChatTongyi: model('alibaba'),
  ChatAlibabaTongyi: model('alibaba'),
  ChatHuggingFace: { ...model('huggingface'), absorbs: ['llm'] },
  HuggingFaceHub: model('huggingface'),
  HuggingFaceEndpoint: model('huggingface'),
  HuggingFaceInference: model('huggingface'),
  Replicate: model('replicate'),
  ChatLiteLLM: model('any'),
  ChatLiteLLMRouter: model('any'),
  LlamaCpp: model('unknown'),
  ChatLlamaCpp: model('unknown'),
  VLLM: model('vllm'),
  VLLMOpenAI: model('vllm'),
  // In the browser.
  ChatWebLLM: { creates: 'Fake' },
  'Fake*': { creates: 'Fake' },
  'GenericFake*': { creates: 'Fake' },
  'ParrotFake*': { creates: 'Fake' },
  AzureAIChatCompletionsModel: model('azure'),
  AzureAIOpenAIApiChatModel: model('azure'),
  'Chat*': model('any'),
  OpenAIEmbeddings: { ...embeddings('openai'), defaultModel: { name: 'text-embedding-ada-002' } },
  AzureOpenAIEmbeddings: embeddings('azure'),
  AzureAIEmbeddingsModel: embeddings('azure'),
  GoogleGenerativeAIEmbeddings: embeddings('google'),
  VertexAIEmbeddings: embeddings('google-vertex'),
  BedrockEmbeddings: embeddings('aws-bedrock'),
  MistralAIEmbeddings: embeddings('mistral'),
  CohereEmbeddings: embeddings('cohere'),
  TogetherEmbeddings: embeddings('together'),
  TogetherAIEmbeddings: embeddings('together'),
  OllamaEmbeddings: embeddings('ollama'),
  VoyageEmbeddings: embeddings('voyage'),
  VoyageAIEmbeddings: embeddings('voyage'),
  FireworksEmbeddings: embeddings('fireworks'),
  NVIDIAEmbeddings: embeddings('nvidia'),
  HuggingFaceInferenceEmbeddings: embeddings('huggingface'),
  CloudflareWorkersAIEmbeddings: embeddings('cloudflare'),
  DeepInfraEmbeddings: embeddings('deepinfra'),
  WatsonxEmbeddings: embeddings('watsonx'),
  /** These run on the machine itself. */
  ...Object.fromEntries(LOCAL_EMBEDDINGS.map((name) => [name, NOTHING])),
  'CacheBackedEmbeddings.from_bytes_store': CACHED,
  'CacheBackedEmbeddings.fromBytesStore': CACHED,
  '*Embeddings': embeddings('any'),
};
