/** Changes server-sent events while they stream through. Events that stay the same keep their bytes. */
import { LONGEST_EVENT } from './sse.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface SseRewriter {
  /** The bytes that may be shown now: whole events. An incomplete event waits. */
  readonly push: (bytes: Bytes) => Bytes;
  readonly flush: () => Bytes;
}

/** Two line endings. CR LF is one, and a CR at the end may be the start of one. */
const EVENT_END = /(?:\r\n|\n|\r(?!\n|$)){2}/g;

/** How many characters of an incomplete ending may have arrived. */
const PART_OF_END = 3;
const NOTHING: Bytes = new Uint8Array();

/** @param change receives and returns an event with its ending, as one character per byte */
export function createSseRewriter(change: (event: string) => string): SseRewriter {
  /** The beginning of an incomplete event; only its last characters are examined again. */
  let waiting: string[] = [];
  let length = 0;
  let tail = '';
  let isOverlong = false;

  const keep = (text: string): void => {
    waiting.push(text);
    length += text.length;
    tail = (tail + text).slice(-PART_OF_END);
  };
  const takeAll = (): string => {
    const all = waiting.join('');
    waiting = [];
    length = 0;
    tail = '';
    return all;
  };

  /** An event that is too long to read is shown unchanged, together with everything after it. */
  const keepOn = (text: string): Bytes => {
    keep(text);
    isOverlong = length > LONGEST_EVENT;
    return isOverlong ? asBytes(takeAll()) : NOTHING;
  };

  return {
    push: (bytes) => {
      if (isOverlong) return bytes;
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
      const isBegun = waiting.length > 0;
      if (isBegun && (tail + text).search(EVENT_END) < 0) return keepOn(text);
      const all = isBegun ? takeAll() + text : text;
      let shown = '';
      let from = 0;
      EVENT_END.lastIndex = 0;
      while (EVENT_END.test(all)) {
        const to = EVENT_END.lastIndex;
        shown += change(all.slice(from, to));
        from = to;
      }
      if (from === 0) return keepOn(all);
      if (from < all.length) keep(all.slice(from));
      return asBytes(shown);
    },
    flush: () => asBytes(change(takeAll())),
  };
}

/** One character per byte: the search patterns are ASCII, and all other bytes stay the same. */
function asBytes(latin1: string): Bytes {
  return new Uint8Array(Buffer.from(latin1, 'latin1'));
}
