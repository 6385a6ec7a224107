/** Answers as they are cached and returned: whole or streamed, as requested. */

import type { Exchange, Reply, Settlement } from '../../core/pipeline.ts';
import type { CacheEntry } from '../../stores/store.ts';
import { keepsNumbers } from '../../support/exact-numbers.ts';
import { type JsonObject, parseObject } from '../../support/json-body.ts';
import type { Delivery } from '../../wire/codec.ts';
import { echoNames, echoOf, NO_ECHO, withEcho } from '../../wire/echo.ts';
import { formatSse, parseSse } from '../../wire/framing/sse.ts';
import type { Usage } from '../../wire/usage.ts';
import type { LookupName } from './lookup.ts';
import type { EntryMeta } from './meta.ts';

/** Null if the cached answer cannot be delivered as requested. */
export function replyOfEntry(entry: CacheEntry, meta: EntryMeta, exchange: Exchange, origin: LookupName): Reply | null {
  // In shadow mode, only the existence of an answer was recorded.
  if (entry.bytes.length === 0) return null;
  const wanted = deliveryOf(exchange);
  const bytes = wanted === meta.delivery ? (entry.bytes as Bytes) : converted(entry.bytes, meta, wanted, exchange);
  if (bytes === null) return null;
  const contentType = wanted === 'json' ? 'application/json' : 'text/event-stream; charset=utf-8';
  const headers = new Headers({
    'content-type': wanted === meta.delivery ? meta.contentType : contentType,
    'x-farthing-age': String(Math.round(entry.age / 1000)),
  });
  const settled: Settlement = { end: 'complete', usage: meta.usage, answer: meta.answer };
  const body = asked(bytes, meta, exchange, wanted);
  return { status: 200, statusText: 'OK', headers, body, origin, settled: Promise.resolve(settled) };
}

/** The answer as it is cached: without the fields that it repeats of its request. `echo` says which of them it repeats. */
export function withoutEcho(
  bytes: Bytes,
  exchange: Exchange,
): { readonly bytes: Bytes; readonly echo: EntryMeta['echo'] } {
  const names = echoNames(exchange.codec);
  const from = echoOf(exchange.payload, names);
  if (from === NO_ECHO) return { bytes, echo: {} };
  const repeated = new Set<string>();
  const onEcho = (name: string): unknown => repeated.add(name);
  const kept = withEcho(bytes, deliveryOf(exchange), { from, to: NO_ECHO, names, onEcho });
  return { bytes: kept, echo: Object.fromEntries(Object.keys(from).map((name) => [name, repeated.has(name)])) };
}

/** With the request's own fields. */
function asked(bytes: Bytes, { echo }: EntryMeta, { codec, payload }: Exchange, delivery: Delivery): Bytes {
  const names = echoNames(codec).filter((name) => echo[name] !== false);
  const repeated = new Set(names.filter((name) => echo[name] === true));
  return withEcho(bytes, delivery, { from: NO_ECHO, to: echoOf(payload, names), names, repeated });
}

export function deliveryOf({ codec, payload, facts, url }: Exchange): Delivery {
  return codec.delivery(payload, facts, url);
}

/** The answer in its whole form; null if it has none. */
export function answerOfBytes(
  bytes: Uint8Array,
  delivery: Delivery,
  usage: Usage | null,
  exchange: Exchange,
): JsonObject | null {
  if (delivery === 'json') return parseObject(decoder.decode(bytes));
  if (delivery === 'stream') return null;
  return exchange.codec.toAnswer(parseSse(bytes), usage);
}

type Bytes = Uint8Array<ArrayBuffer>;

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The JSON texts of an answer. */
function textsOf(bytes: Uint8Array, delivery: Delivery): readonly string[] {
  if (delivery === 'json') return [decoder.decode(bytes)];
  const texts = parseSse(bytes).map(({ data }) => data);
  return texts.filter((text) => text.startsWith('{'));
}

/** Null if the answer cannot be converted, or only with changed numbers. */
function converted(bytes: Uint8Array, meta: EntryMeta, wanted: Delivery, exchange: Exchange): Bytes | null {
  if (wanted === 'stream' || !textsOf(bytes, meta.delivery).every(keepsNumbers)) return null;
  try {
    const answer = answerOfBytes(bytes, meta.delivery, meta.usage, exchange);
    if (answer === null) return null;
    if (wanted === 'json') return encoder.encode(JSON.stringify(answer));
    const events = exchange.codec.toStream(answer, wanted);
    return events === null ? null : encoder.encode(formatSse(events));
  } catch (error) {
    // The answer nests too deeply to be serialised.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
