/**
 * One stream for several readers. It is read at the pace of the fastest reader; the others get what they missed, which
 * is kept until the end. When all readers have left, the stream is cancelled.
 *
 * No more than `limit` bytes are kept for future readers: beyond that, only what current readers have not read yet.
 */
type Bytes = Uint8Array<ArrayBuffer>;

export interface BroadcastOptions {
  readonly limit: number;
  /** The number of readers, including those that have not subscribed yet. */
  readonly readers: () => number;
  /** Called once, just before the beginning is discarded: no reader can be added from then on. */
  readonly onLimit: () => void;
}

export interface Broadcast {
  /** A stream from the beginning. `onLeave` is called once, when this reader has finished or left. */
  readonly subscribe: (onLeave: () => void) => ReadableStream<Bytes>;
  /** Everything that has arrived so far; null if the beginning was discarded. */
  readonly bytes: () => Bytes | null;
  /** Stops the stream itself. */
  readonly cancel: (reason: unknown) => void;
}

interface Reader {
  position: number;
}

export function createBroadcast(source: ReadableStream<Bytes>, options: BroadcastOptions): Broadcast {
  const { limit, readers, onLimit } = options;
  const reader = source.getReader();
  const subscribed = new Set<Reader>();
  let chunks: Bytes[] = [];
  /** The number of chunks that were dropped before the first one kept. */
  let dropped = 0;
  let length = 0;
  let end: { readonly isFailed: boolean; readonly error: unknown } | null = null;
  let reading: Promise<void> | null = null;

  const keep = (chunk: Bytes): void => {
    const wasBelow = length <= limit;
    length += chunk.length;
    chunks.push(chunk);
    if (length > limit && wasBelow) onLimit();
  };
  const dropRead = (): void => {
    if (length <= limit || subscribed.size < readers()) return;
    const unread = Math.min(...[...subscribed].map(({ position }) => position)) - dropped;
    if (unread <= 0 || !Number.isFinite(unread)) return;
    chunks = chunks.slice(unread);
    dropped += unread;
  };

  /** Reads one chunk, however many readers ask for it. */
  const readOn = (): Promise<void> => {
    reading ??= reader
      .read()
      .then(
        ({ done, value }) => {
          if (done) end = { isFailed: false, error: null };
          else keep(value);
        },
        (error: unknown) => {
          end = { isFailed: true, error };
        },
      )
      .finally(() => {
        reading = null;
      });
    return reading;
  };

  return {
    subscribe: (onLeave) => {
      const own: Reader = { position: 0 };
      subscribed.add(own);
      const leave = (): void => {
        if (subscribed.delete(own)) onLeave();
      };
      return new ReadableStream<Bytes>(
        {
          pull: async (controller) => {
            while (own.position - dropped >= chunks.length && end === null) await readOn();
            const chunk = chunks[own.position - dropped];
            if (chunk !== undefined) {
              own.position++;
              dropRead();
              controller.enqueue(chunk);
              return;
            }
            leave();
            if (end?.isFailed) controller.error(end.error);
            else controller.close();
          },
          cancel: leave,
        },
        { highWaterMark: 0 },
      );
    },
    bytes: () => {
      if (dropped > 0) return null;
      const whole = new Uint8Array(length);
      let at = 0;
      for (const chunk of chunks) {
        whole.set(chunk, at);
        at += chunk.length;
      }
      return whole;
    },
    cancel: (reason) => {
      reader.cancel(reason).catch(() => {});
    },
  };
}
