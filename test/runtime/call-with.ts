/** One answer of a provider, given as bytes, through the meter's fetch. */
import { expect } from 'vitest';
import type { CallResult } from '../../runtime/src/core/call-result.ts';
import { createMeter, type MeterOptions } from '../../runtime/src/index.ts';

export interface Answer {
  readonly url: string;
  readonly request?: object;
  readonly type?: string;
  readonly headers?: Record<string, string>;
  readonly body: string | Uint8Array | object;
}

/** Sends one request and gives the result; the reader gets the bytes exactly as they were sent. */
export async function callWith(answer: Answer, options: MeterOptions = {}): Promise<CallResult> {
  const { url, request = {}, type = 'application/json', headers = {}, body } = answer;
  const bytes =
    body instanceof Uint8Array
      ? body
      : new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
  const results: CallResult[] = [];
  const meter = createMeter({ onCall: (result) => results.push(result), ...options });
  const real = globalThis.fetch;
  globalThis.fetch = async () => new Response(inPieces(bytes), { headers: { 'content-type': type, ...headers } });
  try {
    const response = await meter.fetch(url, { method: 'POST', body: JSON.stringify(request) });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
    await meter.flush();
  } finally {
    globalThis.fetch = real;
    await meter.close();
  }
  expect(results).toHaveLength(1);
  return results[0] as CallResult;
}

function inPieces(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull: (controller) => {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + 7));
      at += 7;
    },
  });
}
