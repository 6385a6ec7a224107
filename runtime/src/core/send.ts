/** The end of the pipeline: the request goes to the provider, by the exchange's own transport. */

import type { Payload } from '../support/json-body.ts';
import { withoutLength } from './exchange.ts';
import type { Exchange, Send } from './pipeline.ts';
import { replyOf } from './reply.ts';

export interface SendOptions {
  /** Milliseconds without a byte of a stream after which it is ended. */
  readonly streamIdleTimeout: number;
  /** Milliseconds after which a stream is ended whatever comes. */
  readonly streamTimeout: number;
}

export function createSend({ streamIdleTimeout, streamTimeout }: SendOptions): Send {
  return async function send(exchange) {
    const { url, headers, payload, signal } = exchange;
    const asking = askingForUsage(exchange);
    try {
      const response = await exchange.transport({
        url,
        headers: asking === null ? headers : withoutLength(headers),
        body: (asking ?? payload).text,
        signal,
      });
      return await replyOf(response, exchange.codec, {
        idleTimeout: streamIdleTimeout,
        timeout: streamTimeout,
        hidesUsage: asking !== null,
        signal,
      });
    } catch (error) {
      if (typeof error === 'object' && error !== null) ofTransport.add(error);
      throw error;
    }
  };
}

const ofTransport = new WeakSet<object>();

/** True for what fetch or the reading of a body threw: the SDK knows what to do with it. */
export function isTransportError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && ofTransport.has(error);
}

/** Servers of other makers may refuse an option that they do not know. */
const REPORTS_STREAM_USAGE: ReadonlySet<string> = new Set([
  'openai',
  'azure',
  'groq',
  'together',
  'deepseek',
  'openrouter',
  'xai',
  'fireworks',
  'mistral',
  'cerebras',
  'vllm',
  'ollama',
]);

/** Null where the request asks for it anyway, or has none to ask for. */
function askingForUsage({ facts, provider, codec, payload }: Exchange): Payload | null {
  return facts.isStreaming && REPORTS_STREAM_USAGE.has(provider) ? codec.withStreamUsage(payload) : null;
}
