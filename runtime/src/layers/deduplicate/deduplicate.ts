/**
 * Identical requests that are in flight at the same time share one answer, within one tenant and until the answer has
 * ended: nothing is cached. Identical parallel requests may be deliberate sampling, so sharing is opt-in.
 */

import type { Exchange, Layer } from '../../core/pipeline.ts';
import { joined } from '../../core/savings.ts';
import { createFlights } from '../support/flights.ts';
import type { Mode } from '../support/mode.ts';
import { ownAnswer } from '../support/own-answer.ts';
import type { Keys } from '../support/request-key.ts';

export interface DeduplicateTools {
  readonly mode: Exclude<Mode, 'off'>;
  readonly keys: Pick<Keys, 'placeOf' | 'writtenOf'>;
}

export function deduplicate({ mode, keys }: DeduplicateTools): Layer {
  return mode === 'on' ? joining(keys.writtenOf) : watching(keys.placeOf);
}

type PlaceOf = Keys['placeOf'];

function joining(writtenOf: Keys['writtenOf']): Layer {
  const flights = createFlights();
  return (next) =>
    async function deduplicated(exchange) {
      if (exchange.context.bypass) return next(exchange);
      // The key is the text itself, which includes whether to stream. It is only held while the request runs.
      const { reply, payer } = await flights.fly(writtenOf(exchange), exchange, next);
      if (payer === null) return reply;
      decide(exchange, false);
      return joined(ownAnswer(reply, payer, exchange), exchange.log, payer.log, 'deduplicate');
    };
}

function watching(placeOf: PlaceOf): Layer {
  const running = new Map<number, Set<Exchange>>();
  return (next) =>
    async function watched(exchange) {
      if (exchange.context.bypass) return next(exchange);
      const key = fingerprint(exchange.payload.text);
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

/** How many characters are sampled from each end, and evenly in between. */
const SAMPLES = 128;
/** Bounds the comparisons if thousands of different parallel requests have the same fingerprint. */
const MAX_COMPARED = 64;

/** Equal for equal texts, in half a microsecond for any length. Texts with equal fingerprints are compared in full. */
function fingerprint(text: string): number {
  const { length } = text;
  const samples = Math.min(SAMPLES, length);
  const step = length / samples;
  let sum = length;
  for (let index = 0; index < samples; index++) {
    sum = Math.imul(sum ^ text.charCodeAt(index), FNV_PRIME);
    sum = Math.imul(sum ^ text.charCodeAt(Math.floor(index * step)), FNV_PRIME);
    sum = Math.imul(sum ^ text.charCodeAt(length - 1 - index), FNV_PRIME);
  }
  return sum;
}

const FNV_PRIME = 16_777_619;

function hasSame(alike: ReadonlySet<Exchange>, exchange: Exchange, placeOf: PlaceOf): boolean {
  let compared = 0;
  for (const other of alike) {
    if (compared++ === MAX_COMPARED) return false;
    const isSame = other.payload.text === exchange.payload.text && placeOf(other) === placeOf(exchange);
    if (isSame) return true;
  }
  return false;
}

function decide({ log }: Exchange, isShadow: boolean): void {
  log.decide({ layer: 'deduplicate', outcome: 'joined', isShadow });
}
