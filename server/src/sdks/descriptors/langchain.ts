/** LangChain and LangGraph, TypeScript and Python: models by constructor, chains by composition, agents. */
import type { ProviderName } from '@farthing/shared/vocabulary';
import {
  type CallDescriptor,
  EVERY_FIELD,
  type ExportDescriptor,
  type MethodDescriptor,
  type RolePaths,
  type SdkDescriptor,
} from '../descriptor.ts';
import { ANTHROPIC_MARKER, methods, resolvedOnly, streamed, whole } from './shapes.ts';

/** Constructor parameters of chat models and LLMs. Call options repeat most of them. */
const SETTINGS: RolePaths = {
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
    roles: { ...BASE_URL, model: ['model', 'modelName', 'model_name', 'model_id', 'modelId', 'azure_deployment'] },
  };
}
/** `initChatModel("gpt-4o", { modelProvider: "openai" })`. */
const INIT: ExportDescriptor = {
  creates: 'Model',
  positional: ['model|...', '...'],
  roles: { ...SETTINGS, provider: ['modelProvider', 'model_provider'] },
};
const NOTHING: ExportDescriptor = { creates: 'Runnable' };
/** A chain that always holds a model, whatever is known of its arguments. */
const CHAIN: ExportDescriptor = {
  creates: 'ModelChain',
  absorbs: [
    'llm',
    'model',
    'languageModel',
    'prompt',
    'chain',
    'llmChain',
    'llm_chain',
    'combineDocsChain',
    'combine_docs_chain',
  ],
};
function chainOf(...positional: readonly string[]): ExportDescriptor {
  return { ...CHAIN, positional: [...positional, '...'] };
}
const AGENT_ROLES: RolePaths = {
  system: [
    'systemPrompt',
    'system_prompt',
    'stateModifier',
    'state_modifier',
    'prompt',
    'messageModifier',
    'instructions',
  ],
  tools: ['tools'],
  schema: ['responseFormat', 'response_format'],
  model: ['model'],
};
const AGENT: ExportDescriptor = {
  creates: 'Agent',
  positional: ['model|...', 'tools', '...'],
  absorbs: ['llm', 'model'],
  roles: AGENT_ROLES,
};
/** `create_react_agent(llm, tools, prompt)` of the first LangChain and of LangGraph: the model comes first. */
const AGENT_BY_MODEL: ExportDescriptor = {
  creates: 'Agent',
  positional: ['llm|...', 'tools', 'prompt'],
  absorbs: ['llm', 'model'],
  roles: AGENT_ROLES,
};
const EXECUTOR: ExportDescriptor = { creates: 'Agent', absorbs: ['agent', 'llm'], roles: { tools: ['tools'] } };
function message(type: string): ExportDescriptor {
  return {
    creates: type,
    positional: ['content|...', '...'],
    roles: { prompt: ['content', 'prompt', 'template'], cache: ['additional_kwargs.cache_control', 'cache_control'] },
  };
}
function messageTemplate(type: string): ExportDescriptor {
  return { creates: type, positional: ['template', '...'], roles: { prompt: ['template', 'prompt'] } };
}

/** A message's content is Anthropic's own blocks; on other hosts LangChain has other markers. */
const MARKERS = [{ ...ANTHROPIC_MARKER, providers: ['anthropic'] as const }];

/** Input is the first parameter: messages, a text, or a template's variables. */
const ASK: CallDescriptor = {
  api: 'invoke',
  family: 'text',
  markers: MARKERS,
  positional: ['input', '...'],
  roles: {
    ...SETTINGS,
    messages: ['input', 'messages', 'text', 'prompts', 'prompt', 'inputs'],
    tools: ['tools', 'functions'],
    stream: ['stream'],
  },
  distinctive: 'imported',
  receivers: ['llm', 'llms', 'model', 'chain', 'lm'],
};
const RUN: CallDescriptor = {
  api: 'invoke',
  family: 'text',
  markers: MARKERS,
  positional: ['input', '...'],
  roles: { variables: ['input', 'inputs'], stream: ['stream'] },
};
const ACT: CallDescriptor = {
  api: 'agent',
  family: 'agent',
  positional: ['input', '...'],
  roles: { variables: ['input', 'inputs'] },
  distinctive: 'imported',
  receivers: ['agent'],
};
const EMBED: CallDescriptor = {
  api: 'embeddings',
  family: 'embedding',
  positional: ['input'],
  roles: { prompt: ['input', 'text', 'texts', 'document', 'documents', 'query'] },
  streaming: false,
  distinctive: 'always',
  evidence: ['prompt'],
};

