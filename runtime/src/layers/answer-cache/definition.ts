import { byDefault } from '../../support/schema.ts';
import { defineLayer } from '../definition.ts';
import { answerCache } from './answer-cache.ts';
import { exactLookup } from './exact-lookup.ts';
import { type CacheOptions, cachePolicySchema, cacheSchema } from './options.ts';

export interface AnswerCacheOptions {
  /** Answers requests from earlier answers to the same request. */
  readonly cache?: CacheOptions;
}

export const answerCacheDefinition = defineLayer({
  name: 'exact-cache',
  stage: 'answer',
  options: { cache: byDefault({}, cacheSchema) },
  featureOptions: { cache: cachePolicySchema },
  stores: ['cache'],
  create: ({ cache }, { stores, onStoreFailure, keys, byFeature, emit, background, refresh }) => {
    const { mode, ...general } = cache;
    if (mode === 'off') return null;
    return answerCache({
      mode,
      // In shadow mode many requests never come again.
      lookups: [exactLookup(stores.cache, keys.keyOf, mode === 'on' ? keys : null)],
      onStoreFailure: onStoreFailure.cache ?? 'open',
      policyOf: byFeature((own) => ({ ...general, ...own.cache })),
      emit,
      background,
      reasonAgainst: keys.reasonAgainst,
      refresh,
    });
  },
});
