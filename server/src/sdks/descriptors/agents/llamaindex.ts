/** LlamaIndex, Python and TypeScript: models, indexes that embed, and engines that ask. https://docs.llamaindex.ai/ */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { CallDescriptor, ExportDescriptor, RolePaths, SdkDescriptor } from '../../descriptor.ts';
import { methods, streamed, whole } from '../shapes.ts';
import { MODEL_ROLES, runOf, runs } from './shapes.ts';

const CHAT: CallDescriptor = {
  api: 'chat',
  family: 'text',
  positional: ['messages|...', 'chat_history'],
  roles: { messages: ['messages', 'message'], tools: ['tools'], stream: ['stream'], outputLimit: ['max_tokens'] },
};
const COMPLETE: CallDescriptor = {
  api: 'completion',
  family: 'text',
  positional: ['prompt|...'],
  roles: { prompt: ['prompt'], stream: ['stream'], outputLimit: ['max_tokens'] },
};
const STRUCTURED: CallDescriptor = {
  ...COMPLETE,
  positional: ['output_cls', 'prompt'],
  roles: { ...COMPLETE.roles, schema: ['output_cls'] },
  isStructured: true,
};
const EMBED: CallDescriptor = {
  api: 'embeddings',
  family: 'embedding',
  positional: ['text'],
  roles: { prompt: ['text', 'texts', 'query', 'documents', 'str_or_query_bundle'] },
  streaming: false,
};
/** What a function of the project made is still an engine by its name. */
const NAMED: Pick<CallDescriptor, 'distinctive' | 'receivers'> = { distinctive: 'imported', receivers: ['engine'] };
const QUERY: CallDescriptor = {
  api: 'invoke',
  family: 'text',
  positional: ['query|...'],
  roles: { prompt: ['query', 'str_or_query_bundle'], stream: ['stream'] },
  ...NAMED,
};
const TALK: CallDescriptor = { ...CHAT, ...NAMED, keepsContext: true };
const RUN = runOf({ messages: ['user_msg', 'input', 'message'] }, ['user_msg']);
const EMBEDDER: RolePaths = { model: ['embed_model', 'embedModel', 'service_context.embed_model'] };
const AGENT: ExportDescriptor = {
  creates: 'Agent',
  absorbs: ['llm', 'agents'],
  roles: { system: ['system_prompt', 'systemPrompt', 'context'], tools: ['tools'] },
};

const DEFAULT_LLM = { name: 'gpt-5.6-terra', provider: 'openai' } as const;
const DEFAULT_EMBEDDING = { name: 'text-embedding-ada-002', provider: 'openai' } as const;

