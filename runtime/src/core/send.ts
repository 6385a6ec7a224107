/** The end of the pipeline: sends the request to the provider with the exchange's own transport. */

import { fetchedFrom } from '../support/fetched.ts';
import { askingForUsage, type StreamUsage } from '../wire/stream-usage.ts';
import { withoutLength } from './exchange.ts';
import type { Send } from './pipeline.ts';
import { replyOf } from './reply.ts';

export interface SendOptions {
  /** Milliseconds without a byte of a stream after which it is ended. */
  readonly streamIdleTimeout: number;
  /** Milliseconds after which a stream is ended in any case. */
  readonly streamTimeout: number;
  /** Which streams are asked for their usage. */
  readonly streamUsage: StreamUsage;
}

export function createSend({ streamIdleTimeout, streamTimeout, streamUsage }: SendOptions): Send {
  return async function send(exchange) {
    const { url, headers, payload, facts, signal } = exchange;
    const asking = askingForUsage(exchange, streamUsage);
    try {
      const response = await exchange.transport({
        url,
        headers: asking === null ? headers : withoutLength(headers),
        body: (asking ?? payload).text,
        signal,
      });
      return await replyOf(fetchedFrom(response, signal), exchange.codec, {
        idleTimeout: streamIdleTimeout,
        timeout: streamTimeout,
        hidesUsage: asking !== null,
        delivery: exchange.codec.delivery(payload, facts, url),
        signal,
      });
    } catch (error) {
      if (typeof error === 'object' && error !== null) ofTransport.add(error);
      throw error;
    }
  };
}

const ofTransport = new WeakSet<object>();

/** True for errors of `fetch` or of reading a body: the SDK knows how to handle them. */
export function isTransportError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && ofTransport.has(error);
}
