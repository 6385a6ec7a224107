/** A hard budget counts a request in whatever form it comes, and refuses what it cannot read. */
import { afterEach, describe, expect, test } from 'vitest';
import { isMeterError, type MeterOptions } from '../../runtime/src/index.ts';
import { collect, type SetUp, setUp } from './set-up.ts';

let on: SetUp;
afterEach(() => on.close());

const budget = { per: 'total', window: 'day', dollars: 0 } as const;
const body = JSON.stringify({
  model: 'large',
  messages: [{ role: 'user', content: 'Say something.' }],
  max_completion_tokens: 100,
});
const headers = { authorization: 'Bearer test-key', 'content-type': 'application/json' };

async function start(options: MeterOptions = { budgets: [budget] }): Promise<string> {
  on = await setUp(options);
  return `${on.provider.url}/v1/chat/completions`;
}

const bytes = new TextEncoder().encode(body);
const forms: Readonly<Record<string, (url: string) => readonly [string | URL | Request, RequestInit?]>> = {
  text: (url) => [url, { method: 'POST', headers, body }],
  'an URL': (url) => [new URL(url), { method: 'POST', headers, body }],
  'a slash at the end': (url) => [`${url}/`, { method: 'POST', headers, body }],
  'two slashes': (url) => [url.replace('/v1/', '//v1//'), { method: 'POST', headers, body }],
  'a Request': (url) => [new Request(url, { method: 'POST', headers, body })],
  'a Request and options': (url) => [new Request(url, { method: 'POST', headers }), { body }],
  bytes: (url) => [url, { method: 'POST', headers, body: bytes }],
  'a Buffer': (url) => [url, { method: 'POST', headers, body: Buffer.from(body) }],
  'an ArrayBuffer': (url) => [url, { method: 'POST', headers, body: bytes.slice().buffer }],
  'a Blob': (url) => [url, { method: 'POST', headers, body: new Blob([body]) }],
  'a stream': (url) => [
    url,
    { method: 'POST', headers, body: new Blob([body]).stream(), duplex: 'half' } as RequestInit,
  ],
};

describe.each(Object.entries(forms))('a request as %s', (name, form) => {
  test('is refused under a full cap, with the provider untouched', async () => {
    const url = await start();
    const response = await on.meter.fetch(...form(url));
    expect(response.status).toBe(402);
    expect(await response.json()).toMatchObject({ error: { code: 'budget_exceeded' } });
    expect(on.provider.calls).toHaveLength(0);
  });

  test('is sent as it is under a cap with room, and counted', async () => {
    const url = await start({ budgets: [{ ...budget, dollars: 1 }] });
    const response = await on.meter.fetch(...form(url));
    // The fake provider knows its addresses by their exact text.
    if (name === 'a slash at the end') expect(response.status).toBe(404);
    else {
      expect(await response.json()).toMatchObject({ object: 'chat.completion' });
      expect(on.provider.calls).toMatchObject([{ model: 'large' }]);
      await on.meter.flush();
      expect((await on.meter.remaining(budget)).spent).toBeGreaterThan(0);
    }
    expect(on.calls).toMatchObject([{ endpoint: 'openai-chat', model: 'large' }]);
  });
});

const unread: Readonly<Record<string, (origin: string) => readonly [string, RequestInit]>> = {
  'an address that is not known': (origin) => [
    `${origin}/v1/images/generations`,
    { method: 'POST', headers, body: '{}' },
  ],
  'a body that is no text': (origin) => [
    `${origin}/v1/chat/completions`,
    { method: 'POST', headers, body: new Uint8Array([0xff, 0xfe, 0]) },
  ],
  'a body that is not JSON': (origin) => [
    `${origin}/v1/chat/completions`,
    { method: 'POST', headers, body: 'model=large' },
  ],
  'a form': (origin) => [`${origin}/v1/audio/speech`, { method: 'POST', body: new FormData() }],
  'another method': (origin) => [`${origin}/v1/images/edits`, { method: 'PUT', headers, body: '{}' }],
};

describe.each(Object.entries(unread))('%s', (_, ask) => {
  test('is refused under a hard budget, and an event says so', async () => {
    await start({ budgets: [{ ...budget, dollars: 100 }] });
    const response = await on.meter.fetch(...ask(on.provider.url));
    expect(response.status).toBe(402);
    expect(await response.json()).toMatchObject({ error: { code: 'budget_unread' } });
    expect(on.provider.calls).toHaveLength(0);
    expect(on.events).toMatchObject([{ type: 'unread', effect: 'closed' }]);
    expect(on.calls).toMatchObject([{ status: 402, origin: 'refusal', cost: { amount: 0 } }]);
  });

  test('is sent where the application allows it, and an event says so', async () => {
    await start({ budgets: [budget], unread: 'allow' });
    await on.meter.fetch(...ask(on.provider.url));
    expect(on.provider.calls).toHaveLength(1);
    expect(on.events).toMatchObject([{ type: 'unread', effect: 'open' }]);
  });

  test('is sent under a soft budget, and under another user’s', async () => {
    await start({
      budgets: [
        { ...budget, mode: 'soft' },
        { ...budget, per: 'user' },
      ],
    });
    await on.meter.fetch(...ask(on.provider.url));
    expect(on.provider.calls).toHaveLength(1);
    expect(on.events).toEqual([]);
  });
});

