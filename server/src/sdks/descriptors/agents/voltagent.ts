/** VoltAgent: agents over models of the AI SDK or `provider/model` names. https://voltagent.dev/docs/agents/overview/ */
import type { CallDescriptor, RolePaths, SdkDescriptor } from '../../descriptor.ts';
import { runOf, runs, SLASHED } from './shapes.ts';

const SETTINGS: RolePaths = {
  model: ['model'],
  system: ['instructions', 'description'],
  tools: ['tools'],
  outputLimit: ['maxOutputTokens'],
  steps: ['maxSteps', 'stopWhen'],
};
const CALL: CallDescriptor = runOf(
  {
    messages: ['input'],
    outputLimit: ['maxOutputTokens', 'provider.maxTokens'],
    schema: ['output'],
    context: ['conversationId'],
  },
  ['input', '...'],
);
const OBJECT: CallDescriptor = {
  ...CALL,
  positional: ['input', 'schema', '...'],
  roles: { ...CALL.roles, schema: ['schema'] },
  isStructured: true,
};

export const voltagent: SdkDescriptor = {
  name: 'voltagent',
  provider: 'any',
  language: 'typescript',
  modules: ['@voltagent/core'],
  exports: { Agent: { creates: 'Agent', roles: SETTINGS } },
  types: {
    Agent: {
      methods: {
        ...runs(CALL, ['generateText'], ['streamText']),
        ...runs(OBJECT, ['generateObject'], ['streamObject']),
      },
    },
  },
  modelPrefixes: SLASHED,
  words: { imports: ['voltagent'], methods: [] },
  markers: [],
};
