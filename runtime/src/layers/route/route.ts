/**
 * Routing: a strategy chooses the model that answers. Every choice is recorded with its reason, and its cost is
 * compared with that of the requested model. In shadow mode the layer only records what it would have chosen.
 */
import type { Layer } from '../../core/pipeline.ts';
import type { Strategy } from './strategy.ts';

/** @param strategies in the order in which they are tried */
export function route(strategies: readonly Strategy[]): Layer {
  return (next) =>
    async function routed(exchange) {
      for (const strategy of strategies) {
        const reply = strategy(exchange, next);
        if (reply !== null) return reply;
      }
      return next(exchange);
    };
}