test('what costs nothing is sent', async () => {
  await start();
  for (const [path, method] of [
    ['models', 'GET'],
    ['moderations', 'POST'],
    ['files', 'POST'],
  ] as const) {
    await on.meter.fetch(`${on.provider.url}/v1/${path}`, {
      method,
      headers,
      ...(method === 'POST' && { body: '{}' }),
    });
  }
  expect(on.provider.calls).toHaveLength(3);
});

test('a cap for a model holds for requests that do not say theirs', async () => {
  await start({ budgets: [{ ...budget, per: 'model', only: 'large' }] });
  const response = await on.meter.fetch(`${on.provider.url}/v1/images/generations`, {
    method: 'POST',
    headers,
    body: '{}',
  });
  expect(response.status).toBe(402);
});

test('a price that is not known is refused, whatever is allowed, until it is declared', async () => {
  const ask = (url: string) => on.meter.fetch(url, { method: 'POST', headers, body: body.replace('large', 'nobody') });
  for (const unread of ['refuse', 'allow'] as const) {
    const response = await ask(await start({ budgets: [{ ...budget, dollars: 100 }], unread }));
    expect(await response.text()).toContain('Declare the price of its model under `prices`');
    expect(response.status).toBe(402);
    expect(on.provider.calls).toEqual([]);
    await on.close();
  }
  const declared = await start({ budgets: [budget], prices: [{ model: 'nobody', input: 0, output: 0 }] });
  expect((await ask(declared)).status).toBe(200);
});

test('what cannot be bounded is refused, or sent where that is allowed', async () => {
  const stored = JSON.stringify({ model: 'large', prompt: { id: 'pmpt_1' } });
  const ask = (url: string) =>
    on.meter.fetch(url.replace('chat/completions', 'responses'), { method: 'POST', headers, body: stored });
  const refused = await ask(await start({ budgets: [{ ...budget, dollars: 100 }] }));
  expect([refused.status, await refused.text()]).toEqual([402, expect.stringContaining('cannot be bounded')]);
  await on.close();
  await ask(await start({ budgets: [budget], unread: 'allow' }));
  expect(on.provider.calls).toHaveLength(1);
  expect(on.events).toMatchObject([{ type: 'unread', effect: 'open' }]);
});

test('each SDK raises the refusal as its own error', async () => {
  await start();
  await expect(on.metered.openai.images.generate({ prompt: 'A farthing' })).rejects.toMatchObject({ status: 402 });
  await expect(on.metered.google.caches.create({ model: 'large', config: {} })).rejects.toMatchObject({ status: 402 });
  await expect(on.metered.anthropic.messages.batches.create({ requests: [] })).rejects.toMatchObject({
    status: 402,
    error: { type: 'error' },
  });
});

test('a closed meter refuses what a hard budget covers, and lets everything else go', async () => {
  const url = await start({ budgets: [{ per: 'user', window: 'day', dollars: 100 }] });
  const ask = () => on.meter.fetch(url, { method: 'POST', headers, body });
  await on.meter.close();
  expect((await on.meter.run({ user: 'ada' }, ask)).status).toBe(402);
  expect((await ask()).status).toBe(200);
  const { openai } = on.metered;
  const chat = { model: 'large', messages: [{ role: 'user' as const, content: 'Hi' }] };
  await expect(on.meter.run({ user: 'ada' }, () => openai.chat.completions.create(chat))).rejects.toMatchObject({
    status: 402,
    code: 'runtime_unavailable',
  });
  expect(on.provider.calls).toHaveLength(1);
});

test('a cap for each of many has no state without a name', async () => {
  await start();
  const each = { per: 'user', window: 'day', dollars: 1 } as const;
  await expect(on.meter.remaining(each)).rejects.toThrow('remaining: a budget per user has a cap for each user.');
  await expect(on.meter.remaining({ ...each, dollars: -1 })).rejects.toSatisfy(isMeterError);
  expect((await on.meter.remaining({ ...each, only: 'ada' })).scope.key).toBe('user:ada');
  expect((await on.meter.remaining(each, 'ada')).scope.key).toBe('user:ada');
});

test('a client whose requests cannot be read is not wrapped', async () => {
  await start();
  const other = { fetch, withOptions: () => other, images: { generate: () => {} } };
  expect(() => on.meter.wrap(other)).toThrow('meter.wrap takes a client of');
});

test("a bypass stays the application's own: streams and files pass as they came", async () => {
  const url = await start();
  const stream = JSON.stringify({ ...JSON.parse(body), stream: true });
  const response = await on.meter.run({ bypass: true }, () =>
    on.meter.fetch(new Request(url, { method: 'POST', headers, body: stream })),
  );
  expect((await collect(response.body ?? new ReadableStream())).length).toBeGreaterThan(0);
});
