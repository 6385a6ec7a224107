/** Server-sent events, read from bytes as they arrive. */
import { createParser } from 'eventsource-parser';
import { type JsonObject, parseObject } from '../../support/json-body.ts';

export interface SseEvent {
  readonly event: string | null;
  readonly data: string;
}

/** A longer event is not read: no provider sends one, and a hostile one could fill the memory. */
export const LONGEST_EVENT = 8 * 1024 * 1024;

/** Ends the last event of a stream whose server left that out. It means nothing in other formats of streams. */
export const BLANK_LINE: Uint8Array<ArrayBuffer> = new TextEncoder().encode('\n\n');

/** Returns a function that takes the stream's bytes in order and emits each complete event. It never throws. */
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

/** Events as text, as a server would send them. */
export function formatSse(events: readonly SseEvent[]): string {
  return events.map(({ event, data }) => `${event === null ? '' : `event: ${event}\n`}data: ${data}\n\n`).join('');
}

export function parseSse(bytes: Uint8Array): readonly SseEvent[] {
  const events: SseEvent[] = [];
  const read = createSseReader((event) => events.push(event));
  read(bytes);
  read(BLANK_LINE);
  return events;
}

/** The events that are JSON objects, without `[DONE]` and the like. */
export function jsonOf(events: readonly SseEvent[]): readonly JsonObject[] {
  return events.map(({ data }) => parseObject(data)).filter((value) => value !== null);
}
