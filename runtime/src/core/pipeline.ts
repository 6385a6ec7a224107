/**
 * The whole idea: a request is an Exchange, an answer is a Reply, and a layer stands between whoever calls and whoever
 * sends. Layers see parsed requests and settled usage; the SDK around them sees only `fetch`.
 *
 * @example
 * const send = compose([deduplicate(...), exactCache(...)], upstream);
 * const reply = await send(exchange);
 */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { Origin } from '../ledger/row.ts';
import type { CallContext, Scope } from '../sdk/context.ts';
import type { Payload } from '../support/json-body.ts';
import type { AnswerFacts, Codec, RequestFacts } from '../wire/codec.ts';
import type { Usage } from '../wire/usage.ts';
import type { CallRecord } from './call-record.ts';

/** One request. Layers never change it: they pass on another one. */
export interface Exchange {
  /** The call's id: it stays the same over attempts and changes of model. */
  readonly id: string;
  readonly codec: Codec;
  readonly provider: ProviderName;
  readonly url: string;
  /** What else the client says to fetch: a dispatcher, a redirect mode. */
  readonly init: RequestInit;
  /** Without the headers that are meant for the runtime. */
  readonly headers: Headers;
  readonly payload: Payload;
  /** What the codec reads from the payload. */
  readonly facts: RequestFacts;
  readonly context: CallContext;
  /** The run in which the call is made; its own context may say more. */
  readonly scope: Scope | null;
  readonly signal: AbortSignal | null;
  /** True for a call that the runtime makes to renew what a cache holds: it is not answered from there. */
  readonly isRefresh: boolean;
  /** What layers write down while the call runs. */
  readonly record: CallRecord;
  /** Performs the request: the fetch that the client had before it was wrapped. */
  readonly fetch: typeof globalThis.fetch;
}

export interface Reply {
  readonly status: number;
  readonly statusText?: string;
  readonly headers: Headers;
  /** Whole bytes, or a stream that asks upstream for more only when it is read. Null for an answer without a body. */
  readonly body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>> | null;
  readonly origin: Origin;
  /** True for a whole body that broke off: reading it gives what came, and then the error. */
  readonly isBroken?: boolean;
  /** Resolves once, when the answer has ended in whatever way; it never rejects. */
  readonly settled: Promise<Settlement>;
}

/** How an answer ended, and what it used. */
export interface Settlement {
  /** `cancelled`: whoever read it stopped; `failed`: the connection or the provider did. */
  readonly end: 'complete' | 'cancelled' | 'failed';
  /** Null is unknown, never nothing. */
  readonly usage: Usage | null;
  readonly answer: AnswerFacts;
}

export type Send = (exchange: Exchange) => Promise<Reply>;

export type Layer = (next: Send) => Send;

/** The first layer is the outermost. */
export function compose(layers: readonly Layer[], send: Send): Send {
  return layers.reduceRight((next, layer) => layer(next), send);
}
