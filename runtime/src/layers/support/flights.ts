/**
 * Requests in flight by key: an identical request joins the answer while it is being produced. If the first caller
 * leaves, the others still get the answer; when all have left, the request is stopped.
 */

import type { Exchange, Reply, Send, Settlement } from '../../core/pipeline.ts';
import { orAborted } from '../../support/abort.ts';
import { type Broadcast, createBroadcast } from './broadcast.ts';

export interface Flights {
  /**
   * Returns the answer of the running request, or sends this one on behalf of all. `onAnswer` is called for this one's
   * answer.
   */
  readonly fly: (key: string, exchange: Exchange, next: Send, onAnswer?: OnAnswer) => Promise<Flown>;
}

export interface Flown {
  /** The payer's own, and shared with it: `ownAnswer` makes it that of a call that joined. */
  readonly reply: Reply;
  /** The exchange whose answer was joined, and which pays for it; null if it is this one's own. */
  readonly payer: Exchange | null;
}

interface Flight {
  readonly exchange: Exchange;
  readonly join: (signal: AbortSignal | null) => Promise<Reply>;
}

/** A flight that has ended. */
export interface Ended {
  readonly reply: Reply;
  readonly settlement: Settlement;
  /** Null if the answer was too large. */
  readonly bytes: () => Uint8Array<ArrayBuffer> | null;
}

/** Called when the flight has ended. It must not throw. */
export type OnAnswer = (ended: Ended) => void;

/** Bytes. A longer answer is neither cached nor joined: one of them would evict a thousand others. */
export const MAX_KEPT = 4 * 1024 * 1024;

export function createFlights(): Flights {
  const running = new Map<string, Flight>();
  return {
    fly: async (key, exchange, next, onAnswer = () => {}) => {
      const other = running.get(key);
      if (other !== undefined) return { reply: await other.join(exchange.signal), payer: other.exchange };
      const flight = start(exchange, next, onAnswer, () => {
        if (running.get(key) === flight) running.delete(key);
      });
      running.set(key, flight);
      return { reply: await flight.join(exchange.signal), payer: null };
    },
  };
}

function start(exchange: Exchange, next: Send, onAnswer: OnAnswer, onEnd: () => void): Flight {
  const controller = new AbortController();
  let members = 0;
  let broadcast: Broadcast | null = null;
  const shared = next({ ...exchange, signal: controller.signal }).then(
    (reply) => {
      const { body } = reply;
      const stream =
        body instanceof ReadableStream
          ? createBroadcast(body, { limit: MAX_KEPT, readers: () => members, onLimit: onEnd })
          : null;
      broadcast = stream;
      const bytes: Ended['bytes'] = () => stream?.bytes() ?? (body instanceof Uint8Array ? body : null);
      void reply.settled.then((settlement) => {
        onEnd();
        onAnswer({ reply, settlement, bytes });
      });
      return reply;
    },
    (error: unknown) => {
      onEnd();
      throw error;
    },
  );
  // If all callers have left, a failure can be ignored.
  shared.catch(() => {});

  const leave = (): void => {
    if (--members > 0) return;
    // No call can join from here on: the request is being stopped.
    onEnd();
    controller.abort(new DOMException('No caller is waiting for this answer any more.', 'AbortError'));
    broadcast?.cancel(controller.signal.reason);
  };

  return {
    exchange,
    join: async (signal) => {
      members++;
      let reply: Reply;
      try {
        reply = await orAborted(shared, signal);
      } catch (error) {
        leave();
        throw error;
      }
      if (broadcast !== null) return { ...reply, body: stoppable(broadcast, signal, leave) };
      members--;
      return reply;
    },
  };
}

/** The reader's own signal ends its own stream, just as it would end the provider's. */
function stoppable(broadcast: Broadcast, signal: AbortSignal | null, leave: () => void): NonNullable<Reply['body']> {
  const stream = broadcast.subscribe(leave);
  if (signal === null) return stream;
  const reader = stream.getReader();
  // This also ends a pending read. (Racing against a promise for the abort would keep every chunk until the end.)
  const abort = (): void => void reader.cancel(signal.reason).catch(() => {});
  const forget = (): void => signal.removeEventListener('abort', abort);
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  return new ReadableStream(
    {
      pull: async (controller) => {
        try {
          const { done, value } = await reader.read();
          signal.throwIfAborted();
          if (!done) return controller.enqueue(value);
        } catch (error) {
          forget();
          throw error;
        }
        forget();
        controller.close();
      },
      cancel: (reason) => {
        forget();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
