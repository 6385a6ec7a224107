import { defineLayer } from '../definition.ts';
import { type QueueOptions, queueSchema } from './options.ts';
import { queue } from './queue.ts';

export interface QueueLayerOptions {
  /** How many requests run at once, and how many wait. Default: no bound. */
  readonly queue?: QueueOptions;
}

export const queueDefinition = defineLayer({
  name: 'queue',
  stage: 'queue',
  options: { queue: queueSchema },
  create: (options, { emit }) => (options.queue === undefined ? null : queue({ ...options.queue, emit })),
});
