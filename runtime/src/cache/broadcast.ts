/**
 * One stream for several readers. It is read as fast as the fastest reader asks; the others find what they missed, kept
 * until the end. When all readers have gone, so has the stream.
 */
type Bytes = Uint8Array<ArrayBuffer>;

export interface Broadcast {
  /** A stream from the beginning. `onLeave` is called once, when this reader has ended or gone. */
  readonly subscribe: (onLeave: () => void) => ReadableStream<Bytes>;
  /** What has come until now. */
  readonly bytes: () => Bytes;
  /** Stops the stream itself. */
  readonly cancel: (reason: unknown) => void;
}

export function createBroadcast(source: ReadableStream<Bytes>): Broadcast {
  const reader = source.getReader();
  const chunks: Bytes[] = [];
  let end: { readonly isFailed: boolean; readonly error: unknown } | null = null;
  let reading: Promise<void> | null = null;

  /** Reads one chunk, however many ask for it. */
  const readOn = (): Promise<void> => {
    reading ??= reader
      .read()
      .then(
        ({ done, value }) => {
          if (done) end = { isFailed: false, error: null };
          else chunks.push(value);
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
      let position = 0;
      let hasLeft = false;
      const leave = (): void => {
        if (hasLeft) return;
        hasLeft = true;
        onLeave();
      };
      return new ReadableStream<Bytes>(
        {
          pull: async (controller) => {
            while (position >= chunks.length && end === null) await readOn();
            const chunk = chunks[position];
            if (chunk !== undefined) {
              position++;
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
      const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
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
