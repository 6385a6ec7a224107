/** Replicate: models of any kind, paid by time or by use. https://replicate.com/docs/reference/client-libraries */
import type { CallDescriptor, ExportDescriptor, SdkDescriptor } from '../descriptor.ts';
import { methods, streamed, whole } from './shapes.ts';

const RUN: CallDescriptor = {
  api: 'generate',
  family: 'text',
  positional: ['ref', '...'],
  roles: {
    model: ['ref', 'model', 'version'],
    prompt: ['input.prompt'],
    count: ['input.num_outputs', 'input.number_of_images'],
    system: ['input.system_prompt'],
    outputLimit: ['input.max_tokens', 'input.max_new_tokens', 'input.max_completion_tokens'],
  },
};
const CREATE: CallDescriptor = { ...RUN, positional: ['...'], roles: { ...RUN.roles, stream: ['stream'] } };
const CLIENT: ExportDescriptor = { creates: 'Client' };

export const replicate: SdkDescriptor = {
  name: 'replicate',
  provider: 'replicate',
  modules: ['replicate'],
  exports: {
    '': { is: 'Client', creates: 'Client' },
    default: CLIENT,
    Client: CLIENT,
    Replicate: CLIENT,
    AsyncReplicate: CLIENT,
  },
  types: {
    Client: {
      methods: {
        ...methods(whole(RUN), ['run', 'async_run']),
        ...methods(streamed(RUN), ['stream', 'async_stream']),
        ...methods(CREATE, [
          'predictions.create',
          'predictions.async_create',
          'models.predictions.create',
          'deployments.predictions.create',
        ]),
      },
    },
  },
  words: { imports: ['replicate'], methods: [] },
  markers: [],
};
