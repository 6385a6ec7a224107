/**
 * Requests in flight by key: who asks the same while it is being answered joins the answer. Whoever asked first may leave
 * without ending it for the others; when all have left, the request is stopped.
 */
import { orAborted } from '../abort.ts';
import type { Exchange, Reply, Send, Settlement } from '../pipeline.ts';
import { type Broadcast, createBroadcast } from './broadcast.ts';

export interface Flights {
  /** True where a request with this key is being answered. */
  readonly has: (key: string) => boolean;
  /** The answer of the running request, or of this one, which then runs for all. */
  readonly fly: (key: string, exchange: Exchange, next: Send) => Promise<Reply>;
}

interface Flight {
  readonly join: (signal: AbortSignal | null) => Promise<Reply>;
}

/** What a flight has carried, when it has ended. */
export type OnAnswer = (exchange: Exchange, reply: Reply, settlement: Settlement, bytes: () => Uint8Array) => void;

export function createFlights(onAnswer: OnAnswer | null = null): Flights {
  const running = new Map<string, Flight>();
  return {
    has: (key) => running.has(key),
    fly: (key, exchange, next) => {
      let flight = running.get(key);
      if (flight === undefined) {
        const own = start(exchange, next, onAnswer, () => {
          if (running.get(key) === own) running.delete(key);
        });
        flight = own;
        running.set(key, flight);
      }
      return flight.join(exchange.signal);
    },
  };
}

function start(exchange: Exchange, next: Send, onAnswer: OnAnswer | null, onEnd: () => void): Flight {
  const controller = new AbortController();
  let members = 0;
  let broadcast: Broadcast | null = null;
  const shared = next({ ...exchange, signal: controller.signal }).then(
    (reply) => {
      const { body } = reply;
      const own = body instanceof ReadableStream ? createBroadcast(body) : null;
      broadcast = own;
      const bytes = (): Uint8Array => own?.bytes() ?? (body instanceof Uint8Array ? body : new Uint8Array());
      void reply.settled.then((settlement) => {
        onEnd();
        onAnswer?.(exchange, reply, settlement, bytes);
      });
      return reply;
    },
    (error: unknown) => {
      onEnd();
      throw error;
    },
  );
  // Where everybody has left, nobody is there to hear of a failure.
  shared.catch(() => {});

  const leave = (): void => {
    if (--members > 0) return;
    // Nobody can join from here on: what would be joined is being stopped.
    onEnd();
    controller.abort(new DOMException('Nobody waits for this answer any more.', 'AbortError'));
    broadcast?.cancel(controller.signal.reason);
  };

  return {
    join: async (signal) => {
      members++;
      let reply: Reply;
      try {
        reply = await orAborted(shared, signal);
      } catch (error) {
        leave();
        throw error;
      }
      if (broadcast === null) {
        members--;
        return { ...reply, headers: new Headers(reply.headers) };
      }
      return { ...reply, headers: new Headers(reply.headers), body: stoppable(broadcast, signal, leave) };
    },
  };
}

/** The reader's own signal ends its own stream, as it would end the provider's. */
function stoppable(broadcast: Broadcast, signal: AbortSignal | null, leave: () => void): NonNullable<Reply['body']> {
  const own = broadcast.subscribe(leave);
  if (signal === null) return own;
  const reader = own.getReader();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  aborted.catch(() => {});
  const abort = (): void => {
    reject(signal.reason);
    reader.cancel(signal.reason).catch(() => {});
  };
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  return new ReadableStream(
    {
      pull: async (controller) => {
        const { done, value } = await Promise.race([reader.read(), aborted]);
        if (!done) return controller.enqueue(value);
        signal.removeEventListener('abort', abort);
        controller.close();
      },
      cancel: (reason) => {
        signal.removeEventListener('abort', abort);
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
