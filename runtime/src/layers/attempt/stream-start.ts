/** Looks at the first event of a stream before anybody has read of it: until then the request can still go elsewhere. */
import type { Reply } from '../../core/pipeline.ts';
import type { Codec } from '../../wire/codec.ts';
import { createStreamReader } from '../../wire/framing/stream-reader.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface StreamStart {
  /** The same reply, whose stream begins with what was read of it. */
  readonly reply: Reply;
  /** True if the first event is an error, or the stream ends before it. */
  readonly isFailed: boolean;
}

/** Waits for the first event; a reply that is not a stream is returned at once. */
export async function streamStart(reply: Reply, codec: Codec): Promise<StreamStart> {
  const { body, headers } = reply;
  if (!(body instanceof ReadableStream)) return { reply, isFailed: false };
  const scanner = codec.scanner();
  let hasEvent = false;
  const scan = createStreamReader(headers.get('content-type') ?? '', (event) => {
    if (!hasEvent) scanner.push(event);
    hasEvent = true;
  });
  if (scan === null) return { reply, isFailed: false };

  const reader = body.getReader();
  const chunks: Bytes[] = [];
  let isOver = false;
  while (!hasEvent && !isOver) {
    try {
      const { done, value } = await reader.read();
      isOver = done;
      if (value === undefined) continue;
      chunks.push(value);
      scan(value);
    } catch {
      // A later reader gets the error from the stream itself.
      isOver = true;
    }
  }
  const isFailed = hasEvent ? scanner.isFailed() : true;
  return { reply: { ...reply, body: continued(chunks, reader) }, isFailed };
}

/** The chunks that were read, and then the rest, which is asked for only when it is read. */
function continued(chunks: readonly Bytes[], reader: ReadableStreamDefaultReader<Bytes>): ReadableStream<Bytes> {
  const waiting = [...chunks];
  return new ReadableStream<Bytes>(
    {
      pull: async (controller) => {
        const early = waiting.shift();
        if (early !== undefined) return controller.enqueue(early);
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
