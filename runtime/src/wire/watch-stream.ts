/**
 * Reads a stream while it passes. Nothing is asked of upstream before it is read downstream, so that a stalled reader
 * costs no memory, and whoever stops reading stops the provider.
 */

import { type Codec, NO_ANSWER } from './codec.ts';
import { createStreamReader } from './framing/stream-reader.ts';
import { createUsageHider } from './hide-usage.ts';
import { passedText } from './passed-text.ts';
import type { Settlement } from './settlement.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Milliseconds for which nobody has read a stream, after which it counts as left. It is not ended for that. */
const LEFT_AFTER = 120_000;

/** The stream's end as an error that names the remedy. */
export class StreamTimeoutError extends Error {
  override readonly name = 'StreamTimeoutError';
}

export interface WatchOptions {
  /** As the answer's header says. */
  readonly contentType: string;
  /** Milliseconds without a byte after which the stream is ended; `Infinity` for never. */
  readonly idleTimeout: number;
  /** Milliseconds after which it is ended whatever comes; `Infinity` for never. */
  readonly timeout: number;
  /** True where the stream carries usage that its reader did not ask for. */
  readonly hidesUsage: boolean;
  /** The request's own. */
  readonly signal?: AbortSignal | null;
}

export function watchStream(
  upstream: ReadableStream<Bytes>,
  codec: Codec | null,
  { contentType, idleTimeout, timeout, hidesUsage, signal = null }: WatchOptions,
): { readonly stream: ReadableStream<Bytes>; readonly settled: Promise<Settlement> } {
  const scanner = codec?.scanner() ?? null;
  let characters = 0;
  let scan =
    scanner === null
      ? null
      : createStreamReader(contentType, (event) => {
          characters += passedText(event);
          scanner.push(event);
        });
  const scanSafely = (bytes: Bytes): void => {
    try {
      scan?.(bytes);
    } catch {
      // What cannot be read is still the application's to have.
      scan = null;
    }
  };
  const hide = hidesUsage ? createUsageHider() : null;
  const { promise: settled, resolve } = Promise.withResolvers<Settlement>();
  const reader = upstream.getReader();
  const guard = createTimeGuard(reader, { idleTimeout, timeout, onTimeout: () => settle('failed') });

  // Some SDKs leave a stream without a word. Whoever comes back to it later still finds it.
  const abandoned = setTimeout(() => {
    // A reader that waits for a silent provider has not left.
    if (guard.isWaiting()) abandoned.refresh();
    else settle('cancelled');
  }, LEFT_AFTER).unref();
  const settle = (end: Settlement['end']): void => {
    clearTimeout(abandoned);
    guard.stop();
    const answer = scanner?.answer() ?? NO_ANSWER;
    const usage = scanner?.usage() ?? null;
    if (scanner === null || usage !== null) resolve({ end, usage, answer });
    else resolve({ end, usage, partial: { counted: scanner.usageSoFar(), characters }, answer });
  };
  const settleAtEnd = (): void => {
    // A connection may close early without an error: then the answer has no end.
    const hasEnd = scanner === null || scanner.isEnded() || scanner.answer().finish !== 'unknown';
    settle(hasEnd && !scanner?.isFailed() ? 'complete' : 'failed');
  };

  // A connection that breaks, or is aborted, between two reads.
  reader.closed.catch((error: unknown) => settle(endBy(error, signal)));

  const stream = new ReadableStream<Bytes>(
    {
      pull: async (controller) => {
        try {
          for (;;) {
            const { done, value } = await guard.read();
            if (done) {
              settleAtEnd();
              const rest = hide?.flush();
              if (rest !== undefined && rest.length > 0) controller.enqueue(rest);
              controller.close();
              return;
            }
            scanSafely(value);
            const shown = hide === null ? value : hide.push(value);
            if (shown.length > 0) controller.enqueue(shown);
            // Some SDKs stop at the last event, or at an error, and never read the end. Whoever records the stream has
            // all of it by now.
            if (scanner?.isEnded() || scanner?.isFailed()) settleAtEnd();
            else abandoned.refresh();
            if (shown.length > 0) return;
          }
        } catch (error) {
          settle(endBy(error, signal));
          controller.error(error);
        }
      },
      cancel: (reason) => {
        settle(scanner?.isFailed() ? 'failed' : 'cancelled');
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, settled };
}

/** What an aborted signal throws, its own timeout as well; the reason that it was given may be anything. */
function endBy(error: unknown, signal: AbortSignal | null): Settlement['end'] {
  const isAbort = error instanceof DOMException && (error.name === 'AbortError' || error.name === 'TimeoutError');
  return isAbort || signal?.aborted === true ? 'cancelled' : 'failed';
}

interface TimeLimits extends Pick<WatchOptions, 'idleTimeout' | 'timeout'> {
  readonly onTimeout: () => void;
}

/**
 * Reads on; a read that waits too long ends the stream, and so does a stream that takes too long in all. One timer serves
 * all reads: it is wound up at each, and does nothing where the reader downstream is the one that waits.
 */
function createTimeGuard(reader: ReadableStreamDefaultReader<Bytes>, { idleTimeout, timeout, onTimeout }: TimeLimits) {
  let isWaiting = false;
  let late: StreamTimeoutError | null = null;
  const end = (message: string): void => {
    late = new StreamTimeoutError(message);
    reader.cancel(late).catch(() => {});
    onTimeout();
  };
  const expire = (): void => {
    if (!isWaiting) return;
    end(
      `The provider sent nothing for ${idleTimeout / 1000} s, so the stream was ended. A longer wait can be set as \`streamIdleTimeout\`.`,
    );
  };
  let timer: NodeJS.Timeout | null = null;
  const total = Number.isFinite(timeout)
    ? setTimeout(
        () => end(`The stream took longer than ${timeout / 1000} s, so it was ended: that is its \`streamTimeout\`.`),
        timeout,
      ).unref()
    : undefined;
  return {
    isWaiting: () => isWaiting,
    read: async () => {
      // Not for the timer's sake does a process go on: a stream that somebody left unread is no work.
      if (Number.isFinite(idleTimeout)) timer = timer?.refresh() ?? setTimeout(expire, idleTimeout).unref();
      isWaiting = true;
      const result = await reader.read();
      isWaiting = false;
      if (late !== null) throw late;
      return result;
    },
    stop: () => {
      clearTimeout(timer ?? undefined);
      clearTimeout(total);
      timer = null;
    },
  };
}
