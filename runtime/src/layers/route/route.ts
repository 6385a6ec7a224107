/**
 * Tiers: a feature, a function of the application or the built-in rules name a tier, and the tier names the model. Every
 * decision is recorded with its reason. Only watching, it records what it would have chosen.
 */
import { withModel } from '../../core/exchange.ts';
import type { Exchange, Layer } from '../../core/pipeline.ts';
import type { Prices } from '../../core/prices.ts';
import { changed } from '../../core/savings.ts';
import type { Filled } from '../../support/schema.ts';
import { classifyByRules } from './classify.ts';
import type { RouteOptions } from './options.ts';

export interface RouteTools extends Filled<RouteOptions, 'mode'> {
  /** The tier that a feature is set to; undefined where it is set to none, and then its requests stay as they are. */
  readonly tierOf: (feature: string | null) => string | undefined;
  readonly prices: Prices;
}

/** A feature that is set to `auto` is classified, request by request. */
const AUTO = 'auto';

export function route({ mode, tiers, classify, tierOf, prices }: RouteTools): Layer {
  const choose = (exchange: Exchange, set: string): { tier: string; reason: string } => {
    const { context, payload, facts } = exchange;
    if (set !== AUTO) return { tier: set, reason: `feature "${context.feature}" is set to it` };
    const body = payload.json;
    const own = body === null ? null : (classify?.({ body, feature: context.feature }) ?? null);
    return own === null
      ? classifyByRules({ text: payload.text, facts })
      : { tier: own, reason: 'the application says so' };
  };

  return (next) =>
    async function routed(exchange) {
      const set = tierOf(exchange.context.feature);
      if (set === undefined) return next(exchange);
      const { tier, reason } = choose(exchange, set);
      const model = Object.hasOwn(tiers, tier) ? tiers[tier] : undefined;
      if (model === undefined) return next(exchange);
      const isShadow = mode !== 'on';
      exchange.log.decide({ layer: 'route', outcome: 'routed', tier, model, isShadow, reason });
      if (isShadow) return next(exchange);
      const reply = await next(withModel(exchange, model));
      return changed(reply, exchange.log, 'route', model, (usage, { answer }) => {
        const { provider, facts } = exchange;
        const asked = facts.model === null ? null : prices.model(provider, facts.model);
        if (asked === null || facts.model === model) return null;
        return prices.cost(asked, usage, answer.servedTier ?? facts.tier)?.amount ?? null;
      });
    };
}
