import type { Exchange } from '../../core/pipeline.ts';
import type { Cascade, Step } from './cascade/cascade.ts';
import { classifyByRules } from './classify.ts';
import { compareTiers } from './comparison.ts';
import { createLearnedChoice } from './learned/strategy.ts';
import type { RouteOptions } from './options.ts';
import { type SendTools, sendAs } from './send-as.ts';
import type { Strategy } from './strategy.ts';
import { targetOf } from './tier-schema.ts';

export interface TierTools extends Pick<RouteOptions, 'tiers' | 'classify' | 'learned'>, SendTools {
  /** The tier that a feature is set to; undefined if it is set to none, and its requests are not changed. */
  readonly tierOf: (feature: string | null) => string | undefined;
  readonly cascade: Cascade;
  /** Of the cascade, the dearest tier last. */
  readonly order: readonly string[];
}

/** Requests of a feature set to `auto` are classified one by one. */
const AUTO = 'auto';
/** Those of a feature set to `cascade` go from tier to tier, until an answer is accepted. */
const CASCADE = 'cascade';

/** The tier is named by a feature, a function of the application, what was learned, or the built-in rules; the tier names the model. */
export function byTiers(tools: TierTools): Strategy {
  const { tiers, classify, learned, tierOf, cascade, order } = tools;
  const steps = Object.entries(tiers).map(([tier, own]): Step => ({ tier, target: targetOf(own) }));
  const inOrder = order.flatMap((tier) => steps.find((step) => step.tier === tier) ?? []);
  const targets = steps.map(({ target }) => target);
  const chooseLearned = learned === undefined ? null : createLearnedChoice(learned);
  const tierFor = ({ context, payload, facts }: Exchange, set: string): { tier: string; reason: string } => {
    if (set !== AUTO) return { tier: set, reason: `feature "${context.feature}" uses it` };
    const body = payload.json;
    const chosen = body === null ? null : (classify?.({ body, feature: context.feature }) ?? null);
    if (chosen !== null) return { tier: chosen, reason: 'chosen by the application' };
    const own = body === null ? null : (chooseLearned?.(body, context.feature) ?? null);
    return own ?? classifyByRules({ text: payload.text, facts });
  };

  return function chooseTier(exchange, next) {
    const set = tierOf(exchange.context.feature);
    if (set === undefined) return null;
    if (set === CASCADE) return cascade(exchange, next, inOrder);
    const { tier, reason } = tierFor(exchange, set);
    const step = steps.find((one) => one.tier === tier);
    if (step === undefined) return null;
    const comparison = compareTiers(exchange, set === AUTO ? targets : [], tools);
    return sendAs(exchange, next, { ...step, reason }, comparison, tools);
  };
}
