/** Google's Agent Development Kit. https://google.github.io/adk-docs/ */
import type { ExportDescriptor, RolePaths, SdkDescriptor } from '../../descriptor.ts';
import { modelOf, runOf, runs, SLASHED } from './shapes.ts';

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
const RUN = {
  ...runOf({ messages: ['new_message', 'newMessage', 'user_messages'] }, ['...']),
  keepsContext: true,
};
const RUNNER: ExportDescriptor = {
  creates: 'Runner',
  positional: ['agent|...'],
  roles: { model: ['agent', 'app.root_agent'] },
};

export const googleAdk: SdkDescriptor = {
  name: 'google-adk',
  provider: 'google',
  modules: ['google.adk', '@google/adk'],
  members: ['google.adk'],
  exports: {
    Agent: AGENT,
    LlmAgent: AGENT,
    SequentialAgent: ORDER,
    ParallelAgent: ORDER,
    LoopAgent: ORDER,
    Runner: RUNNER,
    InMemoryRunner: RUNNER,
    App: { creates: 'Agent', absorbs: ['root_agent'] },
    LiteLlm: modelOf('any', ['model']),
    Gemini: modelOf('google', ['model']),
    Claude: modelOf('google-vertex', ['model']),
  },
  types: {
    Agent: {},
    Model: { isModel: true },
    Runner: { methods: runs(RUN, ['run', 'run_debug'], ['run_async', 'runAsync', 'run_live', 'runLive']) },
  },
  modelPrefixes: SLASHED,
  words: { imports: ['google.adk', 'google/adk', 'google import'], methods: [] },
  markers: [],
};
