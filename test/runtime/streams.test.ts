/** Streams: early stops, stalls, cuts, and what becomes of the provider. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type SetUp, setUp } from './set-up.ts';

let on: SetUp;
beforeAll(async () => {
  on = await setUp({ streamIdleTimeout: 300 });
});
beforeEach(() => on.provider.reset());
afterAll(() => on.close());

const chat = {
  model: 'small',
  messages: [{ role: 'user' as const, content: 'Count.' }],
  max_completion_tokens: 2000,
  stream: true as const,
};

test('a reader that stops early stops the provider', async () => {
  on.provider.script({ outputTokens: 500, chunks: 500, chunkDelayMs: 2 });
  const stream = await on.metered.openai.chat.completions.create(chat);
  for await (const _ of stream) break;
  await on.provider.idle();
  const [call] = on.provider.calls;
  expect(call?.outcome).toBe('aborted');
  expect(call?.billed?.outputTokens).toBeLessThan(400);
  await on.meter.flush();
  expect(on.calls.at(-1)).toMatchObject({ end: 'cancelled', usage: null, cost: null });
});

test("an aborted signal stops the provider and raises the SDK's own error", async () => {
  on.provider.script({ outputTokens: 500, chunks: 500, chunkDelayMs: 2 });
  const controller = new AbortController();
  const stream = await on.metered.openai.chat.completions.create(chat, { signal: controller.signal });
  let count = 0;
  for await (const _ of stream) if (++count === 3) controller.abort();
  await on.provider.idle();
  expect(on.provider.calls[0]?.outcome).toBe('aborted');
});

test('a stream that stalls is ended with an error that says what to do', async () => {
  on.provider.script({ outputTokens: 50, chunks: 50, fault: { kind: 'stall', at: 5 } });
  const read = async (): Promise<void> => {
    for await (const _ of await on.metered.openai.chat.completions.create(chat));
  };
  await expect(read()).rejects.toThrow('streamIdleTimeout');
  await on.provider.idle();
  expect(on.calls.at(-1)).toMatchObject({ end: 'failed' });
});

test('a stream that goes on and on is ended after its time, whether or not somebody reads', async () => {
  const bounded = await setUp({ streamTimeout: 150 });
  for (const pause of [0, 400]) {
    bounded.provider.reset();
    bounded.provider.script({ outputTokens: 500, chunks: 500, chunkDelayMs: 5 });
    let chunks = 0;
    const read = async (): Promise<void> => {
      for await (const _ of await bounded.metered.openai.chat.completions.create(chat)) {
        if (++chunks === 3 && pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
      }
    };
    await expect(read()).rejects.toThrow('streamTimeout');
    await bounded.provider.idle();
    expect(chunks).toBeGreaterThan(2);
    expect(bounded.provider.calls[0]?.outcome).toBe('aborted');
    expect(bounded.calls.at(-1)).toMatchObject({ end: 'failed', cost: null });
  }
  await bounded.close();
});

test('a stream that ends in its time is whole', async () => {
  const bounded = await setUp({ streamTimeout: 5_000 });
  bounded.provider.script({ outputTokens: 20, chunks: 20 });
  for await (const _ of await bounded.metered.openai.chat.completions.create(chat));
  await bounded.close();
  expect(bounded.calls.at(-1)).toMatchObject({ end: 'complete' });
});

test('a stream whose reader waits is not ended for that', async () => {
  on.provider.script({ outputTokens: 50, chunks: 50 });
  const stream = await on.metered.openai.chat.completions.create(chat);
  let count = 0;
  for await (const _ of stream) if (++count === 3) await new Promise((resolve) => setTimeout(resolve, 450));
  expect(count).toBeGreaterThan(40);
  expect(on.calls.at(-1)).toMatchObject({ end: 'complete' });
});

test.each(['disconnect', 'cut', 'error'] as const)('a stream that ends by %s has failed', async (kind) => {
  on.provider.script({ outputTokens: 50, chunks: 50, fault: { kind, at: 5 } });
  const read = async (): Promise<void> => {
    for await (const _ of await on.metered.openai.chat.completions.create(chat));
  };
  await read().catch(() => {});
  await on.meter.flush();
  expect(on.calls.at(-1)).toMatchObject({ end: 'failed', usage: null });
});

test('nothing is read ahead of a reader that waits', async () => {
  on.provider.script({ outputTokens: 200_000, chunks: 2000 });
  const stream = await on.metered.openai.chat.completions.create({ ...chat, max_completion_tokens: 300_000 });
  const iterator = stream[Symbol.asyncIterator]();
  await iterator.next();
  await new Promise((resolve) => setTimeout(resolve, 150));
  const before = on.provider.calls[0]?.bytesSent ?? 0;
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(on.provider.calls[0]?.bytesSent).toBe(before);
  stream.controller.abort();
  await on.provider.idle();
});

test('usage that the reader did not ask for is counted and not shown', async () => {
  const chunks: object[] = [];
  for await (const chunk of await on.metered.openai.chat.completions.create(chat)) chunks.push(chunk);
  for (const chunk of chunks) expect(chunk).not.toHaveProperty('usage');
  expect(on.calls.at(-1)?.usage?.output).toBe(on.provider.calls[0]?.billed?.outputTokens);
});
