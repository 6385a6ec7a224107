/**
 * The forms in which a request can be passed to `fetch`. A body is text, bytes, a blob or a stream, and all of it can
 * be in a `Request`: a cap has to see the same request in each form.
 */
import { pathOf } from '../core/exchange.ts';
import { codecOf } from '../wire/index.ts';
import type { FetchInput } from './fetch-exchange.ts';

export interface Asked {
  readonly input: FetchInput;
  readonly init: RequestInit | undefined;
}

/** True for an address and a text: what the SDKs send, and what needs no reading. */
export function isPlain({ input, init }: Asked): boolean {
  return !isRequest(input) && (init?.body === undefined || init.body === null || typeof init.body === 'string');
}

/** The platform's own, or one of another implementation of `fetch`, which the caller then also uses below. */
export function isRequest(input: FetchInput): input is Request {
  return typeof input === 'object' && !(input instanceof URL) && typeof input.url === 'string';
}

/**
 * The same request as an address and a text, where its address is that of a known format and its body is text. Any other
 * request is answered as it is; where its body had to be read to know, as the bytes that it was.
 */
export async function asPlain(asked: Asked): Promise<Asked> {
  const { input, init } = asked;
  if (isRequest(input)) {
    if (codecOf(pathOf(input.url)) === null) return asked;
    const body = init?.body ?? input.body;
    if (body === null || body === undefined) return asked;
    const { url, method, headers, signal, redirect } = input;
    const given = { method, signal, redirect, ...init, headers: new Headers(init?.headers ?? headers) };
    return withBytes(url, given, await (init?.body ? new Response(init.body) : input).arrayBuffer());
  }
  const url = String(input);
  if (codecOf(pathOf(url)) === null || !isReadable(init?.body)) return asked;
  const headers = new Headers(init?.headers);
  const { body } = init ?? {};
  // `fetch` uses the type of a blob if there is no other.
  if (body instanceof Blob && body.type !== '' && !headers.has('content-type')) headers.set('content-type', body.type);
  return withBytes(url, { ...init, headers }, await new Response(body).arrayBuffer());
}

/** Not what says of itself that it is a form: nothing in a known format is sent as one. */
function isReadable(body: unknown): boolean {
  if (ArrayBuffer.isView(body) || body instanceof ArrayBuffer || body instanceof Blob) return true;
  // A Node stream too.
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function withBytes(url: string, { duplex: _, ...init }: RequestInit & { duplex?: unknown }, bytes: ArrayBuffer): Asked {
  const headers = new Headers(init.headers);
  try {
    const body = decoder.decode(bytes);
    // A text would be sent as plain text, and bytes are sent without a type.
    if (!headers.has('content-type')) headers.set('content-type', 'application/json');
    return { input: url, init: { ...init, headers, body } };
  } catch {
    return { input: url, init: { ...init, headers, body: bytes } };
  }
}
