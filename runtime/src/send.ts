/** The end of the pipeline: the request goes to the provider, by the fetch that the client had. */
import { withPayload } from './exchange.ts';
import type { Exchange, Send } from './pipeline.ts';
import { replyOf } from './reply.ts';

export interface SendOptions {
  /** Milliseconds without a byte of a stream after which it is ended. */
  readonly streamIdleTimeout: number;
}

export function createSend({ streamIdleTimeout }: SendOptions): Send {
  return async function send(exchange) {
    const asked = askingForUsage(exchange);
    try {
      const response = await exchange.fetch(asked.url, {
        ...exchange.init,
        headers: asked.headers,
        body: asked.payload.text,
        signal: asked.signal,
      });
      return await replyOf(response, exchange.codec, {
        idleTimeout: streamIdleTimeout,
        hidesUsage: asked !== exchange,
        signal: exchange.signal,
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

function askingForUsage(exchange: Exchange): Exchange {
  if (!exchange.facts.isStreaming || !REPORTS_STREAM_USAGE.has(exchange.provider)) return exchange;
  const body = exchange.codec.withStreamUsage(exchange.payload);
  return body === null ? exchange : withPayload(exchange, body);
}
