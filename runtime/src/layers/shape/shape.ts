/** Changes to a request before it is sent: what is left out of it, its output limit, marks for the prompt cache. */
import { withBody } from '../../core/exchange.ts';
import type { Exchange, Layer, Reply, Send } from '../../core/pipeline.ts';
import { changed } from '../../core/savings.ts';
import type { Filled } from '../../support/schema.ts';
import type { ClearTools } from './context/clear.ts';
import { createShorten, type Shortened } from './context/shorten.ts';
import type { ShapePolicy } from './options.ts';
import { createMark } from './prompt-cache.ts';
import { inTokensOf, usageIfRead, usageWithout } from './saving.ts';

export interface ShapeTools extends ClearTools {
  /** The options for a feature; null is for calls without one. */
  readonly policyOf: (feature: string | null) => Filled<ShapePolicy, 'promptCaching'>;
}

export function shape({ policyOf, ...tools }: ShapeTools): Layer {
  const { prices } = tools;
  const mark = createMark(prices);
  const shorten = createShorten(tools);

  /** What is left out would have cost its price; what only marks make cheaper would have cost the full one. */
  const sendChanged = async (
    exchange: Exchange,
    next: Send,
    shortened: Pick<Shortened, 'removals' | 'tokens' | 'cleared'>,
    isMarked: boolean,
  ): Promise<Reply> => {
    const reply = await next(exchange);
    const { provider, facts, log } = exchange;
    return changed(reply, log, 'shape', facts.model, (usage, { answer }) => {
      const model = facts.model === null ? null : prices.model(provider, facts.model);
      const removals = inTokensOf(usage, shortened);
      const { cleared } = shortened;
      const removed = removals.reduce((sum, { tokens }) => sum + tokens, 0);
      cleared?.settle(usage, exchange.payload.text.length, removed);
      const isDueToMarks = isMarked && model?.cacheMode === 'marker';
      // A provider that caches automatically would have saved it anyway.
      if (model === null || (removals.length === 0 && !isDueToMarks)) return null;
      const shorter = usageWithout(usage, removals);
      const whole = cleared?.broken == null ? shorter : usageIfRead(shorter, cleared.broken);
      const uncached = { ...whole, cachedInput: 0, cacheWriteInput: 0, cacheWriteLongInput: 0 };
      return prices.cost(model, isDueToMarks ? uncached : whole, answer.servedTier ?? facts.tier)?.amount ?? null;
    });
  };

  return (next) =>
    function shaped(exchange) {
      const { outputLimit, promptCaching, context } = policyOf(exchange.context.feature);
      const limited = outputLimit === undefined ? exchange : withLimit(exchange, outputLimit);
      const shortened = context === undefined ? asItIs(limited) : shorten(limited, context);
      const marked = promptCaching ? mark(shortened.exchange) : null;
      if (marked === null && shortened.removals.length === 0 && shortened.cleared === null) {
        return next(shortened.exchange);
      }
      return sendChanged(marked ?? shortened.exchange, next, shortened, marked !== null);
    };
}

function asItIs(exchange: Exchange): Shortened {
  return { exchange, removals: [], tokens: 0, cleared: null };
}

function withLimit(exchange: Exchange, limit: number): Exchange {
  const { codec, facts, provider, log } = exchange;
  if (facts.outputLimit !== null && facts.outputLimit <= limit) return exchange;
  const limited = withBody(exchange, (body) => codec.withOutputLimit(body, limit, provider));
  if (limited === exchange) return exchange;
  log.decide({ layer: 'shape', outcome: 'limited', tokens: limit });
  return limited;
}
