/** Marks beginnings of requests that repeat, for the provider's own cache. */
import { hash } from 'node:crypto';
import type { Model } from '@farthing/shared/catalogue/catalogue';
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import type { ProviderName } from '@farthing/shared/vocabulary';
import { LRUCache } from 'lru-cache';
import { withBody } from '../../core/exchange.ts';
import type { Exchange } from '../../core/pipeline.ts';
import type { Prices } from '../../core/prices.ts';
import type { CacheLifetime } from '../../wire/codec.ts';
import { bestLifetime, firstAt, type Lifetimes, noteNext, type Spacing } from './prefix-spacing.ts';

const MINUTE = 60_000;
/** Where the lifetime of a provider's cache is not known. */
const USUAL_MINUTES = 5;
const MAX_PREFIXES = 10_000;
/** A rough count is enough: below its minimum, a provider ignores the mark. */
const BYTES_PER_TOKEN = 4;

/** The marked request; null if it is not marked. */
export type Mark = (exchange: Exchange) => Exchange | null;

export function createMark(prices: Prices): Mark {
  const seen = new LRUCache<string, Spacing>({ max: MAX_PREFIXES });

  /**
   * Null if no mark pays. The lifetime only changes once nothing is left in the cache, because what was written for one
   * would be paid for again.
   */
  const lifetimeOf = (
    prefix: string,
    { price }: Model,
    { context, provider, facts }: Exchange,
  ): CacheLifetime | null => {
    const key = hash('sha256', JSON.stringify([context.tenant, provider, facts.model, prefix]), 'hex');
    const now = Date.now();
    const spacing = seen.get(key);
    if (spacing === undefined) {
      seen.set(key, firstAt(now));
      return null;
    }
    const lifetimes = lifetimesAt(provider);
    if (!noteNext(spacing, now, lifetimes)) spacing.lifetime = bestLifetime(spacing, price, lifetimes);
    return spacing.lifetime;
  };

  return (exchange) => {
    const { codec, payload, facts, provider, context } = exchange;
    const model = facts.model === null ? null : prices.model(provider, facts.model);
    const minimum = model?.cacheMinimum ?? null;
    const prefix = payload.json === null ? null : codec.cachePrefix(payload.json);
    if (model === null || minimum === null || prefix === null || prefix.length / BYTES_PER_TOKEN < minimum) return null;
    const lifetime = lifetimeOf(prefix, model, exchange);
    if (lifetime === null) return null;
    const marked = withBody(exchange, (body) => codec.withPromptCache(body, provider, context.feature, lifetime));
    if (marked === exchange) return null;
    exchange.log.decide({ layer: 'shape', outcome: 'marked', ...(lifetime === 'long' && { reason: 'for an hour' }) });
    return marked;
  };
}

function lifetimesAt(provider: ProviderName): Lifetimes {
  const { minutes = USUAL_MINUTES, longMinutes = null } = PROVIDER_TABLE[provider].markedCache ?? {};
  return { short: minutes * MINUTE, long: longMinutes === null ? null : longMinutes * MINUTE };
}
