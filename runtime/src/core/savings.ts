/**
 * What layers saved against the same request sent as it came: money that a call did not cost. A layer that only watches
 * saves nothing, and what a provider's own cache does by itself is nobody's saving.
 */

import type { Usage } from '../wire/usage.ts';
import type { CallRecord } from './call-record.ts';
import type { Reply, Settlement } from './pipeline.ts';

/** Layers whose effect on a call's cost can be told. */
export const SAVING_LAYERS = ['exact-cache', 'deduplicate', 'route', 'shape'] as const;
export type SavingLayer = (typeof SAVING_LAYERS)[number];

/**
 * Nano-dollars by layer. Below 0 where a layer made a call dearer: a route to a larger model, a first write to the
 * provider's cache. A layer that did nothing, or whose saving is not known, is not in it.
 */
export type Savings = Readonly<Partial<Record<SavingLayer, number>>>;

/** Null where no layer saved anything that is known. */
export function totalOf(savings: Savings): number | null {
  const amounts = Object.values(savings);
  return amounts.length === 0 ? null : amounts.reduce((sum, amount) => sum + amount, 0);
}

/** Over all attempts, in nano-dollars; null where one of them is unknown. A call that sent nothing cost nothing. */
export function spentOn({ attempts }: CallRecord): number | null {
  return attempts.reduce<number | null>(
    (sum, { cost }) => (sum === null || cost === null ? null : sum + cost.amount),
    0,
  );
}

/** What the call would have cost as it came: whoever gets its answer without sending anything saves as much. */
export function costAsItCame(record: CallRecord): number | null {
  const spent = spentOn(record);
  return spent === null ? null : spent + (totalOf(record.savings) ?? 0);
}

/** The answer to another call, `payer`, given to this one as well. */
export function joined(reply: Reply, record: CallRecord, payer: CallRecord, layer: SavingLayer): Reply {
  const enter = (): void => {
    const saved = costAsItCame(payer);
    if (saved !== null) record.savings[layer] = saved;
  };
  return { ...reply, origin: 'joined', settled: after(reply, enter) };
}

/**
 * The answer to a request that a layer changed, with what that saved by the same usage.
 *
 * @param model the one that the layer sent the request to: where another answered, the saving is not the layer's
 * @param otherwise nano-dollars that the usage would have cost without the layer; null is unknown
 */
export function changed(
  reply: Reply,
  record: CallRecord,
  layer: SavingLayer,
  model: string | null,
  otherwise: (usage: Usage, settlement: Settlement) => number | null,
): Reply {
  const enter = (settlement: Settlement): void => {
    const attempt = record.attempts.at(-1);
    if (attempt === undefined || attempt.model !== model || attempt.usage === null || attempt.cost === null) return;
    const unchanged = otherwise(attempt.usage, settlement);
    if (unchanged !== null) record.savings[layer] = unchanged - attempt.cost.amount;
  };
  return { ...reply, settled: after(reply, enter) };
}

function after({ settled }: Reply, enter: (settlement: Settlement) => void): Reply['settled'] {
  return settled.then((settlement) => {
    enter(settlement);
    return settlement;
  });
}
