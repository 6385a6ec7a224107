/** Writer's SDKs. https://dev.writer.com/api-reference/ */
import type { CallDescriptor, ExportDescriptor, SdkDescriptor } from '../descriptor.ts';
import { CHAT_COMPLETIONS, CLIENT_PREFIXES, CLIENT_ROLES, COMPLETIONS, methods, resolvedOnly } from './shapes.ts';

const CLIENT: ExportDescriptor = { creates: 'Client', roles: { ...CLIENT_ROLES, baseUrl: ['baseURL', 'base_url'] } };
/** An application of Writer's has its own prompt and model; what is asked over files has its own model. */
const APPLICATION: CallDescriptor = {
  api: 'generate',
  family: 'text',
  positional: ['application_id', '...'],
  roles: { messages: ['inputs'], stream: ['stream'] },
  keepsContext: true,
};
const QUESTION: CallDescriptor = {
  api: 'generate',
  family: 'text',
  positional: ['...'],
  roles: { prompt: ['question', 'prompt'], model: ['model'], stream: ['stream'] },
  keepsContext: true,
};

export const writer: SdkDescriptor = {
  name: 'writer',
  provider: 'writer',
  modules: ['writerai', 'writer-sdk'],
  exports: { default: CLIENT, Writer: CLIENT, AsyncWriter: CLIENT },
  types: {
    Client: {
      transparent: CLIENT_PREFIXES,
      methods: {
        'chat.chat': { call: resolvedOnly(CHAT_COMPLETIONS) },
        'completions.create': { call: resolvedOnly(COMPLETIONS) },
        ...methods(APPLICATION, ['applications.generate_content', 'applications.generateContent']),
        ...methods(QUESTION, ['graphs.question', 'vision.analyze']),
      },
    },
  },
  words: { imports: ['writerai', 'writer-sdk'], methods: [] },
  markers: [],
};
