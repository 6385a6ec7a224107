/** LangChain and LangGraph, TypeScript and Python: models by constructor, chains by composition, agents. */
import type { CallDescriptor, MethodDescriptor, SdkDescriptor } from '../descriptor.ts';
import { CHAINS, STEPS } from './langchain/chains.ts';
import { MODELS, SETTINGS } from './langchain/models.ts';
import { PROMPTS } from './langchain/prompts.ts';
import { VECTOR_STORES, vectorStoreTypes } from './langchain/vector-stores.ts';
import { ANTHROPIC_MARKER, methods, resolvedOnly, streamed, whole } from './shapes.ts';

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
  roles: { variables: ['input', 'inputs'], steps: ['config.recursion_limit', 'recursionLimit'] },
  // The model and its tools take turns in the graph.
  steps: { perRequest: 2 },
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
/** `agent.with_config(recursion_limit=20)`. */
const LIMITED: MethodDescriptor = {
  returns: 'self',
  positional: ['...'],
  roles: { steps: ['recursion_limit', 'recursionLimit'] },
};
/** A template that is filled on its own: what fills it are the prompt's variables. */
const FILL: MethodDescriptor = { returns: 'Prompt', positional: ['input', '...'], roles: { variables: ['input'] } };
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
const PIPE: MethodDescriptor = { returns: 'self', positional: ['next'], absorbs: ['next'], isSequence: true };
/** `{...} | prompt`: the map runs first. */
const PIPED: MethodDescriptor = { returns: 'self', positional: ['first'], absorbs: ['first'] };
/** In TypeScript each of them stands behind the one before. */
const GRAPH_STEPS = [
  'addEdge',
  'addConditionalEdges',
  'addSequence',
  'setEntryPoint',
  'setFinishPoint',
  'add_edge',
  'add_conditional_edges',
  'add_sequence',
  'set_entry_point',
  'set_conditional_entry_point',
  'set_finish_point',
  'compile',
];
/** A node may have its name in front. */
const NODE: MethodDescriptor = {
  returns: 'self',
  positional: ['node', 'action'],
  absorbs: ['node', 'action'],
  absorbsModelsOnly: true,
};
/** A chain with a memory sends its earlier turns as well. */
const REMEMBERED: CallDescriptor = { ...RUN, keepsContext: true };

