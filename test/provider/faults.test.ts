/** What goes wrong on purpose, as a client sees it. */
import { once } from 'node:events';
import { connect } from 'node:net';
import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Step } from './script.ts';
import { type FakeProvider, startFakeProvider } from './server.ts';

let provider: FakeProvider;
beforeAll(async () => {
  provider = await startFakeProvider();
});
afterEach(() => provider.reset());
afterAll(() => provider.close());

const messages = [{ role: 'user', content: 'What is a farthing?' }];

function send(body: object = {}, signal: AbortSignal | null = null): Promise<Response> {
  return fetch(`${provider.url}/v1/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model: 'm', messages, ...body }),
    signal,
  });
}

/** The text that comes before a body breaks. */
async function readUntilBroken(response: Response): Promise<{ readonly text: string; readonly isBroken: boolean }> {
  let text = '';
  try {
    for await (const part of response.body ?? []) text += new TextDecoder().decode(part);
    return { text, isBroken: false };
  } catch {
    return { text, isBroken: true };
  }
}

/** So many events of a stream that then stalls; the client gives up when it has them, and no more will come. */
async function readUntilStalled(events: number): Promise<string> {
  const held = nextHeld();
  let text = '';
  for await (const part of (await send({ stream: true })).body ?? []) {
    text += new TextDecoder().decode(part);
    if (text.split('data: ').length <= events) continue;
    await held;
    break;
  }
  return text;
}

/** Resolves when the answer to the next request waits. */
function nextHeld(): Promise<void> {
  const before = provider.calls.length;
  return provider.until((calls) => calls[before]?.isHeld === true);
}

/** Gives up once the answer stalls. */
async function sendUntilStalled(): Promise<Response> {
  const stop = new AbortController();
  void nextHeld().then(() => stop.abort());
  return send({}, stop.signal);
}

test('a disconnect before anything is sent fails the request', async () => {
  provider.script({ fault: { kind: 'disconnect', at: 'start' } });
  await expect(send()).rejects.toThrow('fetch failed');
  await provider.idle();
  expect(provider.calls[0]).toMatchObject({ outcome: 'broken', status: null, bytesSent: 0 });
});

test('a disconnect after the headers, or in the middle, breaks the body there', async () => {
  provider.script([
    { fault: { kind: 'disconnect', at: 'headers' } },
    { fault: { kind: 'disconnect', at: 'middle' } },
    { fault: { kind: 'disconnect', at: 10 } },
  ]);
  expect(await readUntilBroken(await send())).toEqual({ text: '', isBroken: true });
  const middle = await readUntilBroken(await send());
  expect(middle.text).toMatch(/^\{"id":/);
  expect(middle.isBroken).toBe(true);
  expect(await readUntilBroken(await send())).toEqual({ text: middle.text.slice(0, 10), isBroken: true });
});

test('a stream is disconnected after a number of events', async () => {
  provider.script({ fault: { kind: 'disconnect', at: 3 } });
  const { text, isBroken } = await readUntilBroken(await send({ stream: true }));
  expect(text.match(/data: /g)).toHaveLength(3);
  expect(isBroken).toBe(true);
});

test('a stall sends nothing, or headers, or a part, and then waits until the client gives up', async () => {
  provider.script([
    { fault: { kind: 'stall', at: 'start' } },
    { fault: { kind: 'stall', at: 'headers' } },
    { fault: { kind: 'stall', at: 2 } },
  ]);
  await expect(sendUntilStalled()).rejects.toThrow('aborted');
  await sendUntilStalled().catch(() => {});
  const text = await readUntilStalled(2);
  expect(text.match(/data: /g)).toHaveLength(2);
  await provider.idle();
  expect(provider.calls.map(({ outcome, status, bytesSent }) => [outcome, status, bytesSent])).toEqual([
    ['aborted', null, 0],
    ['aborted', 200, 0],
    ['aborted', 200, text.length],
  ]);
});

test.each(['start', 'headers', 'middle', 3] as const)('an answer is held at %s until it is released', async (hold) => {
  for (const stream of [false, true]) {
    const whole = await (await send({ stream })).text();
    provider.script([{ hold }]);
    const held = nextHeld();
    const answer = send({ stream }).then((response) => response.text());
    await held;
    const sent = provider.calls.at(-1);
    expect(sent?.status).toBe(hold === 'start' ? null : 200);
    expect(sent?.bytesSent).toBeLessThan(whole.length);
    if (typeof hold === 'string') expect((sent?.bytesSent ?? 0) > 0).toBe(hold === 'middle');
    provider.release();
    expect(await answer).toBe(whole);
    expect(sent).toMatchObject({ isHeld: false, bytesSent: Buffer.byteLength(whole) });
  }
});

test('an answer that is held may be given up, and a stall is not released', async () => {
  provider.script([{ hold: 'start' }]);
  await expect(sendUntilStalled()).rejects.toThrow('aborted');
  provider.script([{ fault: { kind: 'stall', at: 'start' } }]);
  const held = nextHeld();
  const stop = new AbortController();
  const answer = send({}, stop.signal);
  await held;
  provider.release();
  await provider.until((calls) => calls[1]?.isHeld === true);
  stop.abort();
  await expect(answer).rejects.toThrow('aborted');
  await provider.idle();
  expect(provider.calls.map(({ outcome }) => outcome)).toEqual(['aborted', 'aborted']);
});

test('an answer that is cut ends as if it were whole', async () => {
  provider.script([{ fault: { kind: 'cut', at: 'middle' } }, { fault: { kind: 'cut', at: 4 } }]);
  const body = await (await send()).text();
  expect(() => JSON.parse(body)).toThrow(SyntaxError);
  const { text, isBroken } = await readUntilBroken(await send({ stream: true }));
  expect(text).not.toContain('[DONE]');
  expect(isBroken).toBe(false);
});

test('a body may be anything, with any type', async () => {
  const bytes = Buffer.from([0xff, 0x00, 0x1f, 0x8b]);
  provider.script([
    { body: { content: '<html>Bad gateway</html>', status: 502 }, contentType: 'text/html' },
    { body: { content: bytes.toString('base64'), form: 'base64' }, contentType: 'application/octet-stream' },
    { contentType: 'text/plain' },
  ]);
  const page = await send();
  expect([page.status, page.headers.get('content-type'), await page.text()]).toEqual([
    502,
    'text/html',
    '<html>Bad gateway</html>',
  ]);
  expect(Buffer.from(await (await send()).arrayBuffer())).toEqual(bytes);
  expect((await send()).headers.get('content-type')).toBe('text/plain');
});

test('a path that is not spoken is answered where a script says how', async () => {
  provider.script({ path: '/v1/files' }, { body: { content: '{"id":"file_1"}' } });
  const client = new OpenAI({ baseURL: `${provider.url}/v1`, apiKey: 'key', maxRetries: 0 });
  const file = new File([new Uint8Array([1, 2, 255])], 'a.bin');
  expect(await client.files.create({ file, purpose: 'user_data' })).toMatchObject({ id: 'file_1' });
  expect(provider.calls[0]?.body?.includes(Buffer.from([1, 2, 255]))).toBe(true);
  expect(provider.calls[0]).toMatchObject({ wire: null, billed: null, method: 'POST' });
});

test('encoded answers are what they are without encoding, streamed or not', async () => {
  for (const stream of [false, true]) {
    const plain = await (await send({ stream })).text();
    for (const encoding of ['gzip', 'deflate', 'br'] as const) {
      provider.script([{ encoding }]);
      const response = await send({ stream });
      expect(response.headers.get('content-encoding')).toBe(encoding);
      expect(await response.text()).toBe(plain);
    }
  }
});

test('an encoded stream arrives event by event', async () => {
  provider.script({ encoding: 'gzip', fault: { kind: 'stall', at: 2 } });
  expect((await readUntilStalled(2)).match(/data: /g)).toHaveLength(2);
});

test('huge answers, whole and streamed, have the tokens that they say', async () => {
  provider.script({ outputTokens: 2_000_000 });
  const { choices, usage } = (await (await send()).json()) as OpenAI.ChatCompletion;
  expect(choices[0]?.message.content).toHaveLength(8_000_000);
  expect(usage?.completion_tokens).toBe(2_000_000);
  const streamed = await (await send({ stream: true })).text();
  expect(streamed.length).toBeGreaterThan(8_000_000);
});

test('headers, and each chunk, come as late as the script says', async () => {
  provider.script({ delayMs: 80, chunkDelayMs: 40, chunks: ['a', 'b', 'c'], text: 'abc' });
  const start = performance.now();
  const response = await send({ stream: true });
  const headers = performance.now() - start;
  const text = await response.text();
  const whole = performance.now() - start;
  expect(headers).toBeGreaterThanOrEqual(79);
  // Six events: a beginning, three chunks, the reason for the end, [DONE].
  expect(whole).toBeGreaterThanOrEqual(79 + 5 * 39);
  expect(text.match(/"content":"[abc]"/g)).toHaveLength(3);
});

test('usage may be missing or wrong while the bill stays true', async () => {
  const lies: Step[] = [{ reports: 'nothing' }, { reports: { prompt_tokens: '12', completion_tokens: -4 } }];
  provider.script(lies);
  expect(await (await send()).json()).not.toHaveProperty('usage');
  expect(await (await send()).json()).toMatchObject({ usage: { prompt_tokens: '12', completion_tokens: -4 } });
  const [first, second] = provider.calls;
  expect(first?.billed).toMatchObject({ inputTokens: 5, outputTokens: 12 });
  expect(second?.billed).toEqual(first?.billed);
});

test('scripts hold for the requests that they match, in order', async () => {
  provider.script({ text: 'penny' }, [{ text: 'One.' }]);
  provider.script({ headers: { 'X-Feature': 'chat' } }, { text: 'Two.' });
  provider.script(({ ask }) => ask?.isStream === false, { text: 'Three.' });
  const client = new OpenAI({ baseURL: `${provider.url}/v1`, apiKey: 'key', maxRetries: 0 });
  const say = async (content: string, headers = {}) => {
    const request = { model: 'm', messages: [{ role: 'user' as const, content }] };
    return (await client.chat.completions.create(request, { headers })).choices[0]?.message.content;
  };
  expect(await say('A penny')).toBe('One.');
  expect(await say('A penny')).toBe('Three.');
  expect(await say('A penny', { 'x-feature': 'chat' })).toBe('Two.');
});

test('a request that is cut off before its end is recorded as such', async () => {
  const socket = connect(Number(new URL(provider.url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write('POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{"model":');
  await provider.until((calls) => calls.length === 1);
  socket.destroy();
  await provider.idle();
  expect(provider.calls[0]).toMatchObject({ isReceived: false, outcome: 'aborted', billed: null });
});
