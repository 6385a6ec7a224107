/** Replies from the provider's responses, and responses from replies. */

import { parseObject } from './payload.ts';
import type { Reply, Settlement } from './pipeline.ts';
import { type Codec, NO_ANSWER, type WireError } from './wire/codec.ts';
import { watchStream } from './wire/watch-stream.ts';

export interface StreamOptions {
  /** Milliseconds without a byte after which a stream is given up. */
  readonly idleTimeout: number;
  /** True where the stream carries usage that its reader did not ask for. */
  readonly hidesUsage: boolean;
}

export async function replyOf(response: Response, codec: Codec, options: StreamOptions): Promise<Reply> {
  const { status } = response;
  const headers = endToEnd(response.headers);
  const common = { status, headers, origin: 'provider' } as const;
  const type = headers.get('content-type') ?? '';
  if (response.body === null) return { ...common, body: null, settled: Promise.resolve(NOTHING_KNOWN) };
  if (response.ok && type.includes('text/event-stream')) {
    const { stream, settled } = watchStream(response.body, codec, options);
    return { ...common, body: stream, settled };
  }
  if (type.includes('json')) {
    const body = new Uint8Array(await response.arrayBuffer());
    return { ...common, body, settled: Promise.resolve(settlementOf(body, codec, response.ok)) };
  }
  const { stream, settled } = watchStream(response.body, null, options);
  return { ...common, body: stream, settled };
}

const NOTHING_KNOWN: Settlement = { end: 'complete', usage: null, answer: NO_ANSWER };
const decoder = new TextDecoder();

function settlementOf(body: Uint8Array, codec: Codec, isOk: boolean): Settlement {
  const json = isOk ? parseObject(decoder.decode(body)) : null;
  if (json === null) return NOTHING_KNOWN;
  try {
    return { end: 'complete', usage: codec.usage(json), answer: codec.answer(json) };
  } catch {
    // What cannot be read is still the application's to have.
    return NOTHING_KNOWN;
  }
}

/** Headers that say how the bytes travelled: they are no longer true of bytes that were read here. */
const OF_THE_CONNECTION = [
  'connection',
  'content-encoding',
  'content-length',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
];

function endToEnd(headers: Headers): Headers {
  const kept = new Headers(headers);
  for (const name of OF_THE_CONNECTION) kept.delete(name);
  return kept;
}

const encoder = new TextEncoder();

/** A refusal as the provider would say it, so that the SDK raises its own error with our numbers. */
export function refusalReply(error: WireError, codec: Codec, more: Readonly<Record<string, string>> = {}): Reply {
  const headers = new Headers({ 'content-type': 'application/json', ...more });
  const body = encoder.encode(JSON.stringify(codec.errorBody(error)));
  return { status: error.status, headers, body, origin: 'refusal', settled: Promise.resolve(NOTHING_KNOWN) };
}

/** Statuses whose responses may have no body at all. */
const WITHOUT_BODY = new Set([101, 204, 205, 304]);

export function responseOf({ status, headers, body }: Reply): Response {
  // The constructor refuses other statuses, with which a server may answer all the same.
  const isUsual = status >= 200 && status <= 599;
  const response = new Response(WITHOUT_BODY.has(status) ? null : body, { status: isUsual ? status : 599, headers });
  return isUsual ? response : Object.defineProperty(response, 'status', { value: status });
}
