/** AutoGen (0.2 and 0.4), AG2, and Microsoft's Agent Framework. https://microsoft.github.io/autogen/ */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { CallDescriptor, ExportDescriptor, MethodDescriptor, RolePaths, SdkDescriptor } from '../../descriptor.ts';
import { methods, resolvedOnly, streamed, whole } from '../shapes.ts';
import { MODEL_ROLES, runOf, runs } from './shapes.ts';

const CREATE: CallDescriptor = {
  api: 'invoke',
  family: 'text',
  positional: ['messages'],
  roles: {
    messages: ['messages'],
    tools: ['tools'],
    schema: ['json_output', 'response_format'],
    outputLimit: ['extra_create_args.max_tokens', 'max_tokens'],
  },
};
const SETTINGS: RolePaths = {
  model: ['model_client', 'chat_client', 'client'],
  system: ['system_message', 'instructions'],
  tools: ['tools'],
  outputLimit: ['max_tokens'],
  steps: ['max_tool_iterations'],
};
const AGENT: ExportDescriptor = { creates: 'Agent', roles: SETTINGS };
/** For the second version, in which the model is in a configuration. */
const OLD_AGENT: RolePaths = {
  model: ['llm_config.model', 'llm_config.config_list.0.model'],
  system: ['system_message'],
  outputLimit: ['llm_config.max_tokens'],
};
const TEAM: ExportDescriptor = {
  creates: 'Team',
  positional: ['participants'],
  absorbs: ['participants', 'model_client'],
};
/** Agents that work one after the other, or as one of them decides. */
const WORKFLOW: ExportDescriptor = {
  creates: 'Workflow',
  positional: ['participants'],
  absorbs: ['participants', 'start_executor', 'manager', 'manager_agent', 'orchestrator_agent', 'coordinator'],
};
const STEP: MethodDescriptor = {
  returns: 'self',
  positional: ['first', 'second'],
  absorbs: [
    'first',
    'second',
    'participants',
    'agent',
    'manager',
    'chat_client',
    'executor',
    'source',
    'target',
    'targets',
  ],
  absorbsModelsOnly: true,
};
const RUN: CallDescriptor = {
  ...runOf({ messages: ['task', 'messages', 'message'] }, ['task']),
  distinctive: 'imported',
  evidence: ['messages'],
  receivers: ['agent', 'team', 'workflow'],
};
const CHAT: CallDescriptor = runOf({ messages: ['message', 'messages'] }, ['recipient']);

/** The agent that is talked to answers: with its own model, where it has one. */
const TALK: MethodDescriptor = { positional: ['recipient', '...'], absorbs: ['recipient'], call: whole(CHAT) };

const STEPS = [
  'add_agent',
  'add_chain',
  'add_edge',
  'add_fan_out_edges',
  'add_fan_in_edges',
  'set_start_executor',
  'participants',
  'with_standard_manager',
  'with_orchestrator',
  'build',
];

function client(provider: ProviderName): ExportDescriptor {
  return {
    creates: 'Model',
    provider,
    roles: { ...MODEL_ROLES, model: ['model', 'model_id', 'azure_deployment', 'deployment_name'] },
    // Agent Framework has one client for both.
    ...(provider === 'openai' ? { impliedBy: { azure_endpoint: 'azure' } } : {}),
  };
}

const CLIENT_INTERFACE: ExportDescriptor = { ...client('any'), isInterface: true };

