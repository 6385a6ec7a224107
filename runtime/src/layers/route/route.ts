/**
 * Routing: a strategy chooses the model that answers. Every choice is recorded with its reason, and its cost is
 * compared with that of the requested model. In shadow mode the layer only records what it would have chosen.
 */
import type { Exchange, Layer, Reply, Send } from '../../core/pipeline.ts';
import type { Prices } from '../../core/prices.ts';
import type { ProviderLookup } from '../../core/provider-lookup.ts';
import { changed } from '../../core/savings.ts';
import type { Mode } from '../support/mode.ts';
import { redirect } from '../support/redirect.ts';
import type { Choice, Strategy } from './strategy.ts';

export interface RouteTools {
  readonly mode: Mode;
  /** In this order. */
  readonly strategies: readonly Strategy[];
  readonly prices: Prices;
  readonly providerAt: ProviderLookup;
}

export function route({ mode, strategies, prices, providerAt }: RouteTools): Layer {
  const isShadow = mode !== 'on';

  async function sendAs(exchange: Exchange, next: Send, { tier, target, reason }: Choice): Promise<Reply> {
    const { model } = target;
    const redirected = redirect(exchange, target, { providerAt, prices });
    if (redirected.exchange === null) {
      exchange.log.decide({
        layer: 'route',
        outcome: 'skipped',
        isShadow,
        reason: `${model} cannot be asked: ${redirected.reason}`,
      });
      return next(exchange);
    }
    exchange.log.decide({ layer: 'route', outcome: 'routed', tier, model, isShadow, reason });
    if (isShadow) return next(exchange);
    const reply = await redirected.restore(await next(redirected.exchange));
    return changed(reply, exchange.log, 'route', model, (usage, { answer }) => {
      const { provider, facts } = exchange;
      const asked = facts.model === null ? null : prices.model(provider, facts.model);
      if (asked === null || facts.model === model) return null;
      return prices.cost(asked, usage, answer.servedTier ?? facts.tier)?.amount ?? null;
    });
  }

  return (next) =>
    async function routed(exchange) {
      for (const strategy of strategies) {
        const reply = strategy(exchange, (choice) => sendAs(exchange, next, choice));
        if (reply !== null) return reply;
      }
      return next(exchange);
    };
}
