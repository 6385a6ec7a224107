/** An answer that is read to its end before anybody gets to see it. */
import type { Exchange, Reply, Send, Settlement } from '../../../core/pipeline.ts';
import { orAborted } from '../../../support/abort.ts';
import type { JsonObject } from '../../../support/json-body.ts';
import { type AnswerContent, contentOf } from '../../../wire/answer-content.ts';
import { BLANK_LINE, jsonOf, type SseEvent } from '../../../wire/framing/sse.ts';
import { createStreamReader } from '../../../wire/framing/stream-reader.ts';
import { MAX_KEPT } from '../../support/flights.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface WholeAnswer {
  /** As it came; a stream can be read once more. */
  readonly reply: Reply;
  readonly settlement: Settlement;
  /** The events of a stream, or the one JSON of a whole answer. */
  readonly events: readonly SseEvent[];
  readonly content: AnswerContent;
}

/** @throws the error of the connection, or of a stream that broke off */
export async function askWhole(exchange: Exchange, next: Send): Promise<WholeAnswer> {
  const { signal } = exchange;
  const reply = await orAborted(next(exchange), signal);
  const { body, headers, settled } = reply;
  const events: SseEvent[] = [];
  const read = createStreamReader(headers.get('content-type') ?? '', (event) => events.push(event));
  const bytes = body instanceof ReadableStream ? await orAborted(readAll(body), signal) : (body ?? new Uint8Array());
  read?.(bytes);
  // A server may have left out what ends the last event.
  read?.(BLANK_LINE);
  const whole = body instanceof ReadableStream ? { ...reply, body: again(bytes) } : reply;
  return { reply: whole, settlement: await settled, events, content: contentOf(jsonOf(events)) };
}

async function readAll(stream: ReadableStream<Bytes>): Promise<Bytes> {
  const chunks: Bytes[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value);
    size += part.value.length;
    if (size <= MAX_KEPT) continue;
    await reader.cancel();
    throw new RangeError(`the answer is larger than ${MAX_KEPT / 2 ** 20} MiB`);
  }
  return Uint8Array.from(Buffer.concat(chunks));
}

/** A stream, because what follows tells streams from whole answers by their bodies. */
function again(bytes: Bytes): ReadableStream<Bytes> {
  return new ReadableStream(
    {
      pull: (controller) => {
        if (bytes.length > 0) controller.enqueue(bytes);
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

/** The answer as one JSON; null if it has no such form. */
export function jsonOfAnswer({ settlement, events }: WholeAnswer, { codec }: Exchange): JsonObject | null {
  return settlement.json ?? codec.toAnswer(events, settlement.usage);
}
