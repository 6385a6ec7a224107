import OpenAI from 'openai';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MeterOptions } from '../../runtime/src/index.ts';
import { type FakeProvider, startFakeProvider } from '../provider/server.ts';
import { collect, type SetUp, setUp } from './set-up.ts';

let on: SetUp;
let other: FakeProvider;
beforeEach(async () => {
  other = await startFakeProvider();
});
afterEach(async () => {
  vi.useRealTimers();
  await on.close();
  await other.close();
});

const chat = { model: 'large', messages: [{ role: 'user' as const, content: 'Hi' }], max_completion_tokens: 50 };

async function start(options: (other: string) => MeterOptions): Promise<void> {
  on = await setUp(options(`${other.url}/v1`));
}

const failover = (baseURL: string): MeterOptions => ({
  failover: { large: [{ model: 'small', baseURL, apiKey: 'other-key' }] },
});

test("without options a failure is the SDK's to retry, untouched", async () => {
  await start(() => ({}));
  on.provider.script([{ error: { status: 500, retryAfterMs: 1 } }]);
  const client = on.meter.wrap(new OpenAI({ apiKey: 'k', baseURL: `${on.provider.url}/v1`, maxRetries: 2 }));
  await client.chat.completions.create(chat);
  expect(on.calls.map(({ status }) => status)).toEqual([500, 200]);
});

test('retries of ours are not multiplied by those of the SDK', async () => {
  await start(() => ({ retries: 2 }));
  on.provider.script({ error: { status: 500, retryAfterMs: 1 } });
  const client = on.meter.wrap(new OpenAI({ apiKey: 'k', baseURL: `${on.provider.url}/v1`, maxRetries: 2 }));
  await expect(client.chat.completions.create(chat)).rejects.toMatchObject({ status: 500 });
  expect(on.provider.calls).toHaveLength(3);
  expect(on.calls).toMatchObject([{ status: 500, attempts: 3 }]);
});

test('a retry sends what was passed to fetch, even if the caller has changed it since', async () => {
  await start(() => ({ retries: 1 }));
  on.provider.script([{ error: { status: 500, retryAfterMs: 1 } }, { text: 'Yes.' }]);
  const headers = new Headers({ authorization: 'Bearer k', 'content-type': 'application/json', 'x-title': 'first' });
  const init: RequestInit = { method: 'POST', headers, body: JSON.stringify(chat) };
  const answer = on.meter.fetch(`${on.provider.url}/v1/chat/completions`, init);
  headers.set('x-title', 'second');
  init.method = 'PUT';
  expect((await answer).status).toBe(200);
  expect(on.provider.calls.map((call) => [call.method, call.headers?.['x-title']])).toEqual([
    ['POST', 'first'],
    ['POST', 'first'],
  ]);
});

test('a rate limit is waited for as the provider asks', async () => {
  await start(() => ({ retries: 1 }));
  on.provider.script([{ error: { status: 429, retryAfterMs: 120 } }]);
  const began = performance.now();
  await on.metered.openai.chat.completions.create(chat);
  expect(performance.now() - began).toBeGreaterThan(115);
});

test('a provider that asks for minutes is not waited for', async () => {
  await start(() => ({ retries: 3 }));
  on.provider.script({ error: { status: 429, retryAfter: 90 } });
  await expect(on.metered.openai.chat.completions.create(chat)).rejects.toMatchObject({ status: 429 });
  expect(on.provider.calls).toHaveLength(1);
});

test('an answer that breaks off is tried again where retries are ours, and is otherwise what it is without us', async () => {
  await start(() => ({ retries: 1 }));
  const { openai } = on.metered;
  const breakOff = { fault: { kind: 'disconnect', at: 'middle' } } as const;
  on.provider.script([breakOff, { text: 'Yes.' }]);
  expect((await openai.chat.completions.create(chat)).choices[0]?.message.content).toBe('Yes.');
  expect(on.calls).toMatchObject([{ status: 200, attempts: 2, end: 'complete' }]);
  on.provider.script(breakOff);
  const without = await on.plain.openai.chat.completions.create(chat).catch((error: unknown) => error);
  const broken = await openai.chat.completions.create(chat).catch((error: unknown) => error);
  expect(String(broken)).toBe(String(without));
  expect(on.calls.at(-1)).toMatchObject({ attempts: 2, end: 'failed', cost: null });
});

