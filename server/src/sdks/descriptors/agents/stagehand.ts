/** Stagehand: a browser that is told what to do. https://docs.stagehand.dev/ */
import type { CallDescriptor, RolePaths, SdkDescriptor } from '../../descriptor.ts';
import { methods, whole } from '../shapes.ts';
import { NAMED, SLASHED, taskOf } from './shapes.ts';

const MODEL: RolePaths = { model: ['model.modelName', 'model', 'modelName', 'llmClient'] };
/** What it is told, with what is on the page. */
const DO: CallDescriptor = {
  api: 'generate',
  family: 'text',
  positional: ['instruction|...', '...'],
  roles: { model: ['model', 'modelName'], prompt: ['instruction', 'action'], schema: ['schema'] },
  keepsContext: true,
  streaming: false,
};
/** Without an instruction it only reads the page. */
const EXTRACT: CallDescriptor = { ...DO, asksWith: 'prompt' };
const EXECUTE: CallDescriptor = whole(taskOf({ messages: ['instruction'] }, ['instruction|...']));
const ACTIONS = { ...methods(DO, ['act', 'observe']), ...methods(EXTRACT, ['extract']) };

export const stagehand: SdkDescriptor = {
  name: 'stagehand',
  provider: 'any',
  language: 'typescript',
  modules: ['@browserbasehq/stagehand'],
  exports: {
    Stagehand: {
      creates: 'Stagehand',
      roles: MODEL,
      defaultModel: { name: 'openai/gpt-4.1-mini', provider: 'openai' },
    },
  },
  types: {
    Stagehand: {
      members: { page: 'Page' },
      methods: {
        ...ACTIONS,
        agent: { returns: 'Agent', roles: { ...MODEL, system: ['systemPrompt', 'instructions'], tools: ['tools'] } },
      },
    },
    Page: { methods: ACTIONS },
    Agent: { methods: methods(EXECUTE, ['execute']) },
  },
  modelPrefixes: { ...SLASHED, ...NAMED },
  words: { imports: ['stagehand'], methods: [] },
  markers: [],
};
