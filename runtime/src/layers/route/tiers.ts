import type { Exchange } from '../../core/pipeline.ts';
import { classifyByRules } from './classify.ts';
import type { RouteOptions } from './options.ts';
import type { Strategy } from './strategy.ts';

export interface TierTools extends Pick<RouteOptions, 'tiers' | 'classify'> {
  /** The tier that a feature is set to; undefined if it is set to none, and its requests are not changed. */
  readonly tierOf: (feature: string | null) => string | undefined;
}

/** Requests of a feature set to `auto` are classified one by one. */
const AUTO = 'auto';

/** The tier is named by a feature, a function of the application, or the built-in rules; the tier names the model. */
export function byTiers({ tiers, classify, tierOf }: TierTools): Strategy {
  const tierFor = ({ context, payload, facts }: Exchange, set: string): { tier: string; reason: string } => {
    if (set !== AUTO) return { tier: set, reason: `feature "${context.feature}" uses it` };
    const body = payload.json;
    const chosen = body === null ? null : (classify?.({ body, feature: context.feature }) ?? null);
    return chosen === null
      ? classifyByRules({ text: payload.text, facts })
      : { tier: chosen, reason: 'chosen by the application' };
  };

  return function chooseTier(exchange, sendAs) {
    const set = tierOf(exchange.context.feature);
    if (set === undefined) return null;
    const { tier, reason } = tierFor(exchange, set);
    const target = Object.hasOwn(tiers, tier) ? tiers[tier] : undefined;
    if (target === undefined) return null;
    return sendAs({ tier, target: typeof target === 'string' ? { model: target } : target, reason });
  };
}