const INVOKE = ['invoke', 'ainvoke', 'batch', 'abatch', 'batch_as_completed'];
/** No other library has methods with these names. */
const AWAITED = ['ainvoke', 'abatch'];
const AWAITED_STREAM = ['astream', 'astream_events'];
const OLD_ASK = [
  'call',
  'predict',
  'apredict',
  'predictMessages',
  'predict_messages',
  'apredict_messages',
  'generate',
  'agenerate',
  'generatePrompt',
  'generate_prompt',
  'agenerate_prompt',
  'callPrompt',
];
const STREAM = [
  'stream',
  'astream',
  'streamEvents',
  'astream_events',
  'streamLog',
  'astream_log',
  'transform',
  'atransform',
];
const OLD_RUN = [
  'call',
  'acall',
  'run',
  'arun',
  'predict',
  'apredict',
  'apply',
  'aapply',
  'apply_and_parse',
  'predict_and_parse',
  '',
];

/** Methods that give the same thing with more settings. */
const KEEP: MethodDescriptor = { returns: 'self' };
const BIND: MethodDescriptor = { returns: 'self', roles: { ...SETTINGS, tools: ['tools', 'functions'] } };
const FLUENT: Record<string, MethodDescriptor> = {
  bind: BIND,
  withConfig: KEEP,
  with_config: KEEP,
  withRetry: { returns: 'self', roles: { retries: ['stopAfterAttempt'] } },
  with_retry: { returns: 'self', roles: { retries: ['stop_after_attempt'] } },
  withFallbacks: KEEP,
  with_fallbacks: KEEP,
  withListeners: KEEP,
  with_listeners: KEEP,
  with_types: KEEP,
  configurable_fields: KEEP,
  configurable_alternatives: KEEP,
  asTool: KEEP,
};
const PIPE: MethodDescriptor = { returns: 'self', positional: ['next'], absorbs: ['next'] };
/** Steps by name, each of which runs: as one object, or as keyword arguments. */
const STEPS = { positional: ['steps'], absorbs: [EVERY_FIELD] };
const MAP: ExportDescriptor = { ...STEPS, creates: 'Runnable' };

