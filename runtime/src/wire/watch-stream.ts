/**
 * Reads a stream as it passes. It reads from upstream only when it is read itself, so a stalled reader costs no memory,
 * and a reader that stops also stops the provider.
 */

import { type Codec, NO_ANSWER } from './codec.ts';
import { BLANK_LINE } from './framing/sse.ts';
import { createStreamReader } from './framing/stream-reader.ts';
import { createUsageHider } from './hide-usage.ts';
import { passedText } from './passed-text.ts';
import type { Settlement } from './settlement.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Milliseconds without a read after which a stream counts as abandoned. It is not ended for that. */
const LEFT_AFTER = 120_000;

/** Ends the stream; the error names the remedy. */
export class StreamTimeoutError extends Error {
  override readonly name = 'StreamTimeoutError';
}

export interface WatchOptions {
  /** The content type in the answer's header. */
  readonly contentType: string;
  /** Milliseconds without a byte after which the stream is ended; `Infinity` for never. */
  readonly idleTimeout: number;
  /** Milliseconds after which it is ended in any case; `Infinity` for never. */
  readonly timeout: number;
  /** True if the stream contains usage that its reader did not ask for. */
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
      // An event that cannot be parsed is still passed on to the application.
      scan = null;
    }
  };
  const hide = hidesUsage ? createUsageHider() : null;
  const { promise: settled, resolve } = Promise.withResolvers<Settlement>();
  const reader = upstream.getReader();
  const guard = createTimeGuard(reader, { idleTimeout, timeout, onTimeout: () => settle('failed') });

  // Some SDKs stop reading without cancelling. A reader that returns later can still continue.
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
    // A connection may close early without an error: then the answer is incomplete.
    const hasEnd = scanner === null || scanner.isEnded() || scanner.answer().finish !== 'unknown';
    settle(hasEnd && !scanner?.isFailed() ? 'complete' : 'failed');
  };

  // The connection broke or was aborted between two reads.
  reader.closed.catch((error: unknown) => settle(endBy(error, signal)));

  const stream = new ReadableStream<Bytes>(
    {
      pull: async (controller) => {
        try {
          for (;;) {
            const { done, value } = await guard.read();
            if (done) {
              scanSafely(BLANK_LINE);
              settleAtEnd();
              const rest = hide?.flush();
              if (rest !== undefined && rest.length > 0) controller.enqueue(rest);
              controller.close();
              return;
            }
            scanSafely(value);
            const shown = hide === null ? value : hide.push(value);
            if (shown.length > 0) controller.enqueue(shown);
            // Some SDKs stop at the last event, or at an error, and never read the end. By now everything has been
            // recorded.
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
 * Reads with time limits: a read that waits too long ends the stream, and so does a stream that takes too long in
 * total. One timer serves all reads: it is restarted at each, and does nothing while the reader downstream is the one
 * that waits.
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
      `The provider sent nothing for ${idleTimeout / 1000} s, so the stream was ended. Set \`streamIdleTimeout\` to wait longer.`,
    );
  };
  let timer: NodeJS.Timeout | null = null;
  const total = Number.isFinite(timeout)
    ? setTimeout(
        () => end(`The stream took longer than its \`streamTimeout\` of ${timeout / 1000} s, so it was ended.`),
        timeout,
      ).unref()
    : undefined;
  return {
    isWaiting: () => isWaiting,
    read: async () => {
      // The timer must not keep the process alive: a stream that was left unread is not work.
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
