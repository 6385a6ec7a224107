/** The layer next to the provider: records each request that is actually sent, with its usage and cost. */
import type { Cost, OpenAttempt } from '../../core/call-log.ts';
import type { Exchange, Layer, Reply, Settlement } from '../../core/pipeline.ts';
import type { Prices } from '../../core/prices.ts';
import { type Accounted, attemptCost, whyUnpriced } from './attempt-cost.ts';
import { type Asked, trusted } from './trust.ts';

export interface AccountOptions {
  readonly prices: Prices;
}

export function account({ prices }: AccountOptions): Layer {
  return (next) =>
    async function accounted(exchange) {
      const attempt = exchange.attempt ?? exchange.log.openAttempt(exchange);
      attempt.begin();
      const reply = await next(exchange);
      if (reply.body instanceof ReadableStream) {
        return {
          ...reply,
          attempt,
          settled: reply.settled.then((settlement) =>
            enter(attempt, exchange, reply, trusted(settlement, exchange), prices),
          ),
        };
      }
      const settlement = enter(attempt, exchange, reply, trusted(await reply.settled, exchange), prices);
      return { ...reply, attempt, settled: Promise.resolve(settlement) };
    };
}

function enter(
  attempt: OpenAttempt,
  exchange: Exchange,
  { status }: Reply,
  settlement: Settlement,
  prices: Prices,
): Settlement {
  const cost = costOf(exchange, status, settlement, prices);
  attempt.settle({ status, usage: settlement.usage, cost });
  if (cost === null) {
    exchange.log.decide({ layer: 'account', outcome: 'unpriced', reason: whyUnpriced(exchange, settlement, prices) });
  }
  return settlement;
}

/** The cost of a call that passed through no layer, computed from its answer. */
export type AccountFor = (call: Accounted & Asked, status: number, stated: Settlement) => Accounting;

export interface Accounting {
  readonly settlement: Settlement;
  readonly cost: Cost | null;
}

export function createAccountFor(prices: Prices): AccountFor {
  return (call, status, stated) => {
    const settlement = trusted(stated, call);
    return { settlement, cost: costOf(call, status, settlement, prices) };
  };
}

/** Errors are not billed; the cost of an answer with unknown usage is unknown. */
function costOf(exchange: Accounted, status: number, settlement: Settlement, prices: Prices): Cost | null {
  return status >= 400 ? { amount: 0, basis: 'assumed' } : attemptCost(exchange, settlement, prices);
}
