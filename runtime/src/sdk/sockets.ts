/**
 * WebSockets of wrapped clients: OpenAI's Realtime, Responses and Live, Gemini's Live. Their messages bypass `fetch`.
 * The classes that open them read their address and headers from the client, so that is where they can be stopped.
 */
import { readerName } from './stack.ts';
import { isObject, replace, stored } from './stored.ts';

export interface Opening {
  readonly url: string;
  /** Of the handshake, as far as they are known. */
  readonly headers: Headers;
  /** Null if it is not known yet. */
  readonly model: string | null;
}

/** @throws MeterError if the socket must not be opened */
export type SocketGate = (opening: Opening) => void;

type Method = (this: unknown, ...args: unknown[]) => unknown;

const guarded = new WeakMap<SocketGate, WeakSet<object>>();

/** Clients of `openai`, Azure's too. */
export function guardSockets(client: object, gate: SocketGate): void {
  if (!isNew(client, gate)) return;
  let hasPassed = false;
  const pass = (headers: unknown): void => {
    if (hasPassed) return;
    gate({ url: socketUrl(stored(client, 'baseURL')), headers: headersFrom(headers), model: null });
    // A handshake reads from the client more than once, all in one turn.
    hasPassed = true;
    queueMicrotask(() => {
      hasPassed = false;
    });
  };
  const build = stored(client, '_buildWebSocketHeaders');
  if (typeof build === 'function') {
    replace(client, '_buildWebSocketHeaders', function buildHeaders(this: unknown, ...args: unknown[]) {
      pass(args[0]);
      return build.apply(this, args);
    });
  }
  // Older versions have no such method, and Azure's native sockets do not call it.
  const isWatched = typeof build === 'function' && stored(client, 'apiVersion') === undefined;
  if (!isWatched) watchAddress(client, () => pass({ authorization: `Bearer ${stored(client, 'apiKey')}` }));
}

/** Clients of `@google/genai`. */
export function guardLive(client: object, gate: SocketGate): void {
  const live = stored(client, 'live');
  for (const part of [live, stored(live, 'music')]) {
    const connect = stored(part, 'connect');
    if (!isObject(part) || typeof connect !== 'function' || !isNew(part, gate)) continue;
    replace(part, 'connect', async function connectGuarded(this: unknown, ...args: unknown[]) {
      const model = stored(args[0], 'model');
      const headers = headersFrom({ 'x-goog-api-key': stored(client, 'apiKey') });
      gate({ url: LIVE_URL, headers, model: typeof model === 'string' ? model : null });
      return (connect as Method).apply(this, args);
    });
  }
}

const LIVE_URL = 'wss://generativelanguage.googleapis.com/ws';

/** The function of all versions that makes the address of a socket from the client's. */
const READER = 'buildRealtimeURL';

function watchAddress(client: object, onOpening: () => void): void {
  let address = stored(client, 'baseURL');
  Object.defineProperty(client, 'baseURL', {
    get: function baseURL() {
      if (readerName(baseURL) === READER) onOpening();
      return address;
    },
    set: (changed: unknown) => {
      address = changed;
    },
    enumerable: true,
    configurable: true,
  });
}

function socketUrl(address: unknown): string {
  return typeof address === 'string' ? address.replace(/^http/, 'ws') : '';
}

function headersFrom(headers: unknown): Headers {
  const texts = Object.entries(isObject(headers) ? headers : {}).filter(([, value]) => typeof value === 'string');
  return new Headers(texts as [string, string][]);
}

/** True once for each object and gate. */
function isNew(object: object, gate: SocketGate): boolean {
  const known = guarded.get(gate) ?? new WeakSet();
  guarded.set(gate, known);
  if (known.has(object)) return false;
  known.add(object);
  return true;
}
