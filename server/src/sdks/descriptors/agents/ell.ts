/** ell: a decorated function is a request, and gives its prompt. https://docs.ell.so/ */
import type { CallDescriptor, ExportDescriptor, SdkDescriptor } from '../../descriptor.ts';
import { NAMED } from './shapes.ts';

const ASK: CallDescriptor = {
  api: 'invoke',
  family: 'text',
  positional: ['model', 'client'],
  roles: {
    model: ['model'],
    outputLimit: ['max_tokens', 'max_completion_tokens'],
    tools: ['tools'],
    schema: ['response_format'],
    stream: ['stream'],
    count: ['n'],
    reasoning: ['reasoning_effort'],
  },
  decorates: { docstring: 'system', returned: 'messages' },
};
const DECORATOR: ExportDescriptor = {
  call: ASK,
  creates: 'Function',
  positional: ['model', 'client'],
  absorbs: ['client'],
};

export const ell: SdkDescriptor = {
  name: 'ell',
  provider: 'any',
  language: 'python',
  modules: ['ell'],
  modelPrefixes: NAMED,
  exports: { simple: DECORATOR, complex: DECORATOR },
  types: { Function: {} },
  words: { imports: ["'ell'", '"ell"', 'import ell', 'from ell'], methods: [] },
  markers: [],
};
