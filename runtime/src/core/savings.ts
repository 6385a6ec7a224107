/**
 * What layers saved compared with sending the same request unchanged. A layer in shadow mode saves nothing, and what a
 * provider's own cache does by itself does not count.
 */

import type { Usage } from '../wire/usage.ts';
import type { CallLog } from './call-log.ts';
import type { Reply, Settlement } from './pipeline.ts';
import { type SavingLayer, totalOf } from './saving-layers.ts';

/**
 * For all attempts together, in nano-dollars; null if one of them is unknown. A call that sent nothing cost nothing.
 */
export function spentOn({ attempts }: CallLog): number | null {
  return attempts.reduce<number | null>(
    (sum, { cost }) => (sum === null || cost === null ? null : sum + cost.amount),
    0,
  );
}

/** What the call would have cost unchanged: the saving of a call that gets this answer without sending anything. */
export function costAsItCame(log: CallLog): number | null {
  const spent = spentOn(log);
  return spent === null ? null : spent + (totalOf(log.savings) ?? 0) + (log.lookupCost ?? 0);
}

/** Returns the answer to another call, `payer`, for this call as well. */
export function joined(reply: Reply, log: CallLog, payer: CallLog, layer: SavingLayer): Reply {
  const enter = (): void => {
    const saved = costAsItCame(payer);
    if (saved !== null) log.save(layer, saved);
  };
  return { ...reply, origin: 'joined', attempt: undefined, settled: after(reply, enter) };
}

/**
 * The answer to a request that a layer changed, with the saving for the same usage.
 *
 * @param model the model that the layer sent the request to: if another one answered, the saving is not the layer's
 * @param otherwise nano-dollars that the usage would have cost without the layer; null is unknown
 */
export function changed(
  reply: Reply,
  log: CallLog,
  layer: SavingLayer,
  model: string | null,
  otherwise: (usage: Usage, settlement: Settlement) => number | null,
): Reply {
  const enter = (settlement: Settlement): void => {
    const { attempt } = reply;
    if (attempt === undefined || attempt.model !== model || attempt.usage === null || attempt.cost === null) return;
    const unchanged = otherwise(attempt.usage, settlement);
    // Both amounts are by the price table, because a cost stated by the provider is not comparable with it.
    const { amount, computed = amount } = attempt.cost;
    if (unchanged !== null && computed !== null) log.save(layer, unchanged - computed);
  };
  return { ...reply, settled: after(reply, enter) };
}

function after({ settled }: Reply, enter: (settlement: Settlement) => void): Reply['settled'] {
  return settled.then((settlement) => {
    enter(settlement);
    return settlement;
  });
}
