/** Next to the provider: writes down each request that is really sent, with what it used and cost. */
import type { Attempt } from '../../core/call-record.ts';
import type { Exchange, Layer, Reply, Settlement } from '../../core/pipeline.ts';
import type { Prices } from '../../core/prices.ts';
import { trusted } from './trust.ts';

export interface AccountOptions {
  readonly prices: Prices;
}

export function account({ prices }: AccountOptions): Layer {
  return (next) =>
    async function accounted(exchange) {
      const attempt: Attempt = { model: exchange.facts.model, status: null, usage: null, cost: null };
      exchange.record.attempts.push(attempt);
      const reply = await next(exchange);
      attempt.status = reply.status;
      if (reply.body instanceof ReadableStream) {
        return {
          ...reply,
          settled: reply.settled.then((said) => enter(attempt, exchange, reply, trusted(said, exchange), prices)),
        };
      }
      const settlement = enter(attempt, exchange, reply, trusted(await reply.settled, exchange), prices);
      return { ...reply, settled: Promise.resolve(settlement) };
    };
}

/** Errors are not billed; an answer whose usage is not known has a cost that is not known. */
function enter(
  attempt: Attempt,
  exchange: Exchange,
  { status }: Reply,
  settlement: Settlement,
  prices: Prices,
): Settlement {
  attempt.usage = settlement.usage;
  if (status >= 400) {
    attempt.cost = { amount: 0, basis: 'assumed' };
    return settlement;
  }
  const { answer, usage } = settlement;
  // An alias is served as a dated version of the model: the name that was asked for has the price.
  const model =
    (exchange.facts.model === null ? null : prices.model(exchange.provider, exchange.facts.model)) ??
    (answer.servedModel === null ? null : prices.model(exchange.provider, answer.servedModel));
  if (model === null || usage === null) return settlement;
  attempt.cost = prices.cost(model, usage, answer.servedTier ?? exchange.facts.tier);
  return settlement;
}
