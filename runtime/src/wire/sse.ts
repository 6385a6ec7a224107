/** Server-sent events, read from bytes as they come. */
import { createParser } from 'eventsource-parser';

export interface SseEvent {
  readonly event: string | null;
  readonly data: string;
}

/** An event longer than this is not read: no provider sends one, and a hostile one could fill the memory. */
const LONGEST_EVENT = 8 * 1024 * 1024;

/** Returns a function that takes the stream's bytes in order and hands on each whole event. It never throws. */
export function createSseReader(onEvent: (event: SseEvent) => void): (bytes: Uint8Array) => void {
  const decoder = new TextDecoder();
  let isBroken = false;
  const parser = createParser({
    maxBufferSize: LONGEST_EVENT,
    onEvent: ({ event, data }) => onEvent({ event: event ?? null, data }),
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') isBroken = true;
    },
  });
  return (bytes) => {
    if (!isBroken) parser.feed(decoder.decode(bytes, { stream: true }));
  };
}