const EXPORTS: Record<string, ExportDescriptor> = {
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
  ChatOpenAI: model('openai', true),
  OpenAI: model('openai', true),
  OpenAIChat: model('openai', true),
  AzureChatOpenAI: model('azure'),
  AzureOpenAI: model('azure'),
  ChatAnthropic: model('anthropic', true),
  Anthropic: model('anthropic'),
  ChatGoogleGenerativeAI: googleModel('google'),
  GoogleGenerativeAI: googleModel('google'),
  ChatGoogle: googleModel('google'),
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
  'Chat*': model('any'),
  OpenAIEmbeddings: embeddings('openai'),
  AzureOpenAIEmbeddings: embeddings('azure'),
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
  /** These run on the machine itself. */
  HuggingFaceEmbeddings: NOTHING,
  HuggingFaceBgeEmbeddings: NOTHING,
  HuggingFaceTransformersEmbeddings: NOTHING,
  SentenceTransformerEmbeddings: NOTHING,
  FakeEmbeddings: NOTHING,
  CacheBackedEmbeddings: NOTHING,
  '*Embeddings': embeddings('any'),

  SystemMessage: message('SystemMessage'),
  HumanMessage: message('HumanMessage'),
  AIMessage: message('AIMessage'),
  ToolMessage: message('ToolMessage'),
  FunctionMessage: message('ToolMessage'),
  ChatMessage: { creates: 'HumanMessage', positional: ['content', 'role'], roles: { prompt: ['content'] } },
  'SystemMessagePromptTemplate.fromTemplate': messageTemplate('SystemMessage'),
  'SystemMessagePromptTemplate.from_template': messageTemplate('SystemMessage'),
  'HumanMessagePromptTemplate.fromTemplate': messageTemplate('HumanMessage'),
  'HumanMessagePromptTemplate.from_template': messageTemplate('HumanMessage'),
  'AIMessagePromptTemplate.fromTemplate': messageTemplate('AIMessage'),
  'AIMessagePromptTemplate.from_template': messageTemplate('AIMessage'),
  SystemMessagePromptTemplate: message('SystemMessage'),
  HumanMessagePromptTemplate: message('HumanMessage'),
  AIMessagePromptTemplate: message('AIMessage'),
  MessagesPlaceholder: {
    creates: 'MessagesPlaceholder',
    positional: ['name|...'],
    roles: { variables: ['name', 'variableName', 'variable_name'] },
  },
  ChatPromptTemplate: {
    creates: 'Prompt',
    positional: ['messages|...'],
    roles: { messages: ['messages', 'promptMessages'] },
  },
  'ChatPromptTemplate.fromMessages': { creates: 'Prompt', positional: ['messages'], roles: { messages: ['messages'] } },
  'ChatPromptTemplate.from_messages': {
    creates: 'Prompt',
    positional: ['messages'],
    roles: { messages: ['messages'] },
  },
  'ChatPromptTemplate.fromPromptMessages': {
    creates: 'Prompt',
    positional: ['messages'],
    roles: { messages: ['messages'] },
  },
  'ChatPromptTemplate.fromTemplate': { creates: 'Prompt', positional: ['template'], roles: { prompt: ['template'] } },
  'ChatPromptTemplate.from_template': { creates: 'Prompt', positional: ['template'], roles: { prompt: ['template'] } },
  'PromptTemplate.fromTemplate': { creates: 'Prompt', positional: ['template'], roles: { prompt: ['template'] } },
  'PromptTemplate.from_template': { creates: 'Prompt', positional: ['template'], roles: { prompt: ['template'] } },
  'PromptTemplate.from_file': { creates: 'Prompt' },
  PromptTemplate: { creates: 'Prompt', roles: { prompt: ['template'] } },
  FewShotPromptTemplate: { creates: 'Prompt', roles: { prompt: ['suffix'] } },
  '*PromptTemplate': { creates: 'Prompt' },
  'ChatMessage*': NOTHING,
  'ChatGeneration*': NOTHING,
  ChatResult: NOTHING,
  'ChatPrompt*': { creates: 'Prompt' },

  'RunnableSequence.from': { creates: 'Runnable', positional: ['steps'], absorbs: ['steps'] },
  RunnableSequence: {
    creates: 'Runnable',
    positional: ['first', 'middle', 'last'],
    absorbs: ['steps', 'first', 'middle', 'last'],
  },
  'RunnableMap.from': MAP,
  RunnableMap: MAP,
  'RunnableParallel.from': MAP,
  RunnableParallel: MAP,
  'RunnablePassthrough.assign': MAP,
  'Runnable*': NOTHING,
  'Runnable*.from': NOTHING,
  '*OutputParser': NOTHING,
  '*OutputParser.fromZodSchema': NOTHING,
  '*OutputParser.fromNamesAndDescriptions': NOTHING,
  '*OutputParser.from_response_schemas': NOTHING,

  OpenAIModerationChain: { creates: 'Moderation', provider: 'openai' },
  LLMChain: CHAIN,
  ConversationChain: CHAIN,
  TransformChain: NOTHING,
  SequentialChain: { ...CHAIN, creates: 'Runnable', absorbs: ['chains'] },
  SimpleSequentialChain: { ...CHAIN, creates: 'Runnable', absorbs: ['chains'] },
  '*Chain': CHAIN,
  '*Chain.fromLLM': chainOf('llm', 'prompt'),
  '*Chain.from_llm': chainOf('llm', 'prompt'),
  '*Chain.from_chain_type': chainOf('llm'),
  '*Chain.fromLLMAndPrompts': chainOf('llm'),
  '*Chain.fromLLMAndRetrievers': chainOf('llm'),
  'RetrievalQA.from_chain_type': chainOf('llm'),
  'RetrievalQA.from_llm': chainOf('llm'),
  RetrievalQA: CHAIN,
  VectorDBQA: CHAIN,
  'load*Chain': chainOf('llm'),
  'load_*_chain': chainOf('llm'),
  createRetrievalChain: CHAIN,
  create_retrieval_chain: { ...CHAIN, positional: ['retriever', 'combine_docs_chain'] },
  createStuffDocumentsChain: CHAIN,
  create_stuff_documents_chain: chainOf('llm', 'prompt'),
  create_history_aware_retriever: chainOf('llm', 'retriever', 'prompt'),
  createHistoryAwareRetriever: CHAIN,
  'create*Chain': CHAIN,
  'create_*_chain': chainOf('llm'),
  'create_*_runnable': chainOf('schema', 'llm', 'prompt'),
  'create*Runnable': CHAIN,

  createAgent: AGENT,
  create_agent: AGENT,
  createReactAgent: AGENT,
  create_react_agent: AGENT_BY_MODEL,
  createDeepAgent: AGENT,
  create_deep_agent: { ...AGENT, positional: ['model|...', 'tools', '...'] },
  async_create_deep_agent: AGENT,
  'create*Agent': AGENT,
  'create_*_agent': AGENT_BY_MODEL,
  create_pandas_dataframe_agent: AGENT_BY_MODEL,
  create_supervisor: { ...AGENT, positional: ['agents', '...'] },
  createSupervisor: { ...AGENT, positional: ['...'] },
  AgentExecutor: EXECUTOR,
  'AgentExecutor.fromAgentAndTools': EXECUTOR,
  'AgentExecutor.from_agent_and_tools': EXECUTOR,
  initialize_agent: { creates: 'Agent', positional: ['tools', 'llm'], absorbs: ['llm'], roles: { tools: ['tools'] } },
  initializeAgentExecutorWithOptions: {
    creates: 'Agent',
    positional: ['tools', 'llm', '...'],
    absorbs: ['llm'],
    roles: { tools: ['tools'] },
  },
};

