/** Mastra: agents over models of the AI SDK or `provider/model` names. https://mastra.ai/reference/agents/agent */
import type { CallDescriptor, MethodDescriptor, RolePaths, SdkDescriptor } from '../../descriptor.ts';
import { runOf, runs, SLASHED } from './shapes.ts';

const SETTINGS: RolePaths = {
  model: ['model', 'model.id'],
  system: ['instructions'],
  tools: ['tools'],
};
const CALL: CallDescriptor = {
  ...runOf(
    {
      model: ['model'],
      messages: ['messages'],
      outputLimit: ['modelSettings.maxOutputTokens', 'modelSettings.maxTokens', 'maxTokens', 'maxOutputTokens'],
      system: ['instructions', 'system'],
      schema: ['structuredOutput.schema', 'output', 'experimental_output'],
      retries: ['maxRetries', 'modelSettings.maxRetries'],
      // The turns of a thread that the agent remembers are sent as well.
      context: ['memory', 'threadId'],
    },
    ['messages', '...'],
  ),
  steps: { byDefault: 5 },
};
/** It goes on where a run stopped, with all that was said before. */
const RESUME: CallDescriptor = { ...CALL, positional: ['resumed', '...'], keepsContext: true };
const APPROVE: CallDescriptor = { ...RESUME, positional: ['...'] };

const RUNS: Record<string, MethodDescriptor> = {
  ...runs(
    CALL,
    ['generate', 'generateLegacy', 'generateVNext'],
    ['stream', 'streamLegacy', 'streamVNext', 'streamUntilIdle', 'network'],
  ),
  ...runs(RESUME, ['resumeGenerate'], ['resumeStream', 'resumeStreamVNext', 'resumeStreamUntilIdle', 'resumeNetwork']),
  ...runs(
    APPROVE,
    ['approveToolCallGenerate', 'declineToolCallGenerate'],
    ['approveToolCall', 'declineToolCall', 'approveNetworkToolCall', 'declineNetworkToolCall'],
  ),
};

export const mastra: SdkDescriptor = {
  name: 'mastra',
  provider: 'any',
  language: 'typescript',
  modules: ['@mastra/core', '@mastra/client-js'],
  exports: {
    Agent: { creates: 'Agent', roles: SETTINGS },
    DurableAgent: { creates: 'Agent', roles: SETTINGS },
    Mastra: { creates: 'Mastra' },
    MastraClient: { creates: 'Mastra' },
  },
  types: {
    // Steps and tools are handed the application's object.
    Mastra: {
      methods: {
        getAgent: { picks: ['agents'], tellsObject: true },
        getAgentById: { picks: ['agents'], tellsObject: true },
      },
    },
    Picked: { methods: RUNS },
    Agent: { methods: RUNS },
  },
  modelPrefixes: SLASHED,
  words: { imports: ['mastra'], methods: ['getAgent'] },
  markers: ['\\.\\s*getAgent(?:ById)?\\s*\\('],
};
