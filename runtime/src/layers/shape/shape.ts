/** Changes to a request before it is sent: what is left out of it, its output limit, marks for the prompt cache. */
import { withBody } from '../../core/exchange.ts';
import type { Exchange, Layer, Reply, Send } from '../../core/pipeline.ts';
import type { Prices } from '../../core/prices.ts';
import { changed } from '../../core/savings.ts';
import type { Filled } from '../../support/schema.ts';
import { type Removal, shorten } from './context/shorten.ts';
import type { ShapePolicy } from './options.ts';
import { createMark } from './prompt-cache.ts';
import { usageWithout } from './saving.ts';

export interface ShapeTools {
  /** The options for a feature; null is for calls without one. */
  readonly policyOf: (feature: string | null) => Filled<ShapePolicy, 'promptCaching'>;
  readonly prices: Prices;
}

export function shape({ policyOf, prices }: ShapeTools): Layer {
  const mark = createMark(prices);

  /** What is left out would have cost its price; what only marks make cheaper would have cost the full one. */
  const sendChanged = async (
    exchange: Exchange,
    next: Send,
    { removals, isMarked }: { readonly removals: readonly Removal[]; readonly isMarked: boolean },
  ): Promise<Reply> => {
    const reply = await next(exchange);
    const { provider, facts, log } = exchange;
    return changed(reply, log, 'shape', facts.model, (usage, { answer }) => {
      const model = facts.model === null ? null : prices.model(provider, facts.model);
      const isDueToMarks = isMarked && model?.cacheMode === 'marker';
      // A provider that caches automatically would have saved it anyway.
      if (model === null || (removals.length === 0 && !isDueToMarks)) return null;
      const whole = usageWithout(usage, removals);
      const uncached = { ...whole, cachedInput: 0, cacheWriteInput: 0, cacheWriteLongInput: 0 };
      return prices.cost(model, isDueToMarks ? uncached : whole, answer.servedTier ?? facts.tier)?.amount ?? null;
    });
  };

  return (next) =>
    function shaped(exchange) {
      const { outputLimit, promptCaching, context } = policyOf(exchange.context.feature);
      const limited = outputLimit === undefined ? exchange : withLimit(exchange, outputLimit);
      const { exchange: shorter, removals } =
        context === undefined ? { exchange: limited, removals: [] } : shorten(limited, context);
      const marked = promptCaching ? mark(shorter) : null;
      if (marked === null && removals.length === 0) return next(shorter);
      return sendChanged(marked ?? shorter, next, { removals, isMarked: marked !== null });
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
