/** CrewAI: crews of agents and their tasks. https://docs.crewai.com/ */
import type { CallDescriptor, ExportDescriptor, SdkDescriptor } from '../../descriptor.ts';
import { LITELLM_NAMES } from '../litellm.ts';
import { methods, whole } from '../shapes.ts';
import { MODEL_ROLES, taskOf } from './shapes.ts';

const AGENT: ExportDescriptor = {
  creates: 'Agent',
  isTemplate: true,
  roles: {
    model: ['llm'],
    // `config` is an entry of a YAML file.
    system: ['backstory', 'goal', 'role', 'system_template', 'config'],
    tools: ['tools'],
    steps: ['max_iter', 'max_iterations'],
  },
  defaultModel: { name: 'gpt-4.1-mini', variable: 'MODEL', provider: 'openai' },
};
const KICKOFF: CallDescriptor = {
  ...taskOf({ variables: ['inputs'], messages: ['messages'] }, ['inputs']),
  // Of each agent for each of its tasks.
  steps: { byDefault: 25 },
  distinctive: 'imported',
  streaming: false,
};
const CALL: CallDescriptor = {
  api: 'invoke',
  family: 'text',
  positional: ['messages'],
  roles: { messages: ['messages'], tools: ['tools'] },
};
const NAMES = [
  'kickoff',
  'kickoff_async',
  'akickoff',
  'kickoff_for_each',
  'kickoff_for_each_async',
  'akickoff_for_each',
];

export const crewai: SdkDescriptor = {
  name: 'crewai',
  provider: 'any',
  modules: ['crewai'],
  exports: {
    Crew: { creates: 'Crew', absorbs: ['agents', 'manager_agent', 'manager_llm'] },
    // It runs code of the project, in which crews and models stand for themselves.
    Flow: { creates: 'Flow' },
    Agent: AGENT,
    LiteAgent: AGENT,
    Task: { creates: 'Task' },
    LLM: { creates: 'Model', positional: ['model'], roles: { ...MODEL_ROLES, provider: ['provider'] } },
  },
  types: {
    Crew: { methods: methods(KICKOFF, [...NAMES, 'train', 'test', 'replay']) },
    Flow: { methods: Object.fromEntries(NAMES.map((name) => [name, { returns: 'Result' }])) },
    Result: {},
    Agent: { methods: methods({ ...KICKOFF, positional: ['messages'] }, ['kickoff', 'kickoff_async', 'akickoff']) },
    Task: {},
    Model: { isModel: true, methods: methods(whole(CALL), ['call', 'acall']) },
  },
  modelPrefixes: { ...LITELLM_NAMES, 'gemini-': 'google', '': 'openai' },
  words: { imports: ['crewai'], methods: ['kickoff'] },
  markers: [],
};
