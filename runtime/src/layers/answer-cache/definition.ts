import type { Embedder } from '../../semantic/embedders/embedder.ts';
import { byDefault } from '../../support/schema.ts';
import { defineLayer } from '../definition.ts';
import { answerCache } from './answer-cache.ts';
import { exactLookup } from './exact-lookup.ts';
import { type CacheOptions, cachePolicySchema, cacheSchema, type FilledCache } from './options.ts';
import { semanticLookup } from './semantic/semantic-lookup.ts';

export interface AnswerCacheOptions {
  /** Answers requests from earlier answers to the same request. */
  readonly cache?: CacheOptions;
}

export const answerCacheDefinition = defineLayer({
  name: 'exact-cache',
  stage: 'answer',
  options: { cache: byDefault({}, cacheSchema) },
  featureOptions: { cache: cachePolicySchema },
  stores: ['cache', 'vectors'],
  create: ({ cache }, { stores, onStoreFailure, keys, byFeature, emit, background, refresh }) => {
    const { mode, semantic, ...general } = cache as FilledCache;
    if (mode === 'off') return null;
    // In shadow mode many requests never come again.
    const lookups = [exactLookup(stores.cache, keys.keyOf, mode === 'on' ? keys : null)];
    if (semantic !== undefined && semantic.mode !== 'off') {
      // An error on the way out concerns no call.
      background.onEnd(() => void close(semantic.embedder).catch(() => {}));
      lookups.push(semanticLookup(semantic, { ...stores, keys, emit, background }));
    }
    return answerCache({
      mode,
      lookups,
      onStoreFailure: onStoreFailure.cache ?? 'open',
      policyOf: byFeature((own) => ({ ...general, ...own.cache })),
      emit,
      background,
      reasonAgainst: keys.reasonAgainst,
      refresh,
    });
  },
});

async function close(embedder: Embedder): Promise<void> {
  await embedder.close?.();
}
