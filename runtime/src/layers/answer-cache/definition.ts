import type { Exchange } from '../../core/pipeline.ts';
import type { Embedder } from '../../semantic/embedders/embedder.ts';
import { byDefault } from '../../support/schema.ts';
import { defineLayer, type LayerTools } from '../definition.ts';
import { answerCache } from './answer-cache.ts';
import { exactLookup } from './exact-lookup.ts';
import type { Lookup } from './lookup.ts';
import { type CacheOptions, cachePolicySchema, cacheSchema, type FilledCache } from './options.ts';
import { createLessons } from './semantic/lessons.ts';
import { noting } from './semantic/noting.ts';
import type { FilledSemantic } from './semantic/options.ts';
import { createReasks } from './semantic/reasks.ts';
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
  create: ({ cache }, tools) => {
    const { stores, onStoreFailure, keys, byFeature, emit, background, refresh } = tools;
    const { mode, semantic, ...general } = cache as FilledCache;
    if (mode === 'off') return null;
    // In shadow mode many requests never come again.
    const exact = exactLookup(stores.cache, keys.keyOf, mode === 'on' ? keys : null);
    const similar = semantic === undefined || semantic.mode === 'off' ? null : createSemantic(semantic, tools);
    return answerCache({
      mode,
      lookups: similar === null ? [exact] : [similar.noting(exact), similar.lookup],
      isAskedAgain: similar?.isAskedAgain ?? (() => false),
      onStoreFailure: onStoreFailure.cache ?? 'open',
      policyOf: byFeature((own) => ({ ...general, ...own.cache })),
      emit,
      background,
      reasonAgainst: keys.reasonAgainst,
      refresh,
    });
  },
});

function createSemantic(options: FilledSemantic, tools: LayerTools<'cache' | 'vectors'>) {
  const { stores, keys, background } = tools;
  const { embedder, reask } = options;
  // An error on the way out concerns no call.
  background.onEnd(() => void close(embedder).catch(() => {}));
  const lessons = createLessons(stores.cache);
  const conversations = new Set(options.conversations);
  const asking = { keys, embedder, conversations };
  const reasks = reask === 0 ? null : createReasks({ within: reask, ...asking, lessons, background });
  const all = { ...tools, ...stores, lessons, reasks };
  return {
    lookup: semanticLookup(options, all),
    noting: (lookup: Lookup) => noting(lookup, all),
    isAskedAgain: (exchange: Exchange): boolean => {
      if (reasks?.isAgain(exchange) !== true) return false;
      exchange.log.decide({ layer: 'semantic-cache', outcome: 'skipped', reason: 'its caller asks the same again' });
      return true;
    },
  };
}

async function close(embedder: Embedder): Promise<void> {
  await embedder.close?.();
}
