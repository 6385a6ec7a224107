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

function llm(provider: ProviderName): ExportDescriptor {
  const engine = ['model', 'model_name', 'engine', 'deployment_name', 'deployment', 'model_id'];
  return { creates: 'Model', provider, positional: ['model|...'], roles: { ...MODEL_ROLES, model: engine } };
}
function embedding(provider: ProviderName): ExportDescriptor {
  const { baseUrl = [] } = MODEL_ROLES;
  return { creates: 'Embedding', provider, roles: { model: ['model', 'model_name', 'model_id'], baseUrl } };
}
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
  shared: { object: 'Settings', fields: { text: 'llm', agent: 'llm', embedding: 'embed_model' } },
  exports: {
    OpenAI: llm('openai'),
    openai: llm('openai'),
    OpenAIResponses: llm('openai'),
    OpenAILike: llm('openai-compatible'),
    AzureOpenAI: llm('azure'),
    Anthropic: llm('anthropic'),
    anthropic: llm('anthropic'),
    Gemini: llm('google'),
    gemini: llm('google'),
    GoogleGenAI: {
      ...llm('google'),
      switches: { vertexai: 'google-vertex' },
      impliedBy: { vertexai_config: 'google-vertex' },
    },
    Vertex: llm('google-vertex'),
    Groq: llm('groq'),
    groq: llm('groq'),
    MistralAI: llm('mistral'),
    mistral: llm('mistral'),
    Cohere: llm('cohere'),
    Bedrock: llm('aws-bedrock'),
    BedrockConverse: llm('aws-bedrock'),
    bedrock: llm('aws-bedrock'),
    Ollama: llm('ollama'),
    ollama: llm('ollama'),
    TogetherLLM: llm('together'),
    Fireworks: llm('fireworks'),
    DeepSeek: llm('deepseek'),
    OpenRouter: llm('openrouter'),
    Perplexity: llm('perplexity'),
    Cerebras: llm('cerebras'),
    NVIDIA: llm('nvidia'),
    Replicate: llm('replicate'),
    HuggingFaceInferenceAPI: llm('huggingface'),
    LiteLLM: llm('any'),
    MockLLM: { creates: 'Fake' },
    MockEmbedding: { creates: 'Fake' },
    HuggingFaceLLM: { creates: 'Local' },
    LlamaCPP: { creates: 'Local' },
    HuggingFaceEmbedding: { creates: 'Local' },
    OpenAIEmbedding: embedding('openai'),
    AzureOpenAIEmbedding: embedding('azure'),
    CohereEmbedding: embedding('cohere'),
    GeminiEmbedding: embedding('google'),
    GoogleGenAIEmbedding: embedding('google'),
    VertexTextEmbedding: embedding('google-vertex'),
    BedrockEmbedding: embedding('aws-bedrock'),
    MistralAIEmbedding: embedding('mistral'),
    VoyageEmbedding: embedding('voyage'),
    OllamaEmbedding: embedding('ollama'),
    JinaEmbedding: embedding('unknown'),
    TogetherEmbedding: embedding('together'),
    VectorStoreIndex: INDEX,
    'VectorStoreIndex.from_documents': INDEXED,
    'VectorStoreIndex.fromDocuments': INDEXED,
    'VectorStoreIndex.from_vector_store': { creates: 'Index', positional: ['vector_store'], roles: EMBEDDER },
    'VectorStoreIndex.fromVectorStore': { creates: 'Index', positional: ['vector_store'], roles: EMBEDDER },
    'VectorStoreIndex.init': { creates: 'Index', roles: EMBEDDER },
    'SummaryIndex.from_documents': { creates: 'Index' },
    'SummaryIndex.fromDocuments': { creates: 'Index' },
    load_index_from_storage: { creates: 'Index', roles: EMBEDDER },
    'RetrieverQueryEngine.from_args': { creates: 'Engine', ...ENGINE },
    RetrieverQueryEngine: { creates: 'Engine', ...ENGINE },
    RouterQueryEngine: { creates: 'Engine', ...ENGINE },
    SubQuestionQueryEngine: { creates: 'Engine', ...ENGINE },
    'SubQuestionQueryEngine.from_defaults': { creates: 'Engine', ...ENGINE },
    'CondensePlusContextChatEngine.from_defaults': { creates: 'Talk', ...ENGINE },
    'ContextChatEngine.from_defaults': { creates: 'Talk', ...ENGINE },
    'SimpleChatEngine.from_defaults': { creates: 'Talk', ...ENGINE },
    SimpleChatEngine: { creates: 'Talk', ...ENGINE },
    ContextChatEngine: { creates: 'Talk', ...ENGINE },
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
    Fake: { isFake: true },
    Embedding: {
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
