/** Vector stores and retrievers: they embed what they keep, and what is searched for. */
import type { CallDescriptor, ExportDescriptor, MethodDescriptor, TypeDescriptor } from '../../descriptor.ts';
import { methods } from '../shapes.ts';

const EMBED: CallDescriptor = { api: 'embeddings', family: 'embedding', positional: ['input'], streaming: false };
const KEEP_TEXTS: CallDescriptor = { ...EMBED, roles: { prompt: ['input', 'documents', 'texts'] } };
const SEARCH: CallDescriptor = { ...EMBED, roles: { prompt: ['input', 'query', 'queries', 'inputs'] } };

/** Where a store's embeddings stand, by the parameter's name. Some stores embed by themselves if they are given none. */
const HELD = [
  'embedding',
  'embeddings',
  'embedding_function',
  'embedding_model',
  'embedding_service',
  'text_embedding',
];

function store(...positional: readonly string[]): ExportDescriptor {
  return { creates: 'VectorStore', positional, absorbs: HELD };
}

/** A class method that embeds texts into a new store. */
function filled(...positional: readonly string[]): ExportDescriptor & MethodDescriptor {
  const call = { ...KEEP_TEXTS, positional, roles: { prompt: ['documents', 'texts', 'docs'] } };
  return { ...store(...positional), returns: 'VectorStore', call };
}

const FROM_DOCUMENTS = filled('documents', 'embedding');
const FROM_TEXTS = filled('texts', 'embedding');
/** TypeScript has the texts' metadata in second place. */
const FROM_TEXTS_AND_METADATA = filled('texts', 'metadatas', 'embedding');
const OPENED = store('embedding');
const OPENED_BY_NAME = store('name', 'embedding');

/** Classes that the patterns below do not cover, by the place of their embeddings among the positional parameters. */
const EMBEDDINGS_FIRST = [
  'FAISS',
  'Faiss*',
  'HNSWLib',
  'Chroma',
  'Milvus',
  'Zilliz',
  'Pinecone',
  'Qdrant',
  'Weaviate',
  'LanceDB',
  'Redis',
  'Cassandra',
  'AstraDB',
  'DuckDB',
  'Tair',
  'Typesense',
  'Annoy',
  'ScaNN',
  'USearch',
  'Clickhouse',
  'MyScale',
  'SingleStoreDB',
  'DeepLake',
  'Neo4jVector*',
  'PGVector*',
  'PGEmbedding',
  'TimescaleVector',
  'OpenSearchVector*',
  'ElasticsearchStore',
  'DocArray*Search',
  'SurrealDBStore',
  'VespaStore',
  'SQLiteVec',
  'SQLiteVSS',
  'CloudflareVectorizeStore',
  'CassandraStore',
  'ClickHouseStore',
  'MyScaleStore',
  'MariaDBStore',
  'RocksetStore',
  'NeonPostgres',
  'VercelPostgres',
  'CloseVector*',
  'HanaDB',
  'Hologres',
  'AnalyticDB',
  'TencentVectorDB',
  'BaiduVectorDB',
  'DashVector',
  'Dingo',
  'Epsilla',
  'Lantern',
  'Rockset',
  'Vearch',
  'Yellowbrick',
  'TileDB',
  'StarRocks',
  'ApacheDoris',
  'Aerospike',
  'Meilisearch',
  'ManticoreSearch',
  'MomentoVectorIndex',
  '*VectorStore',
  '*VectorSearch',
];

/** In Python these have something else in the first places. */
const EMBEDDINGS_LATER: Readonly<Record<string, ExportDescriptor>> = {
  Chroma: store('embeddings', 'embedding_function'),
  PGVector: store('embeddings', 'embedding_function'),
  Pinecone: store('embeddings', 'embedding'),
  PineconeVectorStore: store('embeddings', 'embedding'),
  LanceDB: store('embeddings', 'embedding'),
  Qdrant: store('embeddings', 'collection_name', 'embedding'),
  QdrantVectorStore: store('embeddings', 'collection_name', 'embedding'),
  Weaviate: store('embeddings', 'index_name', 'text_key', 'embedding'),
  WeaviateVectorStore: store('embeddings', 'index_name', 'text_key', 'embedding'),
  AzureSearch: store('endpoint', 'key', 'index_name', 'embedding_function'),
  AzureAISearchVectorStore: store('embeddings'),
  OpenSearchVectorSearch: store('embeddings', 'index_name', 'embedding_function'),
};

const RETRIEVER: ExportDescriptor = {
  creates: 'Retriever',
  absorbs: ['vectorstore', 'vectorStore', 'vector_store', 'retrievers', 'base_retriever', 'baseRetriever', ...HELD],
};
/** It has a model write or judge queries, and searches with them. */
const MODEL_RETRIEVER: ExportDescriptor = { creates: 'ModelRetriever', absorbs: ['llm', 'llm_chain', 'llmChain'] };
const RERANKER: ExportDescriptor = { creates: 'Reranker', roles: { model: ['model'] } };