export const langchain: SdkDescriptor = {
  name: 'langchain',
  provider: 'any',
  modules: ['langchain', '@langchain', 'langchain_*', 'langgraph', 'langgraph_*', 'deepagents'],
  exports: EXPORTS,
  types: {
    Model: {
      isModel: true,
      methods: {
        ...FLUENT,
        bindTools: { returns: 'self', positional: ['tools', '...'], roles: { tools: ['tools'] } },
        bind_tools: { returns: 'self', positional: ['tools'], roles: { tools: ['tools'] } },
        bindFunctions: { returns: 'self', positional: ['tools'], roles: { tools: ['tools'] } },
        bind_functions: { returns: 'self', positional: ['tools'], roles: { tools: ['tools'] } },
        withStructuredOutput: { returns: 'self', positional: ['schema', 'config'], roles: { schema: ['schema'] } },
        with_structured_output: { returns: 'self', positional: ['schema'], roles: { schema: ['schema'] } },
        pipe: { returns: 'self' },
        ...methods(whole(ASK), INVOKE),
        ...methods(whole({ ...ASK, distinctive: 'always' }), AWAITED),
        ...methods(whole({ ...ASK, receivers: ['llm', 'llms', 'chain'] }), OLD_ASK),
        ...methods(streamed(ASK), STREAM),
        ...methods(streamed({ ...ASK, distinctive: 'always' }), AWAITED_STREAM),
        '': { call: ASK },
      },
    },
    /** What is only annotated as a runnable may hold a model. */
    Unknown: {
      isModel: true,
      methods: { ...FLUENT, pipe: PIPE, ...methods(whole(RUN), INVOKE), ...methods(streamed(RUN), STREAM) },
    },
    Runnable: {
      isComposite: true,
      methods: {
        ...FLUENT,
        pipe: PIPE,
        assign: { ...STEPS, returns: 'self' },
        pick: KEEP,
        ...methods(whole(RUN), [...INVOKE, ...OLD_RUN]),
        ...methods(streamed(RUN), STREAM),
      },
    },
    Prompt: {
      isComposite: true,
      methods: {
        pipe: { ...PIPE, returns: 'Runnable' },
        partial: KEEP,
        withConfig: KEEP,
        with_config: KEEP,
        format: { returns: 'Prompt' },
        formatMessages: { returns: 'Prompt' },
        format_messages: { returns: 'Prompt' },
        format_prompt: { returns: 'Prompt' },
        formatPromptValue: { returns: 'Prompt' },
        invoke: { returns: 'Prompt' },
        ainvoke: { returns: 'Prompt' },
        to_messages: { returns: 'Prompt' },
        toChatMessages: { returns: 'Prompt' },
        to_string: { returns: 'Prompt' },
      },
    },
    ModelChain: {
      isModel: true,
      methods: {
        ...FLUENT,
        pipe: { returns: 'self' },
        ...methods(whole(RUN), [...INVOKE, ...OLD_RUN]),
        ...methods(streamed(RUN), STREAM),
      },
    },
    Agent: {
      isModel: true,
      methods: {
        withConfig: KEEP,
        with_config: KEEP,
        compile: KEEP,
        ...methods(ACT, INVOKE),
        ...methods({ ...ACT, distinctive: 'always' }, AWAITED),
        ...methods(resolvedOnly(ACT), ['call', 'run', 'arun', 'acall', '']),
        ...methods(streamed(ACT), STREAM),
        ...methods(streamed({ ...ACT, distinctive: 'always' }), AWAITED_STREAM),
      },
    },
    Embeddings: {
      methods: methods(EMBED, [
        'embedQuery',
        'embedDocuments',
        'embed_query',
        'embed_documents',
        'aembed_query',
        'aembed_documents',
      ]),
    },
    Moderation: {
      methods: methods(
        {
          api: 'moderations',
          family: 'moderation',
          positional: ['input'],
          roles: { prompt: ['input'] },
          streaming: false,
        },
        ['call', 'invoke', 'run'],
      ),
    },
    SystemMessage: { isComposite: true, message: 'system' },
    HumanMessage: { isComposite: true, message: 'user' },
    AIMessage: { isComposite: true, message: 'assistant' },
    ToolMessage: { isComposite: true, message: 'tool' },
    MessagesPlaceholder: { isComposite: true, message: 'placeholder' },
  },
  modelPrefixes: {
    'openai:': 'openai',
    'openai/': 'openai',
    'azure_openai:': 'azure',
    'anthropic:': 'anthropic',
    'google_genai:': 'google',
    'google-genai:': 'google',
    'google_vertexai:': 'google-vertex',
    'google-vertexai:': 'google-vertex',
    'bedrock:': 'aws-bedrock',
    'bedrock_converse:': 'aws-bedrock',
    'mistralai:': 'mistral',
    'cohere:': 'cohere',
    'groq:': 'groq',
    'together:': 'together',
    'fireworks:': 'fireworks',
    'ollama:': 'ollama',
    'deepseek:': 'deepseek',
    'xai:': 'xai',
    'perplexity:': 'perplexity',
    'huggingface:': 'huggingface',
    'nvidia:': 'nvidia',
  },
  idleModules: [
    '@langchain/core/callbacks',
    '@langchain/core/caches',
    '@langchain/core/chat_history',
    '@langchain/core/documents',
    '@langchain/core/document_loaders',
    '@langchain/core/memory',
    '@langchain/core/output_parsers',
    '@langchain/core/retrievers',
    '@langchain/core/stores',
    '@langchain/core/tools',
    '@langchain/core/tracers',
    '@langchain/core/utils',
    '@langchain/core/vectorstores',
    '@langchain/textsplitters',
    '@langchain/pinecone',
    '@langchain/qdrant',
    '@langchain/redis',
    '@langchain/mongodb',
    '@langchain/weaviate',
    'langchain/document_loaders',
    'langchain/text_splitter',
    'langchain/document',
    'langchain/tools',
    'langchain/vectorstores',
    'langchain_text_splitters',
  ],
  markers: [
    '\\bembedQuery\\(',
    '\\bembedDocuments\\(',
    '\\.a?embed_(?:query|documents)\\(',
    '\\.a(?:invoke|stream)\\(',
    '(?:[lL]lm|LLM|[mM]odel|[cC]hain|[aA]gent|[gG]raph)\\w{0,30}\\s*\\.\\s*invoke\\(',
  ],
};
