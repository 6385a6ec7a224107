/** Changes to a request besides its content: a feature's output limit, and marks for the provider's prompt cache. */
import { hash } from 'node:crypto';
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import { LRUCache } from 'lru-cache';
import { withBody } from '../../core/exchange.ts';
import type { Exchange, Layer, Reply, Send } from '../../core/pipeline.ts';
import type { Prices } from '../../core/prices.ts';
import { changed } from '../../core/savings.ts';
import type { Filled } from '../../support/schema.ts';
import type { ShapePolicy } from './options.ts';

export interface ShapeTools {
  /** The options for a feature; null is for calls without one. */
  readonly policyOf: (feature: string | null) => Filled<ShapePolicy, 'promptCaching'>;
  readonly prices: Prices;
}

const MINUTE = 60_000;
/** Where the lifetime of a provider's cache is not known. */
const USUAL_MINUTES = 5;
const MAX_PREFIXES = 10_000;
/** A rough count is enough: below its minimum, a provider ignores the mark. */
const BYTES_PER_TOKEN = 4;

export function shape({ policyOf, prices }: ShapeTools): Layer {
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

  /** Null if the request is not changed. */
  const withMark = (exchange: Exchange): Exchange | null => {
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

  /**
   * If only marked prompts are cached, the saving is due to the mark; a provider that caches automatically would have
   * saved it anyway.
   */
  const sendMarked = async (exchange: Exchange, next: Send): Promise<Reply> => {
    const reply = await next(exchange);
    const { provider, facts, log } = exchange;
    return changed(reply, log, 'shape', facts.model, (usage, { answer }) => {
      const model = facts.model === null ? null : prices.model(provider, facts.model);
      if (model?.cacheMode !== 'marker') return null;
      const uncached = { ...usage, cachedInput: 0, cacheWriteInput: 0, cacheWriteLongInput: 0 };
      return prices.cost(model, uncached, answer.servedTier ?? facts.tier)?.amount ?? null;
    });
  };

  return (next) =>
    function shaped(exchange) {
      const { outputLimit, promptCaching } = policyOf(exchange.context.feature);
      const limited = outputLimit === undefined ? exchange : withLimit(exchange, outputLimit);
      const marked = promptCaching ? withMark(limited) : null;
      return marked === null ? next(limited) : sendMarked(marked, next);
    };
}

function withLimit(exchange: Exchange, limit: number): Exchange {
  const { codec, facts, provider, log } = exchange;
  if (facts.outputLimit !== null && facts.outputLimit <= limit) return exchange;
  const limited = withBody(exchange, (body) => codec.withOutputLimit(body, limit, provider));
  if (limited === exchange) return exchange;
  log.decide({ layer: 'shape', outcome: 'limited', tokens: limit });
  return limited;
}
