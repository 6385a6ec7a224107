import type { Exchange } from '../../core/pipeline.ts';
import { classifyByRules } from './classify.ts';
import { createLearnedChoice } from './learned/strategy.ts';
import type { RouteOptions } from './options.ts';
import type { Strategy } from './strategy.ts';

export interface TierTools extends Pick<RouteOptions, 'tiers' | 'classify' | 'learned'> {
  /** The tier that a feature is set to; undefined if it is set to none, and its requests are not changed. */
  readonly tierOf: (feature: string | null) => string | undefined;
}

/** Requests of a feature set to `auto` are classified one by one. */
const AUTO = 'auto';

/** The tier is named by a feature, a function of the application, what was learned, or the built-in rules; the tier names the model. */
export function byTiers({ tiers, classify, learned, tierOf }: TierTools): Strategy {
  const chooseLearned = learned === undefined ? null : createLearnedChoice(learned);
  const tierFor = ({ context, payload, facts }: Exchange, set: string): { tier: string; reason: string } => {
    if (set !== AUTO) return { tier: set, reason: `feature "${context.feature}" uses it` };
    const body = payload.json;
    const chosen = body === null ? null : (classify?.({ body, feature: context.feature }) ?? null);
    if (chosen !== null) return { tier: chosen, reason: 'chosen by the application' };
    const own = body === null ? null : (chooseLearned?.(body, context.feature) ?? null);
    return own ?? classifyByRules({ text: payload.text, facts });
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
