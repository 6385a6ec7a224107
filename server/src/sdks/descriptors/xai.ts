/** xAI's own SDK: a chat is built, and then sampled. https://github.com/xai-org/xai-sdk-python */
import type { CallDescriptor, ExportDescriptor, SdkDescriptor } from '../descriptor.ts';
import { methods, streamed, whole } from './shapes.ts';

const SAMPLE: CallDescriptor = {
  api: 'chat',
  family: 'text',
  positional: ['shape'],
  roles: { schema: ['shape'] },
  keepsContext: true,
};
const IMAGE: CallDescriptor = {
  api: 'images',
  family: 'image',
  positional: ['prompt', 'model'],
  roles: { prompt: ['prompt'], model: ['model'], count: ['n'] },
  streaming: false,
};
const CLIENT: ExportDescriptor = { creates: 'Client', roles: { timeout: ['timeout'] } };

export const xai: SdkDescriptor = {
  name: 'xai',
  provider: 'xai',
  modules: ['xai_sdk'],
  exports: { Client: CLIENT, AsyncClient: CLIENT },
  types: {
    Client: {
      methods: {
        'chat.create': {
          returns: 'Chat',
          positional: ['model'],
          roles: {
            model: ['model'],
            messages: ['messages'],
            outputLimit: ['max_tokens'],
            tools: ['tools'],
            providerTools: ['search_parameters'],
            reasoning: ['reasoning_effort'],
            schema: ['response_format'],
            context: ['previous_response_id'],
          },
        },
        ...methods(IMAGE, ['image.sample', 'image.sample_batch']),
      },
    },
    Chat: {
      methods: {
        ...methods(whole(SAMPLE), ['sample', 'sample_batch', 'parse', 'defer']),
        ...methods(streamed(SAMPLE), ['stream', 'stream_batch']),
      },
    },
  },
  words: { imports: ['xai_sdk'], methods: [] },
  markers: [],
};
