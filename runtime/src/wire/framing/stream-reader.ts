/** Selects the reader for a stream. Servers mislabel what they send, so for text the first character decides. */
import { createEventStreamReader } from './event-stream.ts';
import { createJsonReader } from './json-values.ts';
import { createSseReader, type SseEvent } from './sse.ts';

type Reader = (bytes: Uint8Array) => void;

const EVENT_STREAM = 'application/vnd.amazon.eventstream';
/** Content types whose bodies arrive piece by piece, and must be passed on that way. */
const STREAMED = /text\/event-stream|ndjson|jsonl|json-?lines|stream\+json|vnd\.amazon\.eventstream/i;
const TEXT = /^\s*(?:$|text\/|application\/[\w.+-]*json)/i;

export function isStreamType(contentType: string): boolean {
  return STREAMED.test(contentType);
}

/** False for bodies that contain no readable data: audio, images, archives. */
export function isReadableType(contentType: string): boolean {
  return isStreamType(contentType) || TEXT.test(contentType);
}

/** Null if the body contains no readable data. */
export function createStreamReader(contentType: string, onEvent: (event: SseEvent) => void): Reader | null {
  if (contentType.toLowerCase().startsWith(EVENT_STREAM)) return createEventStreamReader(onEvent);
  if (!isReadableType(contentType)) return null;
  let reader: Reader | null = null;
  return (bytes) => {
    reader ??= readerFor(bytes, onEvent);
    reader?.(bytes);
  };
}

/** Null if the bytes so far are all white space. */
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
