import { MeterError } from '../core/errors.ts';
import { byDefault, count, milliseconds, object, readOptions, required, such, text } from '../support/schema.ts';
import type { PollOptions } from './waiting.ts';

export interface BatchOptions<Client extends object = object> {
  /** A client of `openai`, `@anthropic-ai/sdk` or `@google/genai`. */
  readonly client: Client;
  /**
   * Names the batch in the store. A process that makes a batch of this name goes on with it: what was submitted is not
   * submitted again.
   */
  readonly name: string;
  /**
   * Milliseconds from the first row until rows without an answer are sent as live calls, at full price. Default: never; a
   * row that three batches have left unanswered is given up.
   */
  readonly deadline?: number;
  /** Milliseconds without another call of `batch.client` until the calls so far are submitted. Default: 1,000. */
  readonly quiet?: number;
  /** The maximum number of rows in a batch. Default: the provider's limit. */
  readonly maxRows?: number;
  /** The maximum size of a batch, in bytes. Default: the provider's limit. */
  readonly maxBytes?: number;
  /** How often the provider is asked whether a batch has ended. */
  readonly poll?: PollOptions;
}

const isObject = (input: unknown): boolean => typeof input === 'object' && input !== null;

const pollSchema = object<PollOptions, 'first' | 'max'>('PollOptions', {
  first: byDefault(10_000, milliseconds()),
  max: byDefault(300_000, milliseconds()),
});

export const batchSchema = object<BatchOptions, 'deadline' | 'quiet' | 'maxRows' | 'maxBytes' | 'poll'>(
  'BatchOptions',
  {
    client: required(such('a client', isObject)),
    name: required(text()),
    deadline: byDefault(Number.POSITIVE_INFINITY, milliseconds({ min: 0, isEndless: true })),
    quiet: byDefault(1000, milliseconds({ min: 0 })),
    maxRows: byDefault(Number.POSITIVE_INFINITY, count({ min: 1, isEndless: true })),
    maxBytes: byDefault(Number.POSITIVE_INFINITY, count({ min: 1, isEndless: true })),
    poll: byDefault({}, pollSchema),
  },
);

export type FilledBatchOptions = Required<Omit<BatchOptions, 'poll'>> & { readonly poll: Required<PollOptions> };

/** @throws MeterError for options that are not known or not of their kind */
export function readBatchOptions(input: BatchOptions): FilledBatchOptions {
  return readOptions(batchSchema, input, (message) => new MeterError(message), 'batch') as FilledBatchOptions;
}