test('a stop while the answer comes is heard of from fetch', async () => {
  await start(() => ({}));
  on.provider.script({ fault: { kind: 'stall', at: 'middle' } });
  const stalled = on.metered.openai.chat.completions.create(chat, { timeout: 300 });
  await expect(stalled).rejects.toThrow(OpenAI.APIConnectionTimeoutError);
});

test('what would fail again in the same way is not retried', async () => {
  await start(() => ({ retries: 3 }));
  on.provider.script({ error: { status: 400 } });
  await expect(on.metered.openai.chat.completions.create(chat)).rejects.toMatchObject({ status: 400 });
  expect(on.provider.calls).toHaveLength(1);
});

test("a chain goes on to another server, with its own model and key, and never with the first one's", async () => {
  await start(failover);
  on.provider.script({ error: { status: 503 } });
  await on.metered.openai.chat.completions.create(chat);
  const [call] = other.calls;
  expect(call?.model).toBe('small');
  expect(call?.headers?.authorization).toBe('Bearer other-key');
  expect(JSON.stringify(call?.headers)).not.toContain('test-key');
  expect(on.calls[0]).toMatchObject({ model: 'small', attempts: 2, status: 200 });
  const target = `small at ${new URL(other.url).host}`;
  expect(on.calls[0]?.decisions).toMatchObject([{ outcome: 'failed-over', target, reason: 'status 503' }]);
});

test('a server that is gone fails over too, and streams begin at the next', async () => {
  await start(failover);
  on.provider.script({ fault: { kind: 'disconnect', at: 'start' } });
  const chunks = await collect(await on.metered.openai.chat.completions.create({ ...chat, stream: true }));
  expect(chunks.length).toBeGreaterThan(2);
});

test('if all fail, the last failure is the answer, and tells the SDK not to retry', async () => {
  await start(failover);
  on.provider.script({ error: { status: 500 } });
  other.script({ error: { status: 502 } });
  const client = on.meter.wrap(new OpenAI({ apiKey: 'k', baseURL: `${on.provider.url}/v1`, maxRetries: 3 }));
  await expect(client.chat.completions.create(chat)).rejects.toMatchObject({ status: 502 });
  expect(on.provider.calls.length + other.calls.length).toBe(2);
});

test('a target that keeps failing is left alone, and tried again after a pause', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
  await start((baseURL) => ({ ...failover(baseURL), breaker: { failures: 2, pause: 1500 } }));
  on.provider.script({ error: { status: 500 } });
  for (let i = 0; i < 5; i++) await on.metered.openai.chat.completions.create(chat);
  expect(on.provider.calls).toHaveLength(2);
  expect(other.calls).toHaveLength(5);
  on.provider.reset();
  vi.advanceTimersByTime(1600);
  await on.metered.openai.chat.completions.create(chat);
  expect(on.provider.calls).toHaveLength(1);
});

test('a provider that does not begin in time fails over', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await start((baseURL) => ({ ...failover(baseURL), timeout: 100 }));
  on.provider.script({ fault: { kind: 'stall', at: 'start' } });
  const answer = on.metered.openai.chat.completions.create(chat);
  await on.provider.until((calls) => calls[0]?.isHeld === true);
  vi.advanceTimersByTime(100);
  await answer;
  expect(other.calls).toHaveLength(1);
  await on.provider.idle();
  expect(on.provider.calls[0]?.outcome).toBe('aborted');
});

test('an abort ends the waiting between attempts', async () => {
  await start(() => ({ retries: 3 }));
  on.provider.script({ error: { status: 500, retryAfter: 10 } });
  const controller = new AbortController();
  const call = on.metered.openai.chat.completions.create(chat, { signal: controller.signal });
  await on.provider.until((calls) => calls[0]?.outcome === 'served');
  controller.abort();
  await expect(call).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
  expect(on.provider.calls).toHaveLength(1);
});

test('an answer of another model than the one that was asked for is not kept', async () => {
  await start((baseURL) => ({ ...failover(baseURL), cache: { mode: 'on' } }));
  on.provider.script([{ error: { status: 500 } }]);
  const ask = () => on.metered.openai.chat.completions.create({ ...chat, temperature: 0 });
  await ask();
  await on.meter.flush();
  await ask();
  expect(on.calls.map(({ origin, model }) => [origin, model])).toEqual([
    ['provider', 'small'],
    ['provider', 'large'],
  ]);
});