export const langchain: SdkDescriptor = {
  name: 'langchain',
  provider: 'any',
  retriesByDefault: { typescript: 6, python: 2 },
  modules: ['langchain', '@langchain', 'langchain_*', 'langgraph', 'langgraph_*', 'deepagents'],
  answeringMethods: [
    '_get_relevant_documents',
    '_aget_relevant_documents',
    '_generate',
    '_agenerate',
    '_call',
    '_acall',
    '_stream',
    '_astream',
    '_streamResponseChunks',
  ],
  exports: { ...VECTOR_STORES, ...MODELS, ...PROMPTS, ...CHAINS },
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
        pipe: PIPE,
        __ror__: PIPED,
        ...methods(whole(ASK), INVOKE),
        ...methods(whole({ ...ASK, distinctive: 'always' }), AWAITED),
        ...methods(whole({ ...ASK, receivers: ['llm', 'llms', 'chain'] }), OLD_ASK),
        ...methods(streamed(ASK), STREAM),
        ...methods(streamed({ ...ASK, distinctive: 'always' }), AWAITED_STREAM),
        '': { call: ASK },
      },
    },
    /** A value that is only annotated as a runnable may contain a model. */
    Unknown: {
      isModel: true,
      methods: {
        ...FLUENT,
        pipe: PIPE,
        __ror__: PIPED,
        ...methods(whole(RUN), INVOKE),
        ...methods(streamed(RUN), STREAM),
      },
    },
    Runnable: {
      isComposite: true,
      methods: {
        ...FLUENT,
        pipe: PIPE,
        __ror__: PIPED,
        assign: { ...STEPS, returns: 'self' },
        pick: KEEP,
        ...methods(whole(RUN), [...INVOKE, ...OLD_RUN]),
        ...methods(streamed(RUN), STREAM),
      },
    },
    Remembering: {
      isComposite: true,
      methods: {
        ...FLUENT,
        pipe: PIPE,
        ...methods(whole(REMEMBERED), INVOKE),
        ...methods(streamed(REMEMBERED), STREAM),
      },
    },
    Prompt: {
      isComposite: true,
      isPrompt: true,
      methods: {
        pipe: { ...PIPE, returns: 'Runnable' },
        __ror__: { ...PIPED, returns: 'Runnable' },
        partial: KEEP,
        withConfig: KEEP,
        with_config: KEEP,
        format: { returns: 'Prompt' },
        formatMessages: { returns: 'Prompt' },
        format_messages: { returns: 'Prompt' },
        format_prompt: { returns: 'Prompt' },
        formatPromptValue: { returns: 'Prompt' },
        invoke: FILL,
        ainvoke: FILL,
        to_messages: { returns: 'Prompt' },
        toChatMessages: { returns: 'Prompt' },
        to_string: { returns: 'Prompt' },
      },
    },
    ModelChain: {
      isModel: true,
      methods: {
        ...FLUENT,
        pipe: PIPE,
        __ror__: PIPED,
        ...methods(whole(RUN), [...INVOKE, ...OLD_RUN]),
        ...methods(streamed(RUN), STREAM),
      },
    },
    Agent: {
      isModel: true,
      methods: {
        withConfig: LIMITED,
        with_config: LIMITED,
        compile: KEEP,
        ...methods(ACT, INVOKE),
        ...methods({ ...ACT, distinctive: 'always' }, AWAITED),
        ...methods(resolvedOnly(ACT), ['call', 'run', 'arun', 'acall', '']),
        ...methods(streamed(ACT), STREAM),
        ...methods(streamed({ ...ACT, distinctive: 'always' }), AWAITED_STREAM),
      },
    },
    ...vectorStoreTypes(PIPE, FLUENT),
    ModelRetriever: {
      isModel: true,
      methods: {
        ...FLUENT,
        pipe: PIPE,
        ...methods(whole(RUN), [
          ...INVOKE,
          'get_relevant_documents',
          'aget_relevant_documents',
          'getRelevantDocuments',
        ]),
      },
    },
    /** A graph costs what its nodes do: an agent or a chain among them runs in it, a function's calls stand there. */
    Graph: {
      isComposite: true,
      methods: {
        withConfig: LIMITED,
        with_config: LIMITED,
        ...Object.fromEntries(GRAPH_STEPS.map((name) => [name, KEEP])),
        add_node: NODE,
        addNode: NODE,
        ...methods(resolvedOnly(ACT), INVOKE),
        ...methods(streamed(resolvedOnly(ACT)), STREAM),
      },
    },
    Embeddings: {
      isModel: true,
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
    Fake: { isFake: true },
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
    'azure_ai:': 'azure',
    'azure_openai/': 'azure',
    'anthropic_bedrock:': 'aws-bedrock',
    'google_anthropic_vertex:': 'google-vertex',
    'openrouter:': 'openrouter',
    'cerebras:': 'cerebras',
    'baseten:': 'any',
    // A name without its provider: what `initChatModel` makes of it.
    'gpt-': 'openai',
    o1: 'openai',
    o3: 'openai',
    o4: 'openai',
    claude: 'anthropic',
    command: 'cohere',
    'accounts/fireworks': 'fireworks',
    gemini: 'google-vertex',
    'amazon.': 'aws-bedrock',
    'anthropic.': 'aws-bedrock',
    'meta.': 'aws-bedrock',
    mistral: 'mistral',
    mixtral: 'mistral',
    deepseek: 'deepseek',
    grok: 'xai',
    sonar: 'perplexity',
  },
  idleModules: [
    '@langchain/core/callbacks',
    '@langchain/core/caches',
    '@langchain/core/chat_history',
    '@langchain/core/documents',
    '@langchain/core/document_loaders',
    '@langchain/core/memory',
    '@langchain/core/output_parsers',
    '@langchain/core/stores',
    '@langchain/core/tools',
    '@langchain/core/tracers',
    '@langchain/core/utils',
    '@langchain/textsplitters',
    'langchain/document_loaders',
    'langchain/text_splitter',
    'langchain/document',
    'langchain/tools',
    'langchain_text_splitters',
  ],
  words: {
    imports: ['langchain', 'langgraph', 'deepagents'],
    methods: ['embed_', 'embedQuery', 'embedDocuments', 'nvoke(', 'invoke_', 'astream'],
  },
  markers: [
    '\\bembedQuery\\(',
    '\\bembedDocuments\\(',
    '\\.a?embed_(?:query|documents)\\(',
    '\\.a(?:invoke|stream)\\(',
    '(?:[lL]lm|LLM|[mM]odel|[cC]hain|[aA]gent|[gG]raph)\\w{0,30}\\s*\\.\\s*invoke\\(',
  ],
};
