/** Inngest's AgentKit: agents, and networks that run them in turn. https://agentkit.inngest.com/ */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { CallDescriptor, ExportDescriptor, RolePaths, SdkDescriptor } from '../../descriptor.ts';
import { methods, whole } from '../shapes.ts';
import { runOf } from './shapes.ts';

const SETTINGS: RolePaths = { model: ['model'], system: ['system'], tools: ['tools'] };
const RUN: CallDescriptor = whole(
  runOf({ model: ['model'], messages: ['input'], steps: ['maxIter'] }, ['input', '...']),
);

function model(provider: ProviderName): ExportDescriptor {
  return {
    creates: 'Model',
    provider,
    roles: {
      model: ['model'],
      baseUrl: ['baseUrl'],
      outputLimit: [
        'defaultParameters.max_tokens',
        'defaultParameters.max_completion_tokens',
        'defaultParameters.generationConfig.maxOutputTokens',
      ],
    },
  };
}

export const agentKit: SdkDescriptor = {
  name: 'agent-kit',
  provider: 'any',
  language: 'typescript',
  modules: ['@inngest/agent-kit'],
  exports: {
    createAgent: { creates: 'Agent', roles: SETTINGS },
    Agent: { creates: 'Agent', roles: SETTINGS },
    createRoutingAgent: { creates: 'Agent', roles: SETTINGS },
    createNetwork: {
      creates: 'Agent',
      absorbs: ['agents'],
      roles: { model: ['defaultModel'], steps: ['maxIter'] },
    },
    openai: model('openai'),
    anthropic: model('anthropic'),
    gemini: model('google'),
    grok: model('xai'),
  },
  types: { Agent: { methods: methods(RUN, ['run']) }, Model: { isModel: true } },
  words: { imports: ['agent-kit'], methods: [] },
  markers: [],
};
