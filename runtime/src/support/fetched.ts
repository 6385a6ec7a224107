/**
 * What some `fetch` has answered, as the platform's own would answer it. A client may be given another implementation
 * (node-fetch, an own undici, a polyfill, a test's mock), whose `Response` has a Node stream, or a stream of another class,
 * for its body.
 */

type Bytes = Uint8Array<ArrayBuffer>;

/** The part of a response that is read here. */
export interface Fetched {
  readonly status: number;
  readonly statusText: string;
  readonly ok: boolean;
  readonly headers: Headers;
  readonly body: ReadableStream<Bytes> | null;
}

/** @param signal the request's own: a body that it stops ends with its reason, whatever the implementation throws */
export function fetchedFrom(response: Response, signal: AbortSignal | null): Fetched {
  if (response instanceof Response && (response.body === null || response.body instanceof ReadableStream)) {
    return response;
  }
  const { status, statusText, ok, headers, body } = response as Partial<Response>;
  const code = status ?? 200;
  return {
    status: code,
    statusText: statusText ?? '',
    ok: ok ?? (code >= 200 && code < 300),
    headers: headersFrom(headers),
    body: body === null ? null : bodyFrom(response, signal),
  };
}

function headersFrom(headers: unknown): Headers {
  if (headers instanceof Headers) return headers;
  const own = new Headers();
  for (const [name, value] of entriesOf(headers)) {
    try {
      own.append(name, value);
    } catch {
      // Other implementations let values pass that no HTTP header may have.
    }
  }
  return own;
}

function entriesOf(headers: unknown): Iterable<readonly [string, string]> {
  if (typeof headers !== 'object' || headers === null) return [];
  return Symbol.iterator in headers ? (headers as Iterable<readonly [string, string]>) : Object.entries(headers);
}

function bodyFrom(response: Response, signal: AbortSignal | null): ReadableStream<Bytes> | null {
  const body: unknown = response.body;
  if (body instanceof ReadableStream) return body;
  if (isReadable(body)) return streamFrom(readerOf(body), signal);
  if (isIterable(body)) return streamFrom(iterationOf(body), signal);
  if (body !== undefined) return new Response(body as ConstructorParameters<typeof Response>[0]).body;
  return typeof response.arrayBuffer === 'function' || typeof response.text === 'function'
    ? streamFrom(wholeOf(response), signal)
    : null;
}

/** A body of any kind, read piece by piece. */
interface Source {
  readonly next: () => Promise<{ readonly done?: boolean | undefined; readonly value?: unknown }>;
  readonly stop: (reason: unknown) => unknown;
  /** Reports an error that occurs while the body is not being read. */
  readonly onError?: (listener: (error: unknown) => void) => void;
}

/** A stream that asks for more only when it is read. */
function streamFrom({ next, stop, onError }: Source, signal: AbortSignal | null): ReadableStream<Bytes> {
  const because = (error: unknown): unknown => (signal?.aborted === true ? signal.reason : error);
  return new ReadableStream<Bytes>(
    {
      start: (controller) => onError?.((error) => controller.error(because(error))),
      pull: async (controller) => {
        try {
          const { done, value } = await next();
          if (done) controller.close();
          else controller.enqueue(bytesOf(value));
        } catch (error) {
          controller.error(because(error));
        }
      },
      cancel: async (reason) => {
        await stop(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

const encoder = new TextEncoder();

function bytesOf(chunk: unknown): Bytes {
  return typeof chunk === 'string' ? encoder.encode(chunk) : (chunk as Bytes);
}

/** A web stream of another class. */
function readerOf(body: ReadableStream): Source {
  const reader = body.getReader();
  return { next: () => reader.read(), stop: (reason) => reader.cancel(reason) };
}

interface NodeStream extends AsyncIterable<unknown> {
  readonly on?: (name: 'error', listener: (error: unknown) => void) => unknown;
  readonly destroy?: () => unknown;
}

function iterationOf(body: NodeStream): Source {
  const iterator = body[Symbol.asyncIterator]();
  return {
    next: () => iterator.next(),
    stop: async () => {
      // An iteration that has not begun would leave the stream open.
      body.destroy?.();
      await iterator.return?.();
    },
    // An unhandled error of a Node stream ends the process.
    onError: (listener) => void body.on?.('error', listener),
  };
}

/** A response that does not show its body. */
function wholeOf(response: Response): Source {
  let isRead = false;
  return {
    next: async () => {
      if (isRead) return { done: true };
      isRead = true;
      const value =
        typeof response.arrayBuffer === 'function'
          ? new Uint8Array(await response.arrayBuffer())
          : encoder.encode(await response.text());
      return { value };
    },
    stop: () => {},
  };
}

function isReadable(body: unknown): body is ReadableStream {
  return typeof body === 'object' && body !== null && 'getReader' in body && typeof body.getReader === 'function';
}

function isIterable(body: unknown): body is NodeStream {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
