/** Marks beginnings of requests that repeat, for the provider's own cache. */
import { hash } from 'node:crypto';
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import { LRUCache } from 'lru-cache';
import { withBody } from '../../core/exchange.ts';
import type { Exchange } from '../../core/pipeline.ts';
import type { Prices } from '../../core/prices.ts';

const MINUTE = 60_000;
/** Where the lifetime of a provider's cache is not known. */
const USUAL_MINUTES = 5;
const MAX_PREFIXES = 10_000;
/** A rough count is enough: below its minimum, a provider ignores the mark. */
const BYTES_PER_TOKEN = 4;

/** The marked request; null if it is not marked. */
export type Mark = (exchange: Exchange) => Exchange | null;

export function createMark(prices: Prices): Mark {
  const seen = new LRUCache<string, true>({ max: MAX_PREFIXES, ttl: USUAL_MINUTES * MINUTE });

  /**
   * A prefix is marked from its second occurrence on: one that never repeats would pay for a cache that is never read.
   */
  const isRepeated = (prefix: string, { context, provider, facts }: Exchange): boolean => {
    const key = hash('sha256', JSON.stringify([context.tenant, provider, facts.model, prefix]), 'hex');
    const isKnown = seen.has(key);
    // A prefix that repeats later would only pay again for being written to the cache.
    const minutes = PROVIDER_TABLE[provider].markedCache?.minutes ?? USUAL_MINUTES;
    seen.set(key, true, { ttl: minutes * MINUTE });
    return isKnown;
  };

  return (exchange) => {
    const { codec, payload, facts, provider, context } = exchange;
    const minimum = facts.model === null ? null : (prices.model(provider, facts.model)?.cacheMinimum ?? null);
    const prefix = payload.json === null ? null : codec.cachePrefix(payload.json);
    if (minimum === null || prefix === null || prefix.length / BYTES_PER_TOKEN < minimum) return null;
    if (!isRepeated(prefix, exchange)) return null;
    const marked = withBody(exchange, (body) => codec.withPromptCache(body, provider, context.feature));
    if (marked === exchange) return null;
    exchange.log.decide({ layer: 'shape', outcome: 'marked' });
    return marked;
  };
}
