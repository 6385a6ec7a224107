/** A stream of one format as a stream of another, event by event as it passes. */

import type { StreamScanner } from '../wire/codec.ts';
import { BLANK_LINE, formatSse, type SseEvent } from '../wire/framing/sse.ts';
import { createStreamReader } from '../wire/framing/stream-reader.ts';
import type { StreamPiece } from './neutral.ts';
import type { Direction } from './translate.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface StreamTranslation {
  readonly direction: Direction;
  /** Of the stream's own format: it knows when the answer has ended, and what it used. */
  readonly scanner: StreamScanner;
  readonly contentType: string;
  /** True if the reader asked for the usage at the end. */
  readonly wantsUsage: boolean;
  readonly leaveOut: (what: string) => void;
  /** Called once, when the last event has been written, or nothing more will be. */
  readonly onEnd: () => void;
}

/** Reads from upstream only when it is read itself. A stream that breaks off breaks off here too. */
export function translateStream(
  upstream: ReadableStream<Bytes>,
  { direction, scanner, contentType, wantsUsage, leaveOut, onEnd }: StreamTranslation,
): ReadableStream<Bytes> {
  const encoder = new TextEncoder();
  const write = direction.to.streamWriter({ wantsUsage, leaveOut });
  let written: SseEvent[] = [];
  let isOver = false;
  const emit = (piece: StreamPiece): void => {
    if (!isOver) written.push(...write(piece));
    isOver ||= piece.kind === 'end' || piece.kind === 'error';
    if (isOver) onEnd();
  };
  const own = direction.from.streamReader(emit, leaveOut);
  const read = createStreamReader(contentType, (event) => {
    scanner.push(event);
    own.push(event);
    if (scanner.isEnded() && !isOver) own.end(scanner.usage());
  });
  const reader = upstream.getReader();

  const take = (): Bytes => {
    const text = formatSse(written);
    written = [];
    return encoder.encode(text);
  };
  const finish = (): void => {
    read?.(BLANK_LINE);
    // Some formats have no last event. An answer without an end is incomplete, and its reader has to see that.
    if (!isOver && scanner.answer().finish !== 'unknown') own.end(scanner.usage());
    onEnd();
  };

  return new ReadableStream<Bytes>(
    {
      pull: async (controller) => {
        try {
          for (;;) {
            const { done, value } = await reader.read();
            if (done) finish();
            else read?.(value);
            const shown = take();
            if (shown.length > 0) controller.enqueue(shown);
            if (done) controller.close();
            if (done || shown.length > 0) return;
          }
        } catch (error) {
          onEnd();
          controller.error(error);
        }
      },
      cancel: (reason) => {
        onEnd();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
