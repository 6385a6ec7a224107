import { byDefault, count, milliseconds, object, required } from '../../support/schema.ts';

export interface QueueOptions {
  /** How many requests may run at once; a stream runs until it has ended. */
  readonly concurrency: number;
  /** How many may wait; the next is refused with status 429. Default: 1,000. */
  readonly maximumWaiting?: number;
  /** Milliseconds of waiting that count as one step of `priority`. Default: 1,000. */
  readonly aging?: number;
}

export const queueSchema = object<QueueOptions, 'maximumWaiting' | 'aging'>('QueueOptions', {
  concurrency: required(count({ min: 1 })),
  maximumWaiting: byDefault(1000, count({ min: 0, isEndless: true })),
  aging: byDefault(1000, milliseconds()),
});
