/** The reader that fits a stream. Servers mislabel what they send, so that of text the first sign decides. */
import { createEventStreamReader } from './event-stream.ts';
import { createJsonReader } from './json-values.ts';
import { createSseReader, type SseEvent } from './sse.ts';

type Reader = (bytes: Uint8Array) => void;

const EVENT_STREAM = 'application/vnd.amazon.eventstream';
/** Types whose bodies come piece by piece, and must be passed on so. */
const STREAMED = /text\/event-stream|ndjson|jsonl|json-?lines|stream\+json|vnd\.amazon\.eventstream/i;
const TEXT = /^\s*(?:$|text\/|application\/[\w.+-]*json)/i;

export function isStreamType(contentType: string): boolean {
  return STREAMED.test(contentType);
}

/** False for bodies in which nothing can be read: audio, images, archives. */
export function isReadableType(contentType: string): boolean {
  return isStreamType(contentType) || TEXT.test(contentType);
}

/** Null where nothing in the body can be read. */
export function createStreamReader(contentType: string, onEvent: (event: SseEvent) => void): Reader | null {
  if (contentType.toLowerCase().startsWith(EVENT_STREAM)) return createEventStreamReader(onEvent);
  if (!isReadableType(contentType)) return null;
  let reader: Reader | null = null;
  return (bytes) => {
    reader ??= readerFor(bytes, onEvent);
    reader?.(bytes);
  };
}

/** Null where the bytes have no sign yet. */
function readerFor(bytes: Uint8Array, onEvent: (event: SseEvent) => void): Reader | null {
  const sign = bytes.find((byte) => !SPACES.has(byte));
  if (sign === undefined) return null;
  const isJson = sign === OPEN_OBJECT || sign === OPEN_ARRAY;
  return isJson ? createJsonReader((data) => onEvent({ event: null, data })) : createSseReader(onEvent);
}

const OPEN_OBJECT = 0x7b;
const OPEN_ARRAY = 0x5b;
/** White space, and the byte order mark. */
const SPACES: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);
