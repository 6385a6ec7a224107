/**
 * `application/vnd.amazon.eventstream`, the format in which AWS streams: messages of a length, headers, a payload and
 * two checksums. Format: https://docs.aws.amazon.com/AmazonS3/latest/API/RESTSelectObjectAppendix.html
 */
import { crc32 } from 'node:zlib';
import { asString, parseObject } from '../../support/json-body.ts';
import { LONGEST_EVENT, type SseEvent } from './sse.ts';

const PRELUDE = 12;
const CHECKSUM = 4;
const decoder = new TextDecoder();

/**
 * Returns a function that takes the stream's bytes in order and emits each complete message. It never throws: after the
 * first message with a wrong checksum nothing more is read.
 */
export function createEventStreamReader(onEvent: (event: SseEvent) => void): (bytes: Uint8Array) => void {
  let waiting: Uint8Array[] = [];
  let length = 0;
  let needed = PRELUDE;
  let isBroken = false;

  return (bytes) => {
    if (isBroken) return;
    waiting.push(bytes.slice());
    length += bytes.length;
    // Bytes are only joined once a message is complete, so small pieces cost no more than large ones.
    if (length < needed) return;
    let rest: Uint8Array = Buffer.concat(waiting);
    for (;;) {
      needed = rest.length < PRELUDE ? PRELUDE : messageLength(rest);
      if (needed === 0) {
        isBroken = true;
        waiting = [];
        return;
      }
      if (rest.length < needed) break;
      const event = messageOf(rest.subarray(0, needed));
      if (event === null) {
        isBroken = true;
        waiting = [];
        return;
      }
      onEvent(event);
      rest = rest.subarray(needed);
    }
    waiting = rest.length === 0 ? [] : [rest];
    length = rest.length;
  };
}

/** 0 if the prelude is damaged, or the message is longer than any provider sends. */
function messageLength(bytes: Uint8Array): number {
  const view = viewOf(bytes);
  const total = view.getUint32(0);
  const headers = view.getUint32(4);
  const isSound =
    view.getUint32(8) === crc32(bytes.subarray(0, 8)) &&
    total >= PRELUDE + headers + CHECKSUM &&
    total <= LONGEST_EVENT;
  return isSound ? total : 0;
}

function messageOf(message: Uint8Array): SseEvent | null {
  const end = message.length - CHECKSUM;
  if (viewOf(message).getUint32(end) !== crc32(message.subarray(0, end))) return null;
  const payload = PRELUDE + viewOf(message).getUint32(4);
  const headers = headersOf(message.subarray(PRELUDE, payload));
  const isException = headers[':message-type'] === 'exception' || headers[':message-type'] === 'error';
  const event = isException ? 'error' : (headers[':event-type'] ?? null);
  const data = decoder.decode(message.subarray(payload, end));
  return { event, data: isException ? data : unwrapped(data) };
}

/** A model's own stream is wrapped in `{"bytes": base64}`. */
function unwrapped(data: string): string {
  if (!/^\s*\{[^{]*"bytes"\s*:/.test(data)) return data;
  const inner = asString(parseObject(data)?.bytes);
  return inner === null ? data : Buffer.from(inner, 'base64').toString('utf8');
}

/** Bytes of a value by its type; strings and byte arrays contain their own length. */
const FIXED: readonly (number | null)[] = [0, 0, 1, 2, 4, 8, null, null, 8, 16];
const STRING = 7;

/** Only strings are kept. A truncated value, or one of unknown type, ends the headers. */
function headersOf(bytes: Uint8Array): Partial<Record<string, string>> {
  const view = viewOf(bytes);
  const headers: Partial<Record<string, string>> = {};
  let at = 0;
  while (at < bytes.length) {
    const nameEnd = at + 1 + view.getUint8(at);
    if (nameEnd >= bytes.length) break;
    const type = view.getUint8(nameEnd);
    const fixed = FIXED[type];
    if (fixed === undefined) break;
    const from = nameEnd + 1 + (fixed === null ? 2 : 0);
    if (from > bytes.length) break;
    const end = from + (fixed ?? view.getUint16(nameEnd + 1));
    if (type === STRING)
      headers[decoder.decode(bytes.subarray(at + 1, nameEnd))] = decoder.decode(bytes.subarray(from, end));
    at = end;
  }
  return headers;
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
