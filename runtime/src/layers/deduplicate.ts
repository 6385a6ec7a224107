/**
 * Identical requests that are in flight at once share one answer. Only within one tenant, and only until the answer has
 * ended: nothing is kept. Identical requests in parallel may be deliberate sampling, so that sharing is opted into.
 */
import { createFlights } from '../cache/flights.ts';
import type { Exchange, Layer } from '../pipeline.ts';
import { joined } from '../savings.ts';

export type Mode = 'off' | 'shadow' | 'on';

export interface DeduplicateOptions {
  readonly mode: Mode;
  /** What a request's answer depends on beside its text: its tenant, its address. */
  readonly placeOf: (exchange: Exchange) => string;
}

export function deduplicate({ mode, placeOf }: DeduplicateOptions): Layer {
  const flights = createFlights();
  const watched = new Map<string, number>();

  return (next) => {
    if (mode === 'off') return next;
    return async function deduplicated(exchange) {
      if (exchange.context.bypass) return next(exchange);
      // The text itself is the key: it is only kept while the request runs, and whether it streams is part of it.
      const key = `${placeOf(exchange)}\n${exchange.payload.text}`;
      if (mode === 'on') {
        const { reply, payer } = await flights.fly(key, exchange, next);
        if (payer === null) return reply;
        exchange.record.decisions.push({ layer: 'deduplicate', outcome: 'joined', isShadow: false, reason: null });
        return joined(reply, exchange.record, payer.record, 'deduplicate');
      }
      const others = watched.get(key) ?? 0;
      if (others > 0) {
        exchange.record.decisions.push({ layer: 'deduplicate', outcome: 'joined', isShadow: true, reason: null });
      }
      watched.set(key, others + 1);
      const forget = (): void => {
        const left = (watched.get(key) ?? 1) - 1;
        if (left === 0) watched.delete(key);
        else watched.set(key, left);
      };
      try {
        const reply = await next(exchange);
        void reply.settled.then(forget);
        return reply;
      } catch (error) {
        forget();
        throw error;
      }
    };
  };
}
