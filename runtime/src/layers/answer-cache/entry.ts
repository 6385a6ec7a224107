/** Answers as they are kept, and as they are given again: whole or streamed, whichever is asked for. */

import type { Exchange, Reply, Settlement } from '../../core/pipeline.ts';
import type { CacheEntry } from '../../stores/store.ts';
import { type JsonObject, parseObject } from '../../support/json-body.ts';
import type { Delivery } from '../../wire/codec.ts';
import { formatSse, parseSse } from '../../wire/framing/sse.ts';
import type { Usage } from '../../wire/usage.ts';
import type { LookupName } from './lookup.ts';
import type { EntryMeta } from './meta.ts';

/** Null where the kept answer cannot be delivered as the request wants it. */
export function replyOfEntry(entry: CacheEntry, meta: EntryMeta, exchange: Exchange, origin: LookupName): Reply | null {
  // Where the cache only watched, it kept that there was an answer, and not what it was.
  if (entry.bytes.length === 0) return null;
  const wanted = deliveryOf(exchange);
  const bytes = wanted === meta.delivery ? entry.bytes : converted(entry.bytes, meta, wanted, exchange);
  if (bytes === null) return null;
  const contentType = wanted === 'json' ? 'application/json' : 'text/event-stream; charset=utf-8';
  const headers = new Headers({
    'content-type': wanted === meta.delivery ? meta.contentType : contentType,
    'x-farthing-age': String(Math.round(entry.age / 1000)),
  });
  const settled: Settlement = { end: 'complete', usage: meta.usage, answer: meta.answer };
  const body = bytes as Uint8Array<ArrayBuffer>;
  return { status: 200, statusText: 'OK', headers, body, origin, settled: Promise.resolve(settled) };
}

export function deliveryOf({ codec, payload, facts, url }: Exchange): Delivery {
  return codec.delivery(payload, facts, url);
}

/** The answer that bytes hold, in whichever way they were delivered; null where they hold none. */
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

const decoder = new TextDecoder();
const encoder = new TextEncoder();

function converted(bytes: Uint8Array, meta: EntryMeta, wanted: Delivery, exchange: Exchange): Uint8Array | null {
  if (wanted === 'stream') return null;
  try {
    const answer = answerOfBytes(bytes, meta.delivery, meta.usage, exchange);
    if (answer === null) return null;
    if (wanted === 'json') return encoder.encode(JSON.stringify(answer));
    const events = exchange.codec.toStream(answer, wanted);
    return events === null ? null : encoder.encode(formatSse(events));
  } catch (error) {
    // An answer that nests too deeply to be written again.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
