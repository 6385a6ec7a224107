/** Converts the provider's responses into replies, and replies into responses. */

import type { Fetched } from '../support/fetched.ts';
import { parseObject } from '../support/json-body.ts';
import { wholeResponse } from '../support/whole-response.ts';
import { type Codec, type Delivery, NO_ANSWER, type WireError } from '../wire/codec.ts';
import { isStreamType } from '../wire/framing/stream-reader.ts';
import { headerFacts, isFactHeader, withHeaderFacts } from '../wire/header-facts.ts';
import { type WatchOptions, watchStream } from '../wire/watch-stream.ts';
import type { Reply, Settlement } from './pipeline.ts';

export interface StreamOptions extends Omit<WatchOptions, 'contentType'> {
  /** The signal of the request. */
  readonly signal: AbortSignal | null;
  /** How the request wants its answer delivered. */
  readonly delivery: Delivery;
}

export async function replyOf(response: Fetched, codec: Codec, options: StreamOptions): Promise<Reply> {
  const { status, statusText } = response;
  const { headers, hasFacts } = endToEnd(response.headers);
  const common = { status, statusText, headers, origin: 'provider' } as const;
  const type = headers.get('content-type') ?? '';
  if (response.body === null) return { ...common, body: null, settled: Promise.resolve(NOTHING_KNOWN) };
  // A growing array has the content type of JSON, but is a stream.
  const isJson = type === 'application/json' || (/json/i.test(type) && !isStreamType(type));
  const isWhole = isJson && !(response.ok && options.delivery === 'stream');
  const stated = response.ok && hasFacts ? headerFacts(headers) : null;
  if (isWhole) {
    const { bytes, error } = await readWhole(response.body);
    if (error === null) {
      const settlement = settlementOf(bytes, codec, response.ok);
      return { ...common, body: bytes, settled: Promise.resolve(withHeaderFacts(settlement, stated)) };
    }
    // An aborted request fails in `fetch`; a body that breaks off fails when it is read, as it would without the
    // runtime.
    if (options.signal?.aborted) throw error.reason;
    return { ...common, body: brokenOff(bytes, error.reason), isBroken: true, settled: Promise.resolve(BROKEN) };
  }
  const { stream, settled } = watchStream(response.body, response.ok ? codec : null, { ...options, contentType: type });
  return { ...common, body: stream, settled: settled.then((settlement) => withHeaderFacts(settlement, stated)) };
}

const BROKEN: Settlement = { end: 'failed', usage: null, answer: NO_ANSWER };
const NOTHING_KNOWN: Settlement = { end: 'complete', usage: null, answer: NO_ANSWER };
const decoder = new TextDecoder();

type Bytes = Uint8Array<ArrayBuffer>;

/** All bytes, or those that arrived before an error. */
async function readWhole(
  body: ReadableStream<Bytes>,
): Promise<{ readonly bytes: Bytes; readonly error: { readonly reason: unknown } | null }> {
  const chunks: Bytes[] = [];
  let error: { readonly reason: unknown } | null = null;
  try {
    const reader = body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) chunks.push(part.value);
  } catch (reason) {
    error = { reason };
  }
  const [only] = chunks;
  return { bytes: chunks.length === 1 && only !== undefined ? only : Uint8Array.from(Buffer.concat(chunks)), error };
}

function brokenOff(bytes: Bytes, reason: unknown): ReadableStream<Bytes> {
  let isSent = false;
  return new ReadableStream({
    pull: (controller) => {
      if (isSent) return controller.error(reason);
      isSent = true;
      if (bytes.length > 0) controller.enqueue(bytes);
      else controller.error(reason);
    },
  });
}

function settlementOf(body: Uint8Array, codec: Codec, isOk: boolean): Settlement {
  const json = isOk ? parseObject(decoder.decode(body)) : null;
  if (json === null) return NOTHING_KNOWN;
  try {
    return { end: 'complete', usage: codec.usage(json), answer: codec.answer(json), json };
  } catch {
    // An answer that cannot be parsed is still returned to the application.
    return NOTHING_KNOWN;
  }
}

/** Headers that describe how the bytes were transferred: they do not apply to bytes that were already read. */
const OF_THE_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]);

function endToEnd(given: Headers): { readonly headers: Headers; readonly hasFacts: boolean } {
  const headers = new Headers();
  let hasFacts = false;
  for (const [name, value] of given) {
    // Only the runtime itself may set its own headers.
    if (!OF_THE_CONNECTION.has(name) && !name.startsWith('x-farthing-')) headers.append(name, value);
    hasFacts ||= isFactHeader(name);
  }
  return { headers, hasFacts };
}

const encoder = new TextEncoder();

/** A refusal in the provider's form, so that the SDK throws its own error with our numbers. */
export function refusalReply(error: WireError, codec: Codec, more: Readonly<Record<string, string>> = {}): Reply {
  const headers = new Headers({ 'content-type': 'application/json', ...more });
  const body = encoder.encode(JSON.stringify(codec.errorBody(error)));
  return { status: error.status, headers, body, origin: 'refusal', settled: Promise.resolve(NOTHING_KNOWN) };
}

/** Statuses whose responses must not have a body. */
const WITHOUT_BODY = new Set([101, 204, 205, 304]);

export function responseOf({ status, statusText = '', headers, body }: Reply): Response {
  const isOrdinary = status >= 200 && status <= 599;
  const init = {
    status: isOrdinary ? status : 500,
    statusText: /^[\t -~\x80-\xff]*$/.test(statusText) ? statusText : '',
    headers,
  };
  const given = WITHOUT_BODY.has(status) ? null : body;
  const response = isOrdinary && given instanceof Uint8Array ? wholeResponse(given, init) : new Response(given, init);
  // HTTP allows any three digits, and `fetch` returns them; only the constructor does not accept them.
  if (!isOrdinary) Object.defineProperty(response, 'status', { value: status });
  return response;
}
