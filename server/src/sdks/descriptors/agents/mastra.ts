/** Mastra: agents over models of the AI SDK or `provider/model` names. https://mastra.ai/reference/agents/agent */
import type { CallDescriptor, RolePaths, SdkDescriptor } from '../../descriptor.ts';
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
      outputLimit: ['modelSettings.maxOutputTokens', 'maxTokens', 'maxOutputTokens'],
      system: ['instructions', 'system'],
      schema: ['structuredOutput.schema', 'output', 'experimental_output'],
      retries: ['maxRetries'],
      context: ['memory', 'threadId'],
    },
    ['messages', '...'],
  ),
  steps: { byDefault: 5 },
};

export const mastra: SdkDescriptor = {
  name: 'mastra',
  provider: 'any',
  isTypescriptOnly: true,
  modules: ['@mastra/core', '@mastra/client-js'],
  exports: {
    Agent: { creates: 'Agent', roles: SETTINGS },
    Mastra: { creates: 'Mastra' },
  },
  types: {
    Mastra: { methods: { getAgent: { picks: ['agents'] }, getAgentById: { picks: ['agents'] } } },
    Picked: {
      methods: runs(CALL, ['generate', 'generateLegacy', 'network'], ['stream', 'streamLegacy', 'streamVNext']),
    },
    Agent: {
      methods: runs(CALL, ['generate', 'generateLegacy', 'network'], ['stream', 'streamLegacy', 'streamVNext']),
    },
  },
  modelPrefixes: SLASHED,
  words: { imports: ['mastra'], methods: [] },
  markers: [],
};