export const VECTOR_STORES: Readonly<Record<string, ExportDescriptor>> = {
  ...Object.fromEntries(EMBEDDINGS_FIRST.map((name) => [name, OPENED])),
  ...EMBEDDINGS_LATER,
  '*.from_documents': FROM_DOCUMENTS,
  '*.afrom_documents': FROM_DOCUMENTS,
  '*.fromDocuments': FROM_DOCUMENTS,
  '*.from_texts': FROM_TEXTS,
  '*.afrom_texts': FROM_TEXTS,
  '*.fromTexts': FROM_TEXTS_AND_METADATA,
  '*.from_embeddings': OPENED_BY_NAME,
  '*.afrom_embeddings': OPENED_BY_NAME,
  '*.load_local': OPENED_BY_NAME,
  '*.from_existing_index': store('embeddings', 'embedding'),
  '*.from_existing_collection': OPENED,
  '*.from_existing_graph': OPENED,
  '*.from_client_params': OPENED,
  '*.fromExistingIndex': OPENED,
  '*.fromExistingCollection': OPENED,
  '*.initialize': OPENED,
  '*.load': OPENED_BY_NAME,
  SemanticChunker: { ...store('embeddings'), creates: 'SemanticChunker' },

  BaseRetriever: RETRIEVER,
  VectorStoreRetriever: RETRIEVER,
  ParentDocumentRetriever: RETRIEVER,
  MultiVectorRetriever: RETRIEVER,
  TimeWeightedVectorStoreRetriever: RETRIEVER,
  EnsembleRetriever: RETRIEVER,
  ContextualCompressionRetriever: RETRIEVER,
  KNNRetriever: RETRIEVER,
  SVMRetriever: RETRIEVER,
  'KNNRetriever.from_*': { ...RETRIEVER, positional: ['texts', 'embeddings'] },
  'SVMRetriever.from_*': { ...RETRIEVER, positional: ['texts', 'embeddings'] },
  'BM25Retriever.from_*': { creates: 'Retriever' },
  'TFIDFRetriever.from_*': { creates: 'Retriever' },
  MultiQueryRetriever: MODEL_RETRIEVER,
  'MultiQueryRetriever.from_llm': { ...MODEL_RETRIEVER, positional: ['retriever', 'llm'] },
  'MultiQueryRetriever.fromLLM': MODEL_RETRIEVER,
  SelfQueryRetriever: MODEL_RETRIEVER,
  'SelfQueryRetriever.from_llm': { ...MODEL_RETRIEVER, positional: ['llm', 'vectorstore'] },
  'SelfQueryRetriever.fromLLM': MODEL_RETRIEVER,
  // Searches of the web or of a service, which embed nothing.
  '*Retriever': RETRIEVER,
  '*Retriever.from*': RETRIEVER,
  'RePhraseQueryRetriever.from_llm': { ...MODEL_RETRIEVER, positional: ['retriever', 'llm'] },
  CohereRerank: { ...RERANKER, provider: 'cohere' },
  VoyageAIRerank: { ...RERANKER, provider: 'voyage' },
  JinaRerank: RERANKER,
  NVIDIARerank: { ...RERANKER, provider: 'nvidia' },
  BedrockRerank: { ...RERANKER, provider: 'aws-bedrock' },
  WatsonxRerank: { ...RERANKER, provider: 'watsonx' },
  DashScopeRerank: { ...RERANKER, provider: 'alibaba' },
  VolcengineRerank: RERANKER,
  PineconeRerank: RERANKER,
};

/** On a receiver that is only a parameter, these names tell a vector store. */
const NAMED = { distinctive: 'imported', evidence: ['prompt'] } as const;
const SEARCHES: Record<string, MethodDescriptor> = methods({ ...SEARCH, ...NAMED }, [
  'similarity_search',
  'similarity_search_with_score',
  'similarity_search_with_relevance_scores',
  'max_marginal_relevance_search',
  'asimilarity_search',
  'asimilarity_search_with_score',
  'asimilarity_search_with_relevance_scores',
  'amax_marginal_relevance_search',
  'similaritySearch',
  'similaritySearchWithScore',
  'maxMarginalRelevanceSearch',
]);
const ADDS: Record<string, MethodDescriptor> = {
  ...methods({ ...KEEP_TEXTS, ...NAMED, receivers: ['vectorstore', 'vectordb', 'store', 'db'] }, [
    'add_documents',
    'aadd_documents',
    'add_texts',
    'aadd_texts',
    'addDocuments',
  ]),
};
const RETRIEVES: Record<string, MethodDescriptor> = {
  ...methods({ ...SEARCH, ...NAMED, receivers: ['retriever'] }, ['invoke', 'ainvoke', 'batch', 'abatch']),
  ...methods({ ...SEARCH, ...NAMED }, ['get_relevant_documents', 'aget_relevant_documents', 'getRelevantDocuments']),
};

/** With `pipe`, a retriever begins a chain that asks models of its own. */
export function vectorStoreTypes(
  pipe: MethodDescriptor,
  fluent: Readonly<Record<string, MethodDescriptor>>,
): Record<string, TypeDescriptor> {
  const piped = { ...fluent, pipe: { ...pipe, returns: 'Runnable' } };
  return {
    VectorStore: {
      isComposite: true,
      isApart: true,
      members: { embedding_function: 'Embeddings', embeddings: 'Embeddings' },
      methods: {
        ...SEARCHES,
        ...ADDS,
        ...methods(SEARCH, ['search', 'asearch']),
        from_documents: FROM_DOCUMENTS,
        from_texts: FROM_TEXTS,
        as_retriever: { returns: 'Retriever' },
        asRetriever: { returns: 'Retriever' },
      },
    },
    Retriever: { isComposite: true, isApart: true, methods: { ...piped, ...RETRIEVES, ...ADDS } },
    SemanticChunker: {
      isComposite: true,
      isApart: true,
      methods: methods(KEEP_TEXTS, ['create_documents', 'split_documents', 'split_text', 'transform_documents']),
    },
    Reranker: {
      isApart: true,
      methods: methods(
        {
          api: 'rerank',
          family: 'rerank',
          positional: ['documents', 'query'],
          roles: { prompt: ['query'], body: ['documents'] },
          streaming: false,
        },
        ['compress_documents', 'acompress_documents', 'compressDocuments', 'rerank'],
      ),
    },
  };
}
