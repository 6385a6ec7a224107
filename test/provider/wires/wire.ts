/** One wire format: how a provider's requests are read and its answers written. */
import type { Ask } from '../ask.ts';
import type { Generation } from '../generation.ts';
import type { JsonObject } from '../json.ts';

export interface Wire {
  /** As the ledger names endpoints: `openai-chat`. */
  readonly name: string;
  /** What the path says, or null where it is another format's. `query` is without its question mark. */
  readonly route: (path: string, query: string) => Route | null;
  /** What the request asks for; a text says what is wrong with it, which the client gets with status 400. */
  readonly read: (body: JsonObject, route: Route) => Ask | string;
  /** A whole answer, as JSON. */
  readonly answer: (generation: Generation, ask: Ask, body: JsonObject, route: Route) => unknown;
  /** A streamed answer, event by event. */
  readonly stream: (generation: Generation, ask: Ask, body: JsonObject, route: Route) => Iterable<StreamEvent>;
  /** A body for an error status. */
  readonly error: (failure: Failure) => unknown;
  /** An error inside a stream, framed; `sent` events went before. */
  readonly streamError: (failure: Failure, sent: number) => string;
  /** Headers of every answer. */
  readonly headers: (id: string) => Readonly<Record<string, string>>;
  readonly streamType: string;
  /** The id under which an answer can be continued; null where the format has no such thing. */
  readonly conversationId: ((id: string) => string) | null;
}

export interface Route {
  /** Where the path carries the model. */
  readonly model: string | null;
  /** Where the path says it; otherwise the body does. */
  readonly isStream: boolean | null;
  /** The variant of a format, as Azure's form of a chat completion. */
  readonly variant: string | null;
}

export interface StreamEvent {
  /** As it goes onto the socket. */
  readonly frame: string;
  /** Output tokens that were generated for it, reasoning included. */
  readonly tokens: number;
}

export interface Failure {
  readonly status: number;
  readonly message: string;
  /** Seconds after which the provider asks to be tried again; null where it does not say. */
  readonly retryAfter: number | null;
}
