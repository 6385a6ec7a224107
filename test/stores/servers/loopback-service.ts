/** An HTTP service on loopback whose answers a test can hold, refuse or take away. */
import { createServer, type IncomingMessage, type Server } from 'node:http';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** The body's JSON; an empty object without one. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly status: number;
  readonly body: object;
}

export interface LoopbackService {
  readonly port: number;
  readonly url: string;
  /** Stops listening. */
  readonly stop: () => Promise<void>;
  /** Listens again, at the same port. */
  readonly start: () => Promise<void>;
  /** From here on requests wait until they are released. */
  readonly hold: () => void;
  readonly release: () => void;
  /** Requests that change something get this answer in place of their own; null ends that. */
  readonly refuseWrites: (answer: Answer | null) => void;
}

export async function loopbackService(
  answerOf: (asked: Asked) => Answer,
  isWrite: (asked: Asked) => boolean,
): Promise<LoopbackService> {
  let refusal: Answer | null = null;
  let gate: PromiseWithResolvers<void> | null = null;
  let port = 0;

  const answer = async (message: IncomingMessage): Promise<Answer> => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const { pathname, searchParams } = new URL(message.url ?? '/', 'http://loopback');
    const asked: Asked = {
      method: message.method ?? 'GET',
      path: pathname,
      query: searchParams,
      headers: message.headers,
      body: text === '' ? {} : JSON.parse(text),
    };
    await gate?.promise;
    return refusal !== null && isWrite(asked) ? refusal : answerOf(asked);
  };

  const create = (): Server =>
    createServer((message, response) => {
      answer(message).then(
        ({ status, body }) => {
          response.writeHead(status, { 'content-type': 'application/json' });
          response.end(JSON.stringify(body));
        },
        (error) => {
          response.writeHead(500);
          response.end(String(error));
        },
      );
    });
  let server = create();

  const service: LoopbackService = {
    get port() {
      return port;
    },
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    async start() {
      server = create();
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
      const address = server.address();
      if (address !== null && typeof address === 'object') port = address.port;
    },
    async stop() {
      service.release();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    hold() {
      gate ??= Promise.withResolvers();
    },
    release() {
      gate?.resolve();
      gate = null;
    },
    refuseWrites(answer) {
      refusal = answer;
    },
  };
  await service.start();
  return service;
}
