/** Reads what an answer says of its use while the application reads it. Nothing is held back, ended or changed. */
import { NO_ANSWER } from '../wire/codec.ts';
import { isReadableType } from '../wire/framing/stream-reader.ts';
import { headerFacts, withHeaderFacts } from '../wire/header-facts.ts';
import type { Settlement } from '../wire/settlement.ts';
import { watchStream } from '../wire/watch-stream.ts';
import type { PassedCall } from './passed-call.ts';

/** @returns the same answer; another object only where its body is read */
export function readWhilePassing(
  response: Response,
  call: PassedCall,
  onSettled: (settlement: Settlement) => void,
): Response {
  const type = response.headers.get('content-type') ?? '';
  const stated = response.ok ? headerFacts(response.headers) : null;
  // Other implementations of `fetch` have their own responses, which are not changed.
  const isReadable = response instanceof Response && response.ok && response.body !== null && isReadableType(type);
  if (!isReadable || response.body === null) {
    const usage = response.ok ? call.asked : null;
    onSettled(withHeaderFacts({ end: 'complete', usage, answer: NO_ANSWER }, stated));
    return response;
  }
  const { stream, settled } = watchStream(response.body, call.codec, {
    contentType: type,
    idleTimeout: Infinity,
    timeout: Infinity,
    hidesUsage: false,
  });
  void settled.then((settlement) => onSettled(withHeaderFacts(settlement, stated)));
  const { status, statusText, headers, url, redirected } = response;
  const passed = new Response(stream, { status, statusText, headers });
  return Object.defineProperties(passed, { url: { value: url }, redirected: { value: redirected } });
}