export const autogen: SdkDescriptor = {
  name: 'autogen',
  provider: 'any',
  modules: ['autogen', 'autogen_agentchat', 'autogen_ext', 'autogen_core', 'ag2', 'pyautogen', 'agent_framework'],
  answeringMethods: ['create', 'get_response'],
  exports: {
    OpenAIChatCompletionClient: client('openai'),
    AzureOpenAIChatCompletionClient: client('azure'),
    AzureAIChatCompletionClient: client('azure'),
    AnthropicChatCompletionClient: client('anthropic'),
    AnthropicBedrockChatCompletionClient: client('aws-bedrock'),
    OllamaChatCompletionClient: client('ollama'),
    OpenAIChatClient: client('openai'),
    OpenAIResponsesClient: client('openai'),
    OpenAIAssistantsClient: client('openai'),
    AzureOpenAIChatClient: client('azure'),
    AzureOpenAIResponsesClient: client('azure'),
    AzureOpenAIAssistantsClient: client('azure'),
    AzureAIAgentClient: client('azure'),
    AzureAIClient: client('azure'),
    FoundryChatClient: client('azure'),
    FoundryLocalClient: { creates: 'Fake' },
    AnthropicClient: client('anthropic'),
    BedrockChatClient: client('aws-bedrock'),
    GeminiChatClient: client('google'),
    MistralChatClient: client('mistral'),
    OllamaChatClient: client('ollama'),
    // As annotations and bases have them.
    ChatClientProtocol: CLIENT_INTERFACE,
    SupportsChatGetResponse: CLIENT_INTERFACE,
    BaseChatClient: CLIENT_INTERFACE,
    ChatCompletionClient: CLIENT_INTERFACE,
    OpenAIEmbeddingClient: { ...client('openai'), creates: 'Embedding' },
    AzureOpenAIEmbeddingClient: { ...client('azure'), creates: 'Embedding' },
    GeminiEmbeddingClient: { ...client('google'), creates: 'Embedding' },
    BedrockEmbeddingClient: { ...client('aws-bedrock'), creates: 'Embedding' },
    MistralEmbeddingClient: { ...client('mistral'), creates: 'Embedding' },
    OllamaEmbeddingClient: { ...client('ollama'), creates: 'Embedding' },
    FoundryEmbeddingClient: { ...client('azure'), creates: 'Embedding' },
    ClaudeAgent: { ...AGENT, provider: 'anthropic', roles: { ...SETTINGS, model: ['default_options.model', 'model'] } },
    FoundryAgent: { ...AGENT, provider: 'azure' },
    AgentProtocol: AGENT,
    SupportsAgentRun: AGENT,
    WorkflowBuilder: WORKFLOW,
    SequentialBuilder: WORKFLOW,
    ConcurrentBuilder: WORKFLOW,
    GroupChatBuilder: WORKFLOW,
    HandoffBuilder: WORKFLOW,
    MagenticBuilder: WORKFLOW,
    ReplayChatCompletionClient: { creates: 'Fake' },
    AssistantAgent: {
      ...AGENT,
      roles: { ...SETTINGS, model: [...(SETTINGS.model ?? []), ...(OLD_AGENT.model ?? [])] },
    },
    SocietyOfMindAgent: AGENT,
    MultimodalWebSurfer: AGENT,
    CodeExecutorAgent: AGENT,
    ChatAgent: AGENT,
    Agent: AGENT,
    OpenAIAgent: { ...AGENT, provider: 'openai', roles: { ...SETTINGS, model: ['model'] } },
    OpenAIAssistantAgent: { ...AGENT, provider: 'openai', roles: { ...SETTINGS, model: ['model'] } },
    ConversableAgent: { creates: 'OldAgent', roles: OLD_AGENT },
    UserProxyAgent: { creates: 'OldAgent', roles: OLD_AGENT },
    GroupChatManager: { creates: 'OldAgent', roles: OLD_AGENT },
    GPTAssistantAgent: { creates: 'OldAgent', roles: OLD_AGENT },
    'ConversableAgent*': { creates: 'OldAgent', roles: OLD_AGENT },
    RoundRobinGroupChat: TEAM,
    SelectorGroupChat: TEAM,
    Swarm: TEAM,
    MagenticOneGroupChat: TEAM,
    GraphFlow: TEAM,
    MagenticOne: { creates: 'Team', positional: ['client'], absorbs: ['client'] },
  },
  types: {
    Model: {
      isModel: true,
      methods: {
        ...methods(whole(CREATE), ['create', 'get_response']),
        ...methods(streamed(CREATE), ['create_stream', 'get_streaming_response']),
        create_agent: {
          returns: 'Agent',
          roles: { system: ['instructions'], tools: ['tools'], outputLimit: ['max_tokens'] },
        },
        as_agent: {
          returns: 'Agent',
          roles: { system: ['instructions'], tools: ['tools'], outputLimit: ['max_tokens'] },
        },
      },
    },
    Embedding: {
      methods: methods(
        { api: 'embeddings', family: 'embedding', positional: ['values'], roles: { prompt: ['values'] } },
        ['get_embeddings'],
      ),
    },
    Workflow: {
      isComposite: true,
      methods: {
        ...Object.fromEntries(STEPS.map((name) => [name, STEP])),
        ...runs(resolvedOnly({ ...RUN, positional: ['message'] }), ['run'], ['run_stream']),
        as_agent: { returns: 'self' },
      },
    },
    Agent: {
      isModel: true,
      methods: {
        ...runs({ ...RUN, positional: ['messages'] }, ['run', 'on_messages'], ['run_stream', 'on_messages_stream']),
        ...methods(whole(CHAT), ['generate_reply', 'a_generate_reply']),
        initiate_chat: TALK,
        a_initiate_chat: TALK,
      },
    },
    OldAgent: {
      methods: {
        ...methods(whole(CHAT), [
          'initiate_chats',
          'a_initiate_chats',
          'generate_reply',
          'a_generate_reply',
          'run',
          'a_run',
        ]),
        initiate_chat: TALK,
        a_initiate_chat: TALK,
      },
    },
    Team: { methods: runs(RUN, ['run'], ['run_stream']) },
    Fake: { isFake: true },
  },
  words: { imports: ['autogen', "'ag2", '"ag2', 'from ag2', 'import ag2', 'agent_framework'], methods: [] },
  markers: [],
};