function llm(provider: ProviderName): ExportDescriptor {
  const engine = ['model', 'model_name', 'engine', 'deployment_name', 'deployment', 'model_id'];
  return { creates: 'Model', provider, positional: ['model|...'], roles: { ...MODEL_ROLES, model: engine } };
}
function embedding(provider: ProviderName): ExportDescriptor {
  const { baseUrl = [] } = MODEL_ROLES;
  return { creates: 'Embedding', provider, roles: { model: ['model', 'model_name', 'model_id'], baseUrl } };
}
/** By the class: who is paid for its language model. */
const LLMS: Readonly<Record<string, ProviderName>> = {
  // As annotations and bases have them.
  LLM: 'any',
  BaseLLM: 'any',
  FunctionCallingLLM: 'any',
  CustomLLM: 'any',
  LiteLLM: 'any',
  Portkey: 'any',
  OpenAI: 'openai',
  OpenAIResponses: 'openai',
  OpenAILike: 'openai-compatible',
  AzureOpenAI: 'azure',
  AzureAICompletionsModel: 'azure',
  Anthropic: 'anthropic',
  Gemini: 'google',
  PaLM: 'google',
  Vertex: 'google-vertex',
  Groq: 'groq',
  MistralAI: 'mistral',
  Cohere: 'cohere',
  Bedrock: 'aws-bedrock',
  BedrockConverse: 'aws-bedrock',
  Ollama: 'ollama',
  LMStudio: 'lmstudio',
  Vllm: 'vllm',
  VllmServer: 'vllm',
  TogetherLLM: 'together',
  Fireworks: 'fireworks',
  DeepSeek: 'deepseek',
  OpenRouter: 'openrouter',
  Perplexity: 'perplexity',
  Cerebras: 'cerebras',
  NVIDIA: 'nvidia',
  Replicate: 'replicate',
  HuggingFaceInferenceAPI: 'huggingface',
  WatsonxLLM: 'watsonx',
  Databricks: 'databricks',
  DashScope: 'alibaba',
  ZhipuAI: 'zhipu',
  MiniMax: 'minimax',
  Anyscale: 'anyscale',
  DeepInfraLLM: 'deepinfra',
  NebiusLLM: 'nebius',
  SambaNovaCloud: 'sambanova',
  NovitaAI: 'novita',
  OVHcloud: 'ovhcloud',
  Cortex: 'snowflake',
  GithubLLM: 'github',
  Heroku: 'heroku',
  Writer: 'writer',
  XAI: 'xai',
  // In TypeScript.
  DeepSeekLLM: 'deepseek',
  FireworksLLM: 'fireworks',
  DeepInfra: 'deepinfra',
  // The older classes for models that read images.
  OpenAIMultiModal: 'openai',
  AzureOpenAIMultiModal: 'azure',
  AnthropicMultiModal: 'anthropic',
  GeminiMultiModal: 'google',
  MistralAIMultiModal: 'mistral',
  ReplicateMultiModal: 'replicate',
  DashScopeMultiModal: 'alibaba',
  OllamaMultiModal: 'ollama',
  NVIDIAMultiModal: 'nvidia',
  BedrockMultiModal: 'aws-bedrock',
};
const EMBEDDINGS: Readonly<Record<string, ProviderName>> = {
  BaseEmbedding: 'any',
  LiteLLMEmbedding: 'any',
  OpenAIEmbedding: 'openai',
  OpenAILikeEmbedding: 'openai-compatible',
  AzureOpenAIEmbedding: 'azure',
  AzureAIEmbeddingsModel: 'azure',
  CohereEmbedding: 'cohere',
  GeminiEmbedding: 'google',
  GoogleGenAIEmbedding: 'google',
  VertexTextEmbedding: 'google-vertex',
  BedrockEmbedding: 'aws-bedrock',
  MistralAIEmbedding: 'mistral',
  VoyageEmbedding: 'voyage',
  OllamaEmbedding: 'ollama',
  TogetherEmbedding: 'together',
  FireworksEmbedding: 'fireworks',
  NVIDIAEmbedding: 'nvidia',
  HuggingFaceInferenceAPIEmbedding: 'huggingface',
  WatsonxEmbeddings: 'watsonx',
  DatabricksEmbedding: 'databricks',
  DashScopeEmbedding: 'alibaba',
  ZhipuAIEmbedding: 'zhipu',
  DeepInfraEmbeddingModel: 'deepinfra',
  NebiusEmbedding: 'nebius',
};
/** These run on the machine itself. */
const LOCAL = [
  'HuggingFaceLLM',
  'LlamaCPP',
  'Llamafile',
  'HuggingFaceEmbedding',
  'FastEmbedEmbedding',
  'InstructorEmbedding',
  'OptimumEmbedding',
  'ClipEmbedding',
  'MockLLM',
  'MockEmbedding',
];
/** It embeds what it is given, and is then an index. */
const INDEXED: ExportDescriptor = {
  creates: 'Index',
  positional: ['documents', '...'],
  roles: EMBEDDER,
  call: { ...EMBED, positional: ['documents', '...'], roles: { prompt: ['documents', 'nodes'], ...EMBEDDER } },
};
const INDEX: ExportDescriptor = { creates: 'Index', positional: ['nodes|...'], roles: EMBEDDER };
const ENGINE = {
  absorbs: ['llm', 'chatModel', 'service_context.llm'],
  roles: { system: ['text_qa_template', 'system_prompt', 'systemPrompt'] },
};
/** A model reads all documents and writes what the index is made of. */
const WRITTEN: ExportDescriptor = {
  creates: 'Index',
  positional: ['documents'],
  call: { ...QUERY, positional: ['documents'], roles: { prompt: ['documents'], model: ['llm'] } },
};
/** A function that fills in a template and answers by a schema. */
const PROGRAM: ExportDescriptor = {
  creates: 'Program',
  isTemplate: true,
  absorbs: ['llm'],
  roles: { model: ['llm'], schema: ['output_cls'], prompt: ['prompt_template_str', 'prompt'] },
};
const JUDGE: CallDescriptor = {
  ...QUERY,
  positional: ['nodes', 'query_bundle'],
  roles: { prompt: ['query_str', 'query_bundle', 'query'] },
};
const RERANK: CallDescriptor = { ...JUDGE, api: 'rerank', family: 'rerank', streaming: false };
const RERANKS = ['postprocess_nodes', 'apostprocess_nodes'];
const ASKS = { ...methods(QUERY, ['query', 'aquery']) };
const TALKS = {
  ...methods(TALK, ['chat']),
  ...methods(whole(TALK), ['achat']),
  ...methods(streamed(TALK), ['stream_chat', 'astream_chat']),
};

