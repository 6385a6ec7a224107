/** Azure AI's own SDKs: inference, projects and agents. https://learn.microsoft.com/python/api/overview/azure/ai-inference-readme */
import type { CallDescriptor, ExportDescriptor, SdkDescriptor } from '../descriptor.ts';
import { methods } from './shapes.ts';

const COMPLETE: CallDescriptor = {
  api: 'chat.completions',
  family: 'text',
  roles: {
    model: ['model'],
    messages: ['messages'],
    outputLimit: ['max_tokens', 'model_extras.max_completion_tokens'],
    tools: ['tools'],
    toolChoice: ['tool_choice'],
    schema: ['response_format'],
    stream: ['stream'],
  },
};
const EMBED: CallDescriptor = {
  api: 'embeddings',
  family: 'embedding',
  roles: { model: ['model'], prompt: ['input'] },
  answers: 'data',
  streaming: false,
};
const RUN: CallDescriptor = {
  api: 'runs',
  family: 'text',
  roles: {
    model: ['model', 'agent_id', 'assistant_id'],
    system: ['instructions', 'additional_instructions'],
    outputLimit: ['max_completion_tokens'],
    tools: ['tools'],
    context: ['thread_id'],
  },
};
const CLIENT: ExportDescriptor = {
  creates: 'Client',
  positional: ['endpoint', 'credential'],
  roles: { model: ['model'] },
};
const POST = (call: CallDescriptor): CallDescriptor => ({
  ...call,
  roles: Object.fromEntries(
    Object.entries(call.roles ?? {}).map(([role, paths]) => [role, paths.map((path) => `body.${path}`)]),
  ),
});

/** Methods that give an OpenAI client for the project's own endpoint. */
const OPENAI_CLIENTS = [
  'get_openai_client',
  'getOpenAIClient',
  'getAzureOpenAIClient',
  'inference.get_azure_openai_client',
  'inference.azureOpenAI',
];

export const azureAi: SdkDescriptor = {
  name: 'azure-ai',
  provider: 'azure',
  modules: [
    'azure.ai.inference',
    'azure.ai.projects',
    'azure.ai.agents',
    '@azure-rest/ai-inference',
    '@azure/ai-projects',
    '@azure/ai-agents',
  ],
  members: ['azure.ai'],
  exports: {
    '': CLIENT,
    default: CLIENT,
    ChatCompletionsClient: CLIENT,
    EmbeddingsClient: CLIENT,
    AIProjectClient: { creates: 'Project' },
    'AIProjectClient.from_connection_string': { creates: 'Project' },
    'AIProjectClient.fromEndpoint': { creates: 'Project' },
    'AIProjectClient.fromConnectionString': { creates: 'Project' },
    AgentsClient: { creates: 'Agents' },
  },
  types: {
    Client: {
      methods: {
        ...methods(COMPLETE, ['complete']),
        ...methods(EMBED, ['embed']),
        path: {
          returns: 'Path',
          positional: ['path'],
          returnsBy: { '/embeddings': 'EmbeddingPath', '/images/embeddings': 'EmbeddingPath' },
        },
      },
    },
    Path: { methods: { post: { call: POST(COMPLETE) } } },
    EmbeddingPath: { methods: { post: { call: POST(EMBED) } } },
    Project: {
      members: { agents: 'Agents' },
      methods: {
        'inference.chatCompletions': { returns: 'Client' },
        'inference.embeddings': { returns: 'Client' },
        'inference.get_chat_completions_client': { returns: 'Client' },
        'inference.get_embeddings_client': { returns: 'Client' },
        ...Object.fromEntries(OPENAI_CLIENTS.map((name) => [name, { gives: ['openai', 'AzureOpenAI'] }])),
      },
    },
    Agents: {
      methods: methods(RUN, [
        'runs.create',
        'runs.create_and_process',
        'runs.stream',
        'create_run',
        'create_and_process_run',
        'create_stream',
        'create_thread_and_run',
        'create_thread_and_process_run',
        'runs.createAndPoll',
        'createThreadAndRun',
        'createThreadAndPoll',
      ]),
    },
  },
  words: { imports: ['azure.ai', 'azure-rest/ai', 'azure/ai'], methods: [] },
  markers: [],
};
