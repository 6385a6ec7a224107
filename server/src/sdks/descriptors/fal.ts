/** fal: models for pictures, videos and sounds, by the path of their endpoint. https://docs.fal.ai/ */
import type { CallDescriptor, SdkDescriptor } from '../descriptor.ts';
import { methods, streamed, whole } from './shapes.ts';

const RUN: CallDescriptor = {
  api: 'images',
  family: 'image',
  positional: ['endpoint', '...'],
  roles: {
    model: ['endpoint', 'application'],
    prompt: ['input.prompt', 'arguments.prompt'],
    count: ['input.num_images', 'arguments.num_images'],
  },
};
const CALLS = {
  ...methods(whole(RUN), [
    'run',
    'run_async',
    'subscribe',
    'subscribe_async',
    'submit',
    'submit_async',
    'queue.submit',
  ]),
  ...methods(streamed(RUN), ['stream', 'stream_async', 'realtime.connect']),
};

export const fal: SdkDescriptor = {
  name: 'fal',
  provider: 'unknown',
  modules: ['@fal-ai/client', '@fal-ai/serverless-client', 'fal_client'],
  exports: {
    ...CALLS,
    '': { is: 'Client' },
    fal: { is: 'Client' },
    createFalClient: { creates: 'Client' },
    SyncClient: { creates: 'Client' },
    AsyncClient: { creates: 'Client' },
  },
  types: { Client: { methods: CALLS } },
  words: { imports: ['fal-ai', 'fal_client'], methods: [] },
  markers: [],
};
