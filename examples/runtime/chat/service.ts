/** A chat service: `POST /chat` with `{"user", "message"}` streams the answer as server-sent events. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import OpenAI from 'openai';
import { meter, USER_BUDGET } from './meter.ts';

const openai = meter.wrap(new OpenAI({ maxRetries: 1 }));

const SYSTEM = 'You answer visitors of the tide museum. Answer in two sentences. If you do not know, say so.';
type Message = OpenAI.ChatCompletionMessageParam;
const histories = new Map<string, Message[]>();

export function createService(): Server {
  return createServer((request, response) => {
    if (request.method !== 'POST' || request.url !== '/chat') {
      response.writeHead(404).end();
      return;
    }
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else fail(response, error);
    });
  });
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked = questionOf(await textOf(request));
  if (asked === null) {
    refuse(response, 400, 'Send {"user": "...", "message": "..."}.');
    return;
  }
  const { user, message } = asked;
  const history = histories.get(user) ?? [];
  const question: Message = { role: 'user', content: message };
  // A visitor who closes the page stops the answer, at the provider as well.
  const gone = new AbortController();
  response.on('close', () => gone.abort());

  await meter.run({ feature: 'chat', user }, async () => {
    const stream = await openai.chat.completions.create(
      {
        model: 'gpt-6-sol',
        // Without chance in it, the same question has the same answer, which may then be cached.
        temperature: 0,
        max_completion_tokens: 400,
        stream: true,
        messages: [{ role: 'system', content: SYSTEM }, ...history, question],
      },
      { signal: gone.signal },
    );
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    let text = '';
    for await (const chunk of stream) {
      const piece = chunk.choices[0]?.delta.content ?? '';
      text += piece;
      send(response, 'text', piece);
    }
    histories.set(user, [...history, question, { role: 'assistant', content: text }]);
    const call = meter.lastCall();
    const { spent, reserved, scope } = await meter.remaining(USER_BUDGET, user);
    send(response, 'call', {
      origin: call?.origin,
      cost: call?.cost,
      saved: call?.saved,
      left: scope.cap - spent - reserved,
    });
    response.end();
  });
}

/** A refusal of a budget is an error of the SDK like any other of the provider's, with status 402. */
function fail(response: ServerResponse, error: unknown): void {
  const status = error instanceof OpenAI.APIError && error.status === 402 ? 402 : 500;
  const message = status === 402 && error instanceof Error ? error.message : 'The answer failed. Try again later.';
  refuse(response, status, message);
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error: message }));
}

/** Null for a body that is not a question. */
function questionOf(body: string): { user: string; message: string } | null {
  try {
    const { user, message } = JSON.parse(body) as Record<string, unknown>;
    return typeof user === 'string' && typeof message === 'string' ? { user, message } : null;
  } catch {
    return null;
  }
}

function send(response: ServerResponse, event: string, data: unknown): void {
  response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}
