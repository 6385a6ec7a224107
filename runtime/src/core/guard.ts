/**
 * The errors of a layer stay inside the runtime. A layer that fails before it has passed a request on is left out: the
 * request goes on without it, or is refused where that would break a promise. One that fails later cannot have it sent
 * again: what came back is handed on. Errors of the connection and aborts are the SDK's to handle, and pass.
 */

import { NO_ANSWER } from '../wire/codec.ts';
import type { Effect, Emit } from './events.ts';
import type { Exchange, Layer, Passage, Reply, Send, Settlement } from './pipeline.ts';
import { refuseClosed } from './refuse.ts';
import { isTransportError } from './send.ts';

/** Of a reply that a layer made itself, without saying how it ended. */
const UNSETTLED: Settlement = { end: 'failed', usage: null, answer: NO_ANSWER };

export interface Guarded {
  readonly name: string;
  readonly layer: Layer;
  /** What becomes of a call whose request the layer has not passed on; Default: `open`. */
  readonly effect?: Effect | undefined;
  /** True for an application's own: whether its settlement comes, and is one, is looked after as well. */
  readonly isForeign?: boolean;
}

/** @param place among the guarded layers of one pipeline: no two have the same */
export function guard({ name, layer, effect = 'open', isForeign = false }: Guarded, place: number, emit: Emit): Layer {
  return (next) => {
    const passOn: Send = (exchange) => {
      const { passage } = exchange;
      // A layer that sends a request twice, perhaps at once, has two passages: what lies below each is kept apart.
      const isAgain = passage.replies[place] !== undefined;
      const reply = next(isAgain ? { ...exchange, passage: { replies: [], outer: passage } } : exchange);
      for (let at: Passage | null = passage; at !== null; at = at.outer) at.replies[place] = reply;
      return reply;
    };
    const inner = layer(passOn);
    // A layer that has nothing to do hands on what it was given.
    if (inner === passOn) return next;

    return async function guarded(exchange) {
      try {
        const reply = await inner(exchange);
        if (typeof reply?.status !== 'number') throw new TypeError(`The layer "${name}" answered with no reply.`);
        return isForeign ? { ...reply, settled: settledOf(reply, exchange) } : reply;
      } catch (error) {
        if (exchange.signal?.aborted || isTransportError(error)) throw error;
        return withoutLayer(exchange, error);
      }
    };

    /** Where the layer does not say how its answer ended, what it passed on does. */
    async function settledOf({ settled }: Reply, exchange: Exchange): Promise<Settlement> {
      try {
        const settlement = await settled;
        if (settlement?.answer === undefined) throw new TypeError(`The reply of the layer "${name}" never settles.`);
        return settlement;
      } catch (error) {
        emit({ type: 'layer-failed', call: exchange.id, layer: name, effect: 'open', error });
        const passedOn = await exchange.passage.replies[place]?.catch(() => null);
        return passedOn?.settled ?? UNSETTLED;
      }
    }

    async function withoutLayer(exchange: Exchange, error: unknown): Promise<Reply> {
      const passedOn = exchange.passage.replies[place];
      const isRefused = passedOn === undefined && effect === 'closed';
      emit({ type: 'layer-failed', call: exchange.id, layer: name, effect: isRefused ? 'closed' : 'open', error });
      exchange.log.decide({ layer: name, outcome: 'failed' });
      if (isRefused) return refuseClosed(exchange, name, 'it failed, and without it no request may be sent', emit);
      if (passedOn === undefined) return next(exchange);
      const reply = await passedOn;
      const isTaken = reply.body instanceof ReadableStream && reply.body.locked;
      return isTaken ? refuseClosed(exchange, name, 'it failed while it read the answer', emit) : reply;
    }
  };
}
