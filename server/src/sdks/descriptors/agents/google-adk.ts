/** Google's Agent Development Kit. https://google.github.io/adk-docs/ */
import type { CallDescriptor, ExportDescriptor, RolePaths, SdkDescriptor } from '../../descriptor.ts';
import { methods, resolvedOnly, streamed } from '../shapes.ts';
import { modelOf, runs, SLASHED, taskOf } from './shapes.ts';

const SETTINGS: RolePaths = {
  model: ['model'],
  system: ['instruction', 'global_instruction', 'globalInstruction', 'static_instruction'],
  outputLimit: ['generate_content_config.max_output_tokens', 'generateContentConfig.maxOutputTokens'],
  tools: ['tools'],
  schema: ['output_schema', 'outputSchema'],
  reasoning: ['planner'],
};
const AGENT: ExportDescriptor = { creates: 'Agent', roles: SETTINGS };
/** Agents that only order others. */
const ORDER: ExportDescriptor = { creates: 'Agent', absorbs: ['sub_agents', 'subAgents'] };
const RUN: CallDescriptor = {
  ...taskOf(
    {
      messages: ['new_message', 'newMessage', 'user_messages'],
      steps: ['run_config.max_llm_calls', 'runConfig.maxLlmCalls'],
    },
    ['...'],
  ),
  steps: { byDefault: 500 },
  keepsContext: true,
  distinctive: 'imported',
  evidence: ['messages'],
  receivers: ['runner'],
};
/** A separate session, which ends with the run. */
const RUN_ALONE: CallDescriptor = { ...resolvedOnly(RUN), keepsContext: false };
const GEMINI = { name: 'gemini-2.5-flash' };
const RUNNER: ExportDescriptor = {
  creates: 'Runner',
  positional: ['agent|...'],
  roles: { model: ['agent', 'node', 'app.root_agent', 'app.rootAgent', 'app'] },
};

export const googleAdk: SdkDescriptor = {
  name: 'google-adk',
  provider: 'google',
  modules: ['google.adk', '@google/adk'],
  members: ['google.adk'],
  answeringMethods: ['generate_content_async', 'generateContentAsync'],
  exports: {
    Agent: AGENT,
    LlmAgent: AGENT,
    SequentialAgent: ORDER,
    ParallelAgent: ORDER,
    LoopAgent: ORDER,
    RoutedAgent: { creates: 'Agent', absorbs: ['agents'] },
    Runner: RUNNER,
    InMemoryRunner: RUNNER,
    // An agent as another one's tool; code may also run it itself.
    AgentTool: { creates: 'AgentTool', positional: ['agent|...'], roles: { model: ['agent'] } },
    App: { creates: 'Agent', absorbs: ['root_agent', 'rootAgent'] },
    LiteLlm: modelOf('any', ['model']),
    Gemini: { ...modelOf('google', ['model|...']), switches: { vertexai: 'google-vertex' }, defaultModel: GEMINI },
    ApigeeLlm: modelOf('google', ['model|...']),
    Claude: modelOf('google-vertex', ['model']),
    AnthropicLlm: modelOf('anthropic', ['model']),
    Gemma: modelOf('google', ['model']),
    // As annotations and bases have it.
    BaseLlm: modelOf('any', ['model']),
  },
  types: {
    Agent: {},
    AgentTool: {
      methods: methods({ ...RUN_ALONE, roles: { ...RUN_ALONE.roles, messages: ['args.request'] } }, [
        'run_async',
        'runAsync',
      ]),
    },
    Model: { isModel: true },
    Runner: {
      methods: {
        ...runs(RUN, ['run', 'run_debug', 'runDebug'], ['run_async', 'runAsync', 'run_live', 'runLive']),
        ...methods(streamed(RUN_ALONE), ['runEphemeral']),
      },
    },
  },
  modelPrefixes: SLASHED,
  words: { imports: ['google.adk', 'google/adk', 'google import'], methods: [] },
  markers: [],
};
