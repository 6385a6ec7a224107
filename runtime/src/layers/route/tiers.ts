import type { Exchange, Reply, Send } from '../../core/pipeline.ts';
import type { Cascade, Step } from './cascade/cascade.ts';
import { classifyByRules } from './classify.ts';
import { compareTiers } from './comparison.ts';
import type { Proposal, Settle } from './conversations/conversations.ts';
import { createLearnedChoice } from './learned/strategy.ts';
import type { RouteOptions } from './options.ts';
import { type SendTools, sendAs } from './send-as.ts';
import type { Strategy } from './strategy.ts';
import { targetOf } from './tier-schema.ts';

export interface TierTools extends Pick<RouteOptions, 'tiers' | 'classify' | 'learned'>, SendTools {
  /** The tier that a feature is set to; undefined if it is set to none, and its requests are not changed. */
  readonly tierOf: (feature: string | null) => string | undefined;
  readonly cascade: Cascade;
  /** What the conversation of a request makes of a choice; null leaves every choice as it is. */
  readonly settle: Settle | null;
  /** Of the cascade, the dearest tier last. */
  readonly order: readonly string[];
}

/** Requests of a feature set to `auto` are classified one by one. */
const AUTO = 'auto';
/** Those of a feature set to `cascade` go from tier to tier, until an answer is accepted. */
const CASCADE = 'cascade';
const CHEAPEST_FIRST = 'the cheapest tier is asked first';

/** The tiers as they are listed. */
export function stepsOf(tiers: RouteOptions['tiers']): readonly Step[] {
  return Object.entries(tiers).map(([tier, own]): Step => ({ tier, target: targetOf(own) }));
}

/** The tier is named by a feature, a function of the application, what was learned, or the built-in rules; the tier names the model. */
export function byTiers(tools: TierTools): Strategy {
  const { tiers, classify, learned, tierOf, cascade, order, settle } = tools;
  const steps = stepsOf(tiers);
  const inOrder = order.flatMap((tier) => steps.find((step) => step.tier === tier) ?? []);
  const targets = steps.map(({ target }) => target);
  const chooseLearned = learned === undefined ? null : createLearnedChoice(learned);
  const tierFor = ({ arm, context, payload, facts }: Exchange, set: string): Proposal => {
    if (set !== AUTO) {
      const by = arm?.tier === undefined ? `feature "${context.feature}"` : `experiment "${arm.experiment}"`;
      return { tier: set, reason: `${by} uses it` };
    }
    const body = payload.json;
    const chosen = body === null ? null : (classify?.({ body, feature: context.feature }) ?? null);
    if (chosen !== null) return { tier: chosen, reason: 'chosen by the application' };
    const own = body === null ? null : (chooseLearned?.(body, context.feature) ?? null);
    return own ?? classifyByRules({ text: payload.text, facts });
  };

  return function chooseTier(exchange, next) {
    const set = exchange.arm?.tier ?? tierOf(exchange.context.feature);
    if (set === undefined) return null;
    const isCascade = set === CASCADE;
    const proposal = isCascade ? { tier: inOrder[0]?.tier ?? '', reason: CHEAPEST_FIRST } : tierFor(exchange, set);
    const proposed = steps.find((one) => one.tier === proposal.tier);
    if (proposed === undefined) return null;
    if (set !== AUTO && !isCascade) {
      return sendAs(exchange, next, { ...proposed, ...proposal }, compareTiers(exchange, [], tools), tools);
    }
    return sendSettled(exchange, next, proposal, isCascade);
  };

  async function sendSettled(exchange: Exchange, next: Send, proposal: Proposal, isCascade: boolean): Promise<Reply> {
    const settled = settle === null ? null : await settle(exchange, proposal);
    const comparison = compareTiers(exchange, targets, {
      ...tools,
      ...(settled !== null && {
        fixedUsage: settled.fixedUsage,
        onEnd: (reply, settlement, costs) => settled.note({ reply, settlement, costs }),
      }),
    });
    const { tier, reason } = settled ?? proposal;
    const from = inOrder.findIndex((one) => one.tier === tier);
    try {
      // A conversation may be at a tier that is not among those of the cascade.
      if (isCascade && from < inOrder.length - 1) {
        return await cascade(exchange, next, inOrder.slice(Math.max(0, from)), comparison);
      }
      const step = steps.find((one) => one.tier === tier);
      return step === undefined ? next(exchange) : await sendAs(exchange, next, { ...step, reason }, comparison, tools);
    } catch (error) {
      settled?.note(null);
      throw error;
    }
  }
}