export const llamaindex: SdkDescriptor = {
  name: 'llamaindex',
  provider: 'any',
  modules: ['llama_index', 'llamaindex', '@llamaindex/*'],
  answeringMethods: ['complete', 'chat'],
  shared: {
    object: 'Settings',
    fields: { text: 'llm', agent: 'llm', embedding: 'embed_model' },
    // `resolve_llm` and `resolve_embed_model`, as of November 2026; earlier versions asked gpt-3.5-turbo.
    byDefault: { language: 'python', models: { text: DEFAULT_LLM, agent: DEFAULT_LLM, embedding: DEFAULT_EMBEDDING } },
  },
  exports: {
    ...Object.fromEntries(Object.entries(LLMS).map(([name, provider]) => [name, llm(provider)])),
    ...Object.fromEntries(Object.entries(EMBEDDINGS).map(([name, provider]) => [name, embedding(provider)])),
    ...Object.fromEntries(LOCAL.map((name) => [name, { creates: 'Local' }])),
    '*Embedding': embedding('unknown'),
    LangchainEmbedding: { creates: 'Embedding', positional: ['embeddings'], roles: { model: ['embeddings'] } },
    LangChainLLM: { creates: 'Model', positional: ['llm'], roles: { model: ['llm'] } },
    openai: llm('openai'),
    anthropic: llm('anthropic'),
    gemini: llm('google'),
    GoogleGenAI: {
      ...llm('google'),
      switches: { vertexai: 'google-vertex' },
      impliedBy: { vertexai_config: 'google-vertex' },
    },
    groq: llm('groq'),
    mistral: llm('mistral'),
    bedrock: llm('aws-bedrock'),
    ollama: llm('ollama'),
    VectorStoreIndex: INDEX,
    'VectorStoreIndex.from_documents': INDEXED,
    'VectorStoreIndex.fromDocuments': INDEXED,
    'VectorStoreIndex.from_vector_store': { creates: 'Index', positional: ['vector_store'], roles: EMBEDDER },
    'VectorStoreIndex.fromVectorStore': { creates: 'Index', positional: ['vector_store'], roles: EMBEDDER },
    'VectorStoreIndex.init': { creates: 'Index', roles: EMBEDDER },
    'SummaryIndex.from_documents': { creates: 'Index' },
    'SummaryIndex.fromDocuments': { creates: 'Index' },
    load_index_from_storage: { creates: 'Index', roles: EMBEDDER },
    '*QueryEngine': { creates: 'Engine', ...ENGINE },
    '*QueryEngine.from_*': { creates: 'Engine', ...ENGINE },
    '*ChatEngine': { creates: 'Talk', ...ENGINE },
    '*ChatEngine.from_*': { creates: 'Talk', ...ENGINE },
    '*Program.from_defaults': PROGRAM,
    get_response_synthesizer: { creates: 'Synthesizer', ...ENGINE },
    TreeSummarize: { creates: 'Synthesizer', ...ENGINE },
    CompactAndRefine: { creates: 'Synthesizer', ...ENGINE },
    Refine: { creates: 'Synthesizer', ...ENGINE },
    '*Evaluator': { creates: 'Evaluator', ...ENGINE },
    LLMRerank: { creates: 'Judge', ...ENGINE },
    RankGPTRerank: { creates: 'Judge', ...ENGINE },
    CohereRerank: { creates: 'Reranker', provider: 'cohere', roles: { model: ['model'] } },
    VoyageAIRerank: { creates: 'Reranker', provider: 'voyage', roles: { model: ['model'] } },
    NVIDIARerank: { creates: 'Reranker', provider: 'nvidia', roles: { model: ['model'] } },
    JinaRerank: { creates: 'Reranker', provider: 'unknown', roles: { model: ['model'] } },
    VectorIndexRetriever: { creates: 'Retriever', roles: EMBEDDER },
    IngestionPipeline: { creates: 'Pipeline', absorbs: ['transformations'], absorbsModelsOnly: true },
    'KnowledgeGraphIndex.from_documents': WRITTEN,
    'PropertyGraphIndex.from_documents': WRITTEN,
    'DocumentSummaryIndex.from_documents': WRITTEN,
    'TreeIndex.from_documents': WRITTEN,
    ReActAgent: AGENT,
    FunctionAgent: AGENT,
    CodeActAgent: AGENT,
    FunctionCallingAgent: AGENT,
    OpenAIAgent: AGENT,
    AgentWorkflow: AGENT,
    AgentRunner: AGENT,
    agent: AGENT,
    multiAgent: AGENT,
    '*Agent.from_tools': { ...AGENT, positional: ['tools'] },
    '*Agent.from_defaults': AGENT,
    'AgentWorkflow.from_tools_or_functions': { ...AGENT, positional: ['tools'] },
  },
  types: {
    Model: {
      isModel: true,
      methods: {
        ...methods(CHAT, ['chat', 'exec', 'streamExec']),
        ...methods(whole(CHAT), ['achat', 'chat_with_tools', 'achat_with_tools']),
        ...methods(streamed(CHAT), ['stream_chat', 'astream_chat']),
        ...methods(COMPLETE, ['complete', 'acomplete', 'predict', 'apredict']),
        ...methods(streamed(COMPLETE), ['stream_complete', 'astream_complete', 'stream', 'astream']),
        ...methods(whole(STRUCTURED), ['structured_predict', 'astructured_predict']),
        as_structured_llm: { returns: 'self', positional: ['schema'], roles: { schema: ['schema', 'output_cls'] } },
      },
    },
    Local: { isFake: true },
    Program: { methods: methods({ ...COMPLETE, positional: [], isStructured: true }, ['', 'acall']) },
    Synthesizer: {
      methods: methods(QUERY, ['synthesize', 'asynthesize', 'get_response', 'aget_response']),
    },
    Evaluator: {
      methods: methods(JUDGE, ['evaluate', 'aevaluate', 'evaluate_response', 'aevaluate_response']),
    },
    Judge: { methods: methods(JUDGE, RERANKS) },
    Reranker: { methods: methods(RERANK, RERANKS) },
    /** Its embeddings are among what it does to documents. */
    Pipeline: {
      isComposite: true,
      isApart: true,
      methods: methods({ ...EMBED, positional: [] }, ['run', 'arun']),
    },
    Embedding: {
      isModel: true,
      methods: methods(EMBED, [
        'get_text_embedding',
        'get_query_embedding',
        'get_text_embedding_batch',
        'aget_text_embedding',
        'aget_query_embedding',
        'aget_text_embedding_batch',
        'getTextEmbedding',
        'getQueryEmbedding',
        'getTextEmbeddings',
        'getTextEmbeddingsBatch',
      ]),
    },
    Index: {
      isApart: true,
      methods: {
        as_query_engine: { returns: 'Engine', ...ENGINE },
        asQueryEngine: { returns: 'Engine', ...ENGINE },
        as_chat_engine: { returns: 'Talk', ...ENGINE },
        asChatEngine: { returns: 'Talk', ...ENGINE },
        as_retriever: { returns: 'Retriever' },
        asRetriever: { returns: 'Retriever' },
      },
    },
    Retriever: { isApart: true, methods: methods(EMBED, ['retrieve', 'aretrieve']) },
    Engine: { methods: { ...ASKS } },
    Talk: { methods: { ...TALKS } },
    Agent: { methods: { ...TALKS, ...ASKS, ...runs(RUN, ['run', 'arun'], ['runStream']) } },
  },
  words: { imports: ['llama_index', 'llamaindex'], methods: [] },
  markers: [],
};
