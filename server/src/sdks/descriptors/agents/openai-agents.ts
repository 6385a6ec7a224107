/** OpenAI's Agents SDK, Python and TypeScript. https://openai.github.io/openai-agents-python/ and -js/ */
import type { CallDescriptor, ExportDescriptor, RolePaths, SdkDescriptor } from '../../descriptor.ts';
import { methods, streamed, whole } from '../shapes.ts';
import { modelOf, runOf, SLASHED } from './shapes.ts';

const SETTINGS: RolePaths = {
  model: ['model'],
  outputLimit: ['model_settings.max_tokens', 'modelSettings.maxTokens'],
  reasoning: ['model_settings.reasoning', 'modelSettings.reasoning'],
  system: ['instructions'],
  tools: ['tools'],
  toolChoice: ['model_settings.tool_choice', 'modelSettings.toolChoice'],
  schema: ['output_type', 'outputType'],
};
/** The agent that is run carries the settings. */
const RUN: CallDescriptor = {
  ...runOf(
    {
      model: ['starting_agent', 'agent'],
      messages: ['input'],
      stream: ['stream'],
      context: ['session', 'previous_response_id', 'previousResponseId', 'conversation_id', 'conversationId'],
    },
    ['starting_agent', 'input', '...'],
  ),
  steps: { byDefault: 10 },
};
const AGENT: ExportDescriptor = { creates: 'Agent', roles: SETTINGS };

export const openaiAgents: SdkDescriptor = {
  name: 'openai-agents',
  provider: 'openai',
  modules: ['agents', '@openai/agents', '@openai/agents-core', '@openai/agents-openai', '@openai/agents-realtime'],
  answeringMethods: ['get_response', 'getResponse'],
  exports: {
    Agent: AGENT,
    'Agent.create': AGENT,
    SandboxAgent: AGENT,
    Runner: { is: 'Runner', creates: 'Runner' },
    run: { call: RUN },
    OpenAIChatCompletionsModel: modelOf('openai', ['model', 'openai_client']),
    OpenAIResponsesModel: modelOf('openai', ['model', 'openai_client']),
    LitellmModel: modelOf('any', ['model']),
    aisdk: { creates: 'Model', positional: ['model'], absorbs: ['model'] },
    RealtimeAgent: { creates: 'RealtimeAgent', roles: SETTINGS },
    RealtimeSession: {
      creates: 'RealtimeSession',
      positional: ['agent', '...'],
      roles: { model: ['model', 'config.model'], system: ['agent.instructions'] },
    },
  },
  types: {
    Agent: {},
    RealtimeAgent: {},
    Model: { isModel: true },
    Runner: {
      methods: {
        ...methods(RUN, ['run']),
        ...methods(whole(RUN), ['run_sync']),
        ...methods(streamed(RUN), ['run_streamed']),
      },
    },
    RealtimeSession: {
      methods: methods({ api: 'realtime', family: 'audio', roles: { model: ['model'] }, streaming: true }, ['connect']),
    },
  },
  modelPrefixes: SLASHED,
  words: { imports: ['agents'], methods: [] },
  markers: [],
};
