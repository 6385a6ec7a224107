/**
 * Keeps the errors of a layer inside the runtime. A layer that fails before it has passed a request on is skipped: the
 * request goes on without it, or is refused if that would break a guarantee. If it fails later, the request cannot be
 * sent again, so the answer that came back is returned. Connection errors and aborts pass through, because the SDK
 * handles them.
 */

import { NO_ANSWER } from '../wire/codec.ts';
import type { Effect, Emit } from './events.ts';
import type { Exchange, Layer, Passage, Reply, Send, Settlement } from './pipeline.ts';
import { refuseClosed } from './refuse.ts';
import { isTransportError } from './send.ts';

/** The settlement of a reply that a layer created without saying how it ended. */
const UNSETTLED: Settlement = { end: 'failed', usage: null, answer: NO_ANSWER };

export interface Guarded {
  readonly name: string;
  readonly layer: Layer;
  /** What happens to a call if the layer fails before it has passed the request on. Default: `open`. */
  readonly effect?: (() => Effect) | undefined;
  /** True while the layer has nothing to do: calls then pass it by. Default: never. */
  readonly isIdle?: (() => boolean) | undefined;
  /** True for a custom layer of the application: its settlement is checked as well. */
  readonly isForeign?: boolean;
}

/** @param place index among the guarded layers of one pipeline, unique for each */
export function guard(
  { name, layer, effect = () => 'open', isIdle, isForeign = false }: Guarded,
  place: number,
  emit: Emit,
): Layer {
  return (next) => {
    const passOn: Send = (exchange) => {
      const { passage } = exchange;
      // A layer that sends a request twice, perhaps concurrently, has two passages: everything below each is kept
      // apart.
      const isAgain = passage.replies[place] !== undefined;
      const reply = next(isAgain ? { ...exchange, passage: { replies: [], outer: passage } } : exchange);
      for (let at: Passage | null = passage; at !== null; at = at.outer) at.replies[place] = reply;
      return reply;
    };
    const inner = layer(passOn);
    // A layer that has nothing to do returns what it was given.
    if (inner === passOn) return next;
    return isIdle === undefined ? guarded : (exchange) => (isIdle() ? next(exchange) : guarded(exchange));

    async function guarded(exchange: Exchange): Promise<Reply> {
      try {
        const reply = await inner(exchange);
        if (typeof reply?.status !== 'number') throw new TypeError(`The layer "${name}" returned no reply.`);
        return isForeign ? { ...reply, settled: settledOf(reply, exchange) } : reply;
      } catch (error) {
        if (exchange.signal?.aborted || isTransportError(error)) throw error;
        return withoutLayer(exchange, error);
      }
    }

    /** If the layer does not say how its answer ended, the reply that it passed on does. */
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
      const isRefused = passedOn === undefined && effect() === 'closed';
      emit({ type: 'layer-failed', call: exchange.id, layer: name, effect: isRefused ? 'closed' : 'open', error });
      exchange.log.decide({ layer: name, outcome: 'failed' });
      if (isRefused) return refuseClosed(exchange, name, 'it failed, and requests must not be sent without it', emit);
      if (passedOn === undefined) return next(exchange);
      const reply = await passedOn;
      const isTaken = reply.body instanceof ReadableStream && reply.body.locked;
      return isTaken ? refuseClosed(exchange, name, 'it failed while reading the answer', emit) : reply;
    }
  };
}
