/**
 * The errors of a layer stay inside the runtime. A layer that fails before it has passed a request on is left out: the
 * request goes on without it, or is refused where that would break a promise. One that fails later cannot have it sent
 * again: what came back is handed on. Errors of the connection and aborts are the SDK's to handle, and pass.
 */
import type { Effect, Emit } from './events.ts';
import type { Exchange, Layer, Reply, Send } from './pipeline.ts';
import { refuseClosed } from './refuse.ts';
import { isTransportError } from './send.ts';

export interface Guarded {
  readonly name: string;
  readonly layer: Layer;
  /** What becomes of a call whose request the layer has not passed on; `open` unless told. */
  readonly effect?: Effect | undefined;
}

/** @param place among the guarded layers of one pipeline: no two have the same */
export function guard({ name, layer, effect = 'open' }: Guarded, place: number, emit: Emit): Layer {
  return (next) => {
    const passOn: Send = (exchange) => {
      const reply = next(exchange);
      exchange.record.passedOn[place] = reply;
      return reply;
    };
    const inner = layer(passOn);
    // A layer that has nothing to do hands on what it was given.
    if (inner === passOn) return next;

    return async function guarded(exchange) {
      try {
        const reply = await inner(exchange);
        if (typeof reply?.status !== 'number') throw new TypeError(`The layer "${name}" answered with no reply.`);
        return reply;
      } catch (error) {
        if (exchange.signal?.aborted || isTransportError(error)) throw error;
        return withoutLayer(exchange, error);
      }
    };

    async function withoutLayer(exchange: Exchange, error: unknown): Promise<Reply> {
      const passedOn = exchange.record.passedOn[place];
      const isRefused = passedOn === undefined && effect === 'closed';
      emit({ type: 'layer-failed', call: exchange.id, layer: name, effect: isRefused ? 'closed' : 'open', error });
      exchange.record.decisions.push({ layer: name, outcome: 'failed', isShadow: false, reason: null });
      if (isRefused) return refuseClosed(exchange, name, 'it failed, and without it no request may be sent', emit);
      if (passedOn === undefined) return next(exchange);
      const reply = await passedOn;
      const isTaken = reply.body instanceof ReadableStream && reply.body.locked;
      return isTaken ? refuseClosed(exchange, name, 'it failed while it read the answer', emit) : reply;
    }
  };
}
