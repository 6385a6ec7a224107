/** Runnables, chains and agents: what holds models, and runs them. */
import { EVERY_FIELD, type ExportDescriptor, type RolePaths } from '../../descriptor.ts';
import { NOTHING } from './models.ts';

/** A chain that always contains a model, whatever is known about its arguments. */
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
  absorbsPrompts: ['prompt'],
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

const GRAPH: ExportDescriptor = { creates: 'Graph' };

const EXECUTOR: ExportDescriptor = {
  creates: 'Agent',
  absorbs: ['agent', 'llm'],
  roles: { tools: ['tools'], steps: ['max_iterations', 'maxIterations'] },
};

/** Steps by name, each of which runs: as one object, or as keyword arguments. */
export const STEPS = { positional: ['steps'], absorbs: [EVERY_FIELD] };
const MAP: ExportDescriptor = { ...STEPS, creates: 'Runnable' };

export const CHAINS: Readonly<Record<string, ExportDescriptor>> = {
  'RunnableSequence.from': { creates: 'Runnable', positional: ['steps'], absorbs: ['steps'], isSequence: true },
  RunnableSequence: {
    creates: 'Runnable',
    positional: ['first', 'middle', 'last'],
    absorbs: ['steps', 'first', 'middle', 'last'],
    isSequence: true,
  },
  RunnableWithMessageHistory: { creates: 'Remembering', positional: ['runnable|...'], absorbs: ['runnable'] },
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
  SequentialChain: { ...CHAIN, creates: 'Runnable', absorbs: ['chains'], isSequence: true },
  SimpleSequentialChain: { ...CHAIN, creates: 'Runnable', absorbs: ['chains'], isSequence: true },
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

  StateGraph: GRAPH,
  MessageGraph: GRAPH,
  CompiledGraph: GRAPH,
  CompiledStateGraph: GRAPH,

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
