import { byDefault, listOf } from '../../support/schema.ts';
import { defineLayer } from '../definition.ts';
import { type RateOptions, rateSchema } from './options.ts';
import { rateLimit } from './rate-limit.ts';

export interface RateLimitOptions {
  /** Limits on requests and tokens in a period. Default: none. */
  readonly limits?: readonly RateOptions[];
}

export const rateLimitDefinition = defineLayer({
  name: 'rate-limit',
  stage: 'admit',
  options: { limits: byDefault([], listOf(rateSchema)) },
  stores: ['rates'],
  create: ({ limits }, { stores, onStoreFailure, emit, background }) =>
    limits.length === 0
      ? null
      : rateLimit({ limits, store: stores.rates, onStoreFailure: onStoreFailure.limits ?? 'open', emit, background }),
});
