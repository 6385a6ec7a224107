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
  if (mode === 'off') return (next) => next;
  return mode === 'on' ? joining(placeOf) : watching(placeOf);
}

type PlaceOf = DeduplicateOptions['placeOf'];

function joining(placeOf: PlaceOf): Layer {
  const flights = createFlights();
  return (next) =>
    async function deduplicated(exchange) {
      if (exchange.context.bypass) return next(exchange);
      // The text itself is the key: it is only kept while the request runs, and whether it streams is part of it.
      const key = `${placeOf(exchange)}\n${exchange.payload.text}`;
      const { reply, payer } = await flights.fly(key, exchange, next);
      if (payer === null) return reply;
      decide(exchange, false);
      return joined(reply, exchange.record, payer.record, 'deduplicate');
    };
}

function watching(placeOf: PlaceOf): Layer {
  const running = new Map<string, Set<Exchange>>();
  return (next) =>
    async function watched(exchange) {
      if (exchange.context.bypass) return next(exchange);
      const key = endOf(exchange.payload.text);
      const alike = running.get(key) ?? new Set();
      if (hasSame(alike, exchange, placeOf)) decide(exchange, true);
      alike.add(exchange);
      running.set(key, alike);
      const forget = (): void => {
        alike.delete(exchange);
        if (alike.size === 0) running.delete(key);
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
}

/** Most requests differ at their ends, where the last message is: only those that do not are compared in full. */
const END = 256;
/** Of thousands at once that end alike and are not the same, a bounded number is compared. */
const MOST_COMPARED = 64;

function endOf(text: string): string {
  return `${text.length} ${text.slice(-END)}`;
}

function hasSame(alike: ReadonlySet<Exchange>, exchange: Exchange, placeOf: PlaceOf): boolean {
  let compared = 0;
  for (const other of alike) {
    if (compared++ === MOST_COMPARED) return false;
    const isSame = other.payload.text === exchange.payload.text && placeOf(other) === placeOf(exchange);
    if (isSame) return true;
  }
  return false;
}

function decide({ record }: Exchange, isShadow: boolean): void {
  record.decisions.push({ layer: 'deduplicate', outcome: 'joined', isShadow, reason: null });
}
