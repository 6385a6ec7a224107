/** An answer shared in flight, with the receiving request's own fields and ids. */

import { isDeepStrictEqual } from 'node:util';
import type { Exchange, Reply } from '../../core/pipeline.ts';
import { createEchoRewriter, type EchoChange, echoNames, echoOf, withEcho } from '../../wire/echo.ts';
import { RESULT_HEADERS } from './result-headers.ts';
import { isIdHeader } from './telling-headers.ts';

/** @param payer the request that the answer was made for; it has the same key as `own` */
export function ownAnswer(reply: Reply, payer: Exchange, own: Exchange): Reply {
  return {
    ...reply,
    headers: ownHeaders(reply.headers, payer.headers, own.headers),
    body: ownBody(reply.body, payer, own),
  };
}

/** The payer's results may already be among the headers, and some servers return the id of a request in one. */
function ownHeaders(headers: Headers, payer: Headers, own: Headers): Headers {
  const changed = new Headers(headers);
  for (const name of Object.values(RESULT_HEADERS)) changed.delete(name);
  for (const [name, value] of payer) {
    if (!isIdHeader(name) || headers.get(name) !== value) continue;
    const instead = own.get(name);
    if (instead === null) changed.delete(name);
    else changed.set(name, instead);
  }
  return changed;
}

function ownBody(body: Reply['body'], payer: Exchange, own: Exchange): Reply['body'] {
  if (body === null || payer.payload.text === own.payload.text) return body;
  const names = echoNames(own.codec);
  const change = { from: echoOf(payer.payload, names), to: echoOf(own.payload, names), names };
  if (isDeepStrictEqual(change.from, change.to)) return body;
  return body instanceof Uint8Array ? withEcho(body, 'json', change) : rewritten(body, change);
}

type Stream = Extract<Reply['body'], ReadableStream>;

/** Reads from the stream only on demand. */
function rewritten(stream: Stream, change: EchoChange): Stream {
  const reader = stream.getReader();
  const rewriter = createEchoRewriter(change);
  return new ReadableStream(
    {
      pull: async (controller) => {
        for (;;) {
          const { done, value } = await reader.read();
          const shown = done ? rewriter.flush() : rewriter.push(value);
          if (shown.length > 0) controller.enqueue(shown);
          if (done) controller.close();
          if (done || shown.length > 0) return;
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
