/**
 * What a call cost, beside what it would have cost at one fixed model: at the one that was asked for, which is the layer's
 * saving, and at the cheapest and the dearest tier. The models are priced as they are when the request is sent.
 */
import type { Model } from '@farthing/shared/catalogue/catalogue';
import type { Attempt } from '../../core/call-log.ts';
import type { Exchange, Reply, Settlement } from '../../core/pipeline.ts';
import type { Usage } from '../../wire/usage.ts';
import { providerOfTarget, type RedirectTools } from '../support/redirect.ts';
import type { RouteTarget } from './tier-schema.ts';

export interface Comparison {
  /**
   * Enters the saving of an answer and its comparison when it has ended. A call that another model answered than the one it
   * was routed to (a failover, a budget) has none.
   */
  readonly enter: (reply: Reply, routed: string) => Reply;
}

export interface ComparisonOptions extends RedirectTools {
  /**
   * What the answer would have used at one fixed model. Default: the same as it used. `isAnswering` is true for the model that
   * gave it.
   */
  readonly fixedUsage?: FixedUsage;
  /** Called when the answer has ended. The costs, in nano-dollars, are null if one is unknown. */
  readonly onEnd?: (reply: Reply, settlement: Settlement, costs: Costs | null) => void;
}

export type FixedUsage = (model: Model, usage: Usage, isAnswering: boolean) => Usage;

export interface Costs {
  readonly spent: number;
  readonly dearest: number;
}

/** @param tiers those that the strategy chooses from */
export function compareTiers(
  exchange: Exchange,
  tiers: readonly RouteTarget[],
  { prices, providerAt, fixedUsage = (_, usage) => usage, onEnd }: ComparisonOptions,
): Comparison {
  const { log, provider, facts } = exchange;
  const before = log.attempts.length;
  const asked = facts.model === null ? null : prices.model(provider, facts.model);
  const models = tiers.map((target) => ({
    name: target.model,
    model: prices.model(providerOfTarget(exchange, target, providerAt), target.model),
  }));

  const note = ({ attempt }: Reply, routed: string, { answer }: Settlement): Costs | null => {
    if (attempt === undefined || attempt.model !== routed || attempt.usage === null) return null;
    const spent = sumOf(log.attempts.slice(before).map(computedCost));
    if (spent === null) return null;
    const { usage } = attempt;
    const priced = (model: Model | null, name: string | null): number | null =>
      model === null
        ? null
        : (prices.cost(model, fixedUsage(model, usage, name === routed), answer.servedTier ?? facts.tier)?.amount ??
          null);
    const unchanged = priced(asked, facts.model);
    // A route to the model that was asked for changes nothing, unless it took more than one request.
    if (unchanged !== null && (facts.model !== routed || spent !== computedCost(attempt))) {
      log.save('route', unchanged - spent);
    }
    const costs = models.map(({ name, model }) => ({ model: name, cost: priced(model, name) }));
    const known = costs.flatMap(({ model, cost }) => (cost === null ? [] : [{ model, cost }]));
    if (known.length < costs.length || known.length < 2) return null;
    known.sort((one, other) => one.cost - other.cost);
    const [cheapest, dearest] = [known[0], known.at(-1)];
    if (cheapest === undefined || dearest === undefined) return null;
    log.decide({ layer: 'route', outcome: 'priced', spent, cheapest, dearest });
    return { spent, dearest: dearest.cost };
  };

  return {
    enter: (reply, routed) => ({
      ...reply,
      settled: reply.settled.then((settlement) => {
        const costs = note(reply, routed, settlement);
        onEnd?.(reply, settlement, costs);
        return settlement;
      }),
    }),
  };
}

/** By the price table: what a provider states is not comparable with it. Null is unknown. */
function computedCost({ cost }: Attempt): number | null {
  if (cost === null) return null;
  return cost.computed === undefined ? cost.amount : cost.computed;
}

function sumOf(costs: readonly (number | null)[]): number | null {
  return costs.reduce<number | null>((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0);
}
