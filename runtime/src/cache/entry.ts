/** Answers as they are kept, and as they are given again: whole or streamed, whichever is asked for. */
import { asCount, asObject, type JsonObject, parseObject } from '../payload.ts';
import type { Exchange, Reply, Settlement } from '../pipeline.ts';
import type { CacheEntry } from '../stores/store.ts';
import type { AnswerFacts, Delivery } from '../wire/codec.ts';
import { formatSse, parseSse } from '../wire/sse.ts';
import type { Usage } from '../wire/usage.ts';

export interface EntryMeta {
  /** Which way the bytes were delivered. */
  readonly delivery: Delivery;
  readonly contentType: string;
  readonly usage: Usage | null;
  readonly answer: AnswerFacts;
  /** Nano-dollars that the answer cost; null is unknown. */
  readonly cost: number | null;
}

/** Null where the entry is not one that this version wrote: it is then a miss. */
export function readMeta({ meta }: CacheEntry): EntryMeta | null {
  const value = parseObject(meta);
  const isKnown =
    value !== null &&
    (value.delivery === 'json' || value.delivery === 'sse' || value.delivery === 'sse+usage') &&
    typeof value.contentType === 'string' &&
    asObject(value.answer) !== null &&
    (value.cost === null || asCount(value.cost) !== null);
  return isKnown ? (value as unknown as EntryMeta) : null;
}

/** Null where the kept answer cannot be delivered as the request wants it. */
export function replyOfEntry(entry: CacheEntry, meta: EntryMeta, exchange: Exchange): Reply | null {
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
  return { status: 200, headers, body, origin: 'exact-cache', settled: Promise.resolve(settled) };
}

export function deliveryOf({ codec, payload, facts }: Exchange): Delivery {
  return codec.delivery(payload.json, facts);
}

/** The answer that bytes hold, in whichever way they were delivered; null where they hold none. */
export function answerOfBytes(
  bytes: Uint8Array,
  delivery: Delivery,
  usage: Usage | null,
  exchange: Exchange,
): JsonObject | null {
  if (delivery === 'json') return parseObject(decoder.decode(bytes));
  return exchange.codec.toAnswer(parseSse(bytes), usage);
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

function converted(bytes: Uint8Array, meta: EntryMeta, wanted: Delivery, exchange: Exchange): Uint8Array | null {
  const answer = answerOfBytes(bytes, meta.delivery, meta.usage, exchange);
  if (answer === null) return null;
  if (wanted === 'json') return encoder.encode(JSON.stringify(answer));
  const events = exchange.codec.toStream(answer, wanted);
  return events === null ? null : encoder.encode(formatSse(events));
}
