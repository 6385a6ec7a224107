/** The parts of GitHub's REST API that the Action uses, on 127.0.0.1, with its limits and its refusals. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export const TOKEN = 'ghs_test';
export const BOT = 'github-actions[bot]';
/** Characters of a comment. */
const MAX_BODY = 65_536;
const MAX_PAGE = 100;

export interface Note {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string };
  readonly author_association: string;
}

export interface GitHub {
  readonly url: string;
  readonly notes: readonly Note[];
  /** `POST /repos/acme/app/issues/7/comments`, in order. */
  readonly requests: readonly string[];
  readonly say: (body: string, login?: string, association?: string) => void;
  /** From now on the token may only read. */
  readonly forbidWriting: () => void;
  readonly close: () => Promise<void>;
}

export async function startGitHub(): Promise<GitHub> {
  const notes: Note[] = [];
  const requests: string[] = [];
  let isReadOnly = false;
  const add = (body: string, login: string, association: string): Note => {
    const note = { id: 1000 + notes.length, body, user: { login }, author_association: association };
    notes.push(note);
    return note;
  };

  const answer = (request: IncomingMessage, text: string): readonly [status: number, data: unknown] => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    requests.push(`${request.method} ${pathname}`);
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return [401, { message: 'Bad credentials' }];
    if (request.headers['user-agent'] === undefined) return [403, { message: 'Request forbidden' }];
    // The token of a workflow belongs to no user.
    if (pathname === '/user') return [403, { message: 'Resource not accessible by integration' }];
    const list = pathname === '/repos/acme/app/issues/7/comments';
    if (request.method === 'GET' && list) {
      const size = Math.min(Number(searchParams.get('per_page') ?? 30), MAX_PAGE);
      const page = Number(searchParams.get('page') ?? 1);
      return [200, notes.slice((page - 1) * size, page * size)];
    }
    if (isReadOnly) return [403, { message: 'Resource not accessible by integration' }];
    const { body } = JSON.parse(text);
    if (typeof body !== 'string' || body.trim() === '' || [...body].length > MAX_BODY)
      return [422, { message: 'Validation Failed' }];
    if (request.method === 'POST' && list) return [201, add(body, BOT, 'NONE')];
    const [, id] = /^\/repos\/acme\/app\/issues\/comments\/(\d+)$/.exec(pathname) ?? [];
    const note = notes.find((one) => String(one.id) === id);
    if (request.method !== 'PATCH' || note === undefined) return [404, { message: 'Not Found' }];
    note.body = body;
    return [200, note];
  };

  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const [status, data] = answer(request, text);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(data));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(close);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    notes,
    requests,
    say: (body, login = 'dana', association = 'MEMBER') => {
      add(body, login, association);
    },
    forbidWriting: () => {
      isReadOnly = true;
    },
    close,
  };
}
