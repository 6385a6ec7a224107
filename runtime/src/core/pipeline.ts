/**
 * The core model: a request is an Exchange, an answer is a Reply, and a layer stands between the caller and the sender.
 * Layers see parsed requests and settled usage. Nothing here knows where a request came from: an SDK's `fetch`, a
 * gateway and a batch each create exchanges from what they have.
 *
 * @example
 * const send = compose([deduplicate(...), answerCache(...)], upstream);
 * const reply = await send(exchange);
 */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { Payload } from '../support/json-body.ts';
import type { Codec, RequestFacts } from '../wire/codec.ts';
import type { Settlement } from '../wire/settlement.ts';
import type { Arm } from './arm.ts';
import type { Attempt, CallLog, OpenAttempt } from './call-log.ts';
import type { CallResult, Origin } from './call-result.ts';
import type { CallContext } from './context.ts';

export type { Settlement } from '../wire/settlement.ts';

/** One request. Layers never change it: they pass on another one. */
export interface Exchange {
  /** The call's id: the same for all attempts and model changes. */
  readonly id: string;
  readonly codec: Codec;
  readonly provider: ProviderName;
  readonly url: string;
  /** Without the headers that were meant for the runtime. */
  readonly headers: Headers;
  readonly payload: Payload;
  /** What the codec reads from the payload. */
  readonly facts: RequestFacts;
  readonly context: CallContext;
  readonly signal: AbortSignal | null;
  /** True for a call that the runtime makes to refresh a cached answer: the cache must not answer it. */
  readonly isRefresh: boolean;
  /**
   * Null for a request that is sent by itself. A line of a batch passes the layers twice: `asked` before it is
   * submitted, and `answered` with its answer, which is paid for and can no longer be refused.
   */
  readonly batch: 'asked' | 'answered' | null;
  /** Null for a call that is in no experiment. */
  readonly arm: Arm | null;
  /** What layers record while the call runs. */
  readonly log: CallLog;
  /** The attempt that an outer layer has opened; null if the innermost layer opens its own. */
  readonly attempt: OpenAttempt | null;
  readonly passage: Passage;
  /** Performs the request. */
  readonly transport: Transport;
  /** Called with the call's result when it has ended; set by the code that created the exchange. */
  readonly onResult: ((result: CallResult) => void) | null;
}

/** A request as it is sent. */
export interface WireRequest {
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
  readonly signal: AbortSignal | null;
}

export type Transport = (request: WireRequest) => Promise<Response>;

/** The replies that each layer's guard saw, by the layer's index. A request that is sent twice has two passages. */
export interface Passage {
  readonly replies: Promise<Reply>[];
  /** The passage from which this one branched off. */
  readonly outer: Passage | null;
}

export interface Reply {
  readonly status: number;
  readonly statusText?: string;
  readonly headers: Headers;
  /**
   * Whole bytes, or a stream that reads from upstream only when it is read itself. Null for an answer without a body.
   */
  readonly body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>> | null;
  readonly origin: Origin;
  /** The attempt that produced it; absent if this call sent nothing for it. */
  readonly attempt?: Attempt | undefined;
  /** True for a whole body that broke off: reading it gives what arrived, and then the error. */
  readonly isBroken?: boolean;
  /** Resolves once the answer has ended, however it ended; never rejects. */
  readonly settled: Promise<Settlement>;
}

export type Send = (exchange: Exchange) => Promise<Reply>;

export type Layer = (next: Send) => Send;

/** The first layer is the outermost. */
export function compose(layers: readonly Layer[], send: Send): Send {
  return layers.reduceRight((next, layer) => layer(next), send);
}
