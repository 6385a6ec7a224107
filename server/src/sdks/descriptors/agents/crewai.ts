/** CrewAI: crews of agents and their tasks. https://docs.crewai.com/ */
import type { CallDescriptor, RolePaths, SdkDescriptor } from '../../descriptor.ts';
import { methods, whole } from '../shapes.ts';
import { MODEL_ROLES, runOf, SLASHED } from './shapes.ts';

const AGENT: RolePaths = {
  model: ['llm'],
  system: ['backstory', 'goal', 'role', 'system_template'],
  tools: ['tools'],
};
const KICKOFF: CallDescriptor = {
  ...runOf({ variables: ['inputs'], messages: ['messages'] }, ['inputs']),
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
    Agent: { creates: 'Agent', isTemplate: true, roles: AGENT },
    LiteAgent: { creates: 'Agent', isTemplate: true, roles: AGENT },
    Task: { creates: 'Task' },
    LLM: { creates: 'Model', positional: ['model'], roles: MODEL_ROLES },
  },
  types: {
    Crew: { methods: methods(KICKOFF, [...NAMES, 'train', 'test']) },
    Agent: { methods: methods({ ...KICKOFF, positional: ['messages'] }, ['kickoff', 'kickoff_async']) },
    Task: {},
    Model: { isModel: true, methods: methods(whole(CALL), ['call', 'acall']) },
  },
  modelPrefixes: SLASHED,
  words: { imports: ['crewai'], methods: ['kickoff'] },
  markers: [],
};
