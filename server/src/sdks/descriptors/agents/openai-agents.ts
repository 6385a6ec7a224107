/** OpenAI's Agents SDK, Python and TypeScript. https://openai.github.io/openai-agents-python/ and -js/ */
import type { CallDescriptor, ExportDescriptor, RolePaths, SdkDescriptor } from '../../descriptor.ts';
import { methods, streamed, whole } from '../shapes.ts';
import { modelOf, runOf, SLASHED, taskOf } from './shapes.ts';

const SETTINGS: RolePaths = {
  model: ['model'],
  outputLimit: ['model_settings.max_tokens', 'modelSettings.maxTokens'],
  reasoning: ['model_settings.reasoning', 'modelSettings.reasoning'],
  system: ['instructions'],
  tools: ['tools'],
  toolChoice: ['model_settings.tool_choice', 'modelSettings.toolChoice'],
  schema: ['output_type', 'outputType'],
};
/** The agent that is run carries the settings, unless the run has its own model. A run stops after ten turns. */
const RUN: CallDescriptor = {
  ...runOf(
    {
      model: ['run_config.model', 'starting_agent', 'agent'],
      messages: ['input'],
      stream: ['stream'],
      context: ['session', 'previous_response_id', 'previousResponseId', 'conversation_id', 'conversationId'],
    },
    ['starting_agent', 'input', '...'],
  ),
  steps: { byDefault: 10 },
  switches: { 'run_config.model_provider': 'any' },
};
const AGENT: ExportDescriptor = {
  creates: 'Agent',
  roles: SETTINGS,
  defaultModel: { name: 'gpt-5.6-luna', variable: 'OPENAI_DEFAULT_MODEL' },
};
const REALTIME: CallDescriptor = {
  api: 'realtime',
  family: 'audio',
  roles: { model: ['model', 'model_config.initial_model_settings.model_name'] },
  streaming: true,
};
const REALTIME_MODEL = { name: 'gpt-realtime-2.1' };
/** Codex works on a thread that it keeps. */
const CODEX: CallDescriptor = {
  ...taskOf({ messages: ['input'], schema: ['outputSchema'] }, ['input', '...']),
  keepsContext: true,
};
/** It transcribes, runs an agent and speaks. */
const PIPELINE: CallDescriptor = {
  ...taskOf({ model: ['workflow'], messages: ['audio_input'] }, ['audio_input']),
  steps: { byDefault: 10 },
};
/** Behind `litellm/` and `any-llm/` a name is another service's. */
const LIBRARIES = ['litellm/', 'any-llm/'];

export const openaiAgents: SdkDescriptor = {
  name: 'openai-agents',
  provider: 'openai',
  // npm's package is Cloudflare's.
  language: 'python',
  modules: ['agents'],
  mark: 'RunContextWrapper',
  answeringMethods: ['get_response', 'getResponse'],
  exports: {
    Agent: AGENT,
    'Agent.create': AGENT,
    SandboxAgent: AGENT,
    Runner: { is: 'Runner', creates: 'Runner', switches: { modelProvider: 'any' } },
    run: { call: RUN },
    OpenAIChatCompletionsModel: modelOf('openai', ['model', 'openai_client']),
    OpenAIResponsesModel: modelOf('openai', ['model', 'openai_client']),
    LitellmModel: modelOf('any', ['model']),
    AnyLLMModel: modelOf('any', ['model']),
    // Of its own tests: no provider is asked.
    ScriptedModel: { creates: 'Fake' },
    'Fake*': { creates: 'Fake' },
    // A model or a provider of models that is not in this list.
    '*Model': modelOf('unknown', ['model']),
    aisdk: { creates: 'Model', positional: ['model'], absorbs: ['model'] },
    RealtimeAgent: { creates: 'RealtimeAgent', roles: SETTINGS },
    RealtimeSession: {
      creates: 'RealtimeSession',
      positional: ['agent', '...'],
      roles: { model: ['model', 'config.model'], system: ['agent.instructions'] },
      defaultModel: REALTIME_MODEL,
    },
    RealtimeRunner: {
      creates: 'RealtimeRunner',
      positional: ['starting_agent'],
      roles: { model: ['config.model_settings.model_name'], system: ['starting_agent.instructions'] },
      defaultModel: REALTIME_MODEL,
    },
    VoicePipeline: { creates: 'Pipeline', roles: { model: ['workflow'] } },
    SingleAgentVoiceWorkflow: { creates: 'Model', positional: ['agent'], roles: { model: ['agent'] } },
  },
  types: {
    Agent: { methods: { clone: { returns: 'self', roles: SETTINGS } } },
    RealtimeAgent: { methods: { clone: { returns: 'self', roles: SETTINGS } } },
    Fake: { isFake: true },
    Model: { isModel: true },
    Runner: {
      methods: {
        ...methods(RUN, ['run']),
        ...methods(whole(RUN), ['run_sync']),
        ...methods(streamed(RUN), ['run_streamed']),
      },
    },
    RealtimeSession: { methods: methods(REALTIME, ['connect']) },
    RealtimeRunner: { methods: methods(REALTIME, ['run']) },
    Pipeline: { methods: methods(PIPELINE, ['run']) },
  },
  modelPrefixes: {
    ...SLASHED,
    ...Object.fromEntries(
      LIBRARIES.flatMap((library) => Object.entries(SLASHED).map(([name, provider]) => [library + name, provider])),
    ),
    ...Object.fromEntries(LIBRARIES.map((library) => [library, 'any' as const])),
  },
  words: { imports: ['agents'], methods: [] },
  markers: [],
};

/** In TypeScript the client stands before the model's name. */
export const openaiAgentsTypescript: SdkDescriptor = {
  ...openaiAgents,
  language: 'typescript',
  modules: [
    '@openai/agents',
    '@openai/agents-core',
    '@openai/agents-openai',
    '@openai/agents-realtime',
    '@openai/agents-extensions',
    '@openai/codex-sdk',
  ],
  exports: {
    ...openaiAgents.exports,
    Codex: { creates: 'Codex' },
    OpenAIChatCompletionsModel: modelOf('openai', ['client', 'model']),
    OpenAIResponsesModel: modelOf('openai', ['client', 'model']),
    OpenAIResponsesWSModel: modelOf('openai', ['client', 'model']),
    OpenAIHostedMultiAgentModel: modelOf('openai', ['client', 'model']),
  },
  types: {
    ...openaiAgents.types,
    Codex: {
      methods: {
        startThread: { returns: 'Thread', roles: { model: ['model'] } },
        resumeThread: { returns: 'Thread', positional: ['id', '...'], roles: { model: ['model'] } },
      },
    },
    Thread: { methods: { ...methods(whole(CODEX), ['run']), ...methods(streamed(CODEX), ['runStreamed']) } },
  },
  words: { imports: ['agents', 'codex-sdk'], methods: [] },
};
