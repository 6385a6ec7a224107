/** Streams: early stops, stalls, cuts, and what becomes of the provider. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type SetUp, setUp } from './set-up.ts';

let on: SetUp;
beforeAll(async () => {
  on = await setUp();
});
beforeEach(() => on.provider.reset());
afterEach(() => vi.useRealTimers());
afterAll(() => on.close());

const chat = {
  model: 'small',
  messages: [{ role: 'user' as const, content: 'Count.' }],
  max_completion_tokens: 2000,
  stream: true as const,
};

test('a reader that stops early stops the provider', async () => {
  on.provider.script({ outputTokens: 500, chunks: 500, hold: 'middle' });
  const stream = await on.metered.openai.chat.completions.create(chat);
  for await (const _ of stream) break;
  await on.provider.idle();
  const [call] = on.provider.calls;
  expect(call?.outcome).toBe('aborted');
  expect(call?.billed?.outputTokens).toBeLessThan(400);
  await on.meter.flush();
  expect(on.calls.at(-1)).toMatchObject({ end: 'cancelled', usage: null, cost: { basis: 'assumed' } });
  expect(await on.meter.report('end')).toMatchObject([{ key: 'cancelled', calls: 1, errors: 0 }]);
});

test("an aborted signal stops the provider and raises the SDK's own error", async () => {
  on.provider.script({ outputTokens: 500, chunks: 500, hold: 'middle' });
  const controller = new AbortController();
  const stream = await on.metered.openai.chat.completions.create(chat, { signal: controller.signal });
  let count = 0;
  for await (const _ of stream) if (++count === 3) controller.abort();
  await on.provider.idle();
  expect(on.provider.calls[0]?.outcome).toBe('aborted');
});

test('a stream that stalls is ended with an error that says what to do', async () => {
  const impatient = await setUp({ streamIdleTimeout: 300 });
  impatient.provider.script({ outputTokens: 50, chunks: 50, fault: { kind: 'stall', at: 5 } });
  const read = async (): Promise<void> => {
    for await (const _ of await impatient.metered.openai.chat.completions.create(chat));
  };
  await expect(read()).rejects.toThrow('streamIdleTimeout');
  await impatient.provider.idle();
  expect(impatient.calls.at(-1)).toMatchObject({ end: 'failed' });
  await impatient.close();
});

test('a provider may think for as long as it likes: no limit is set that the application did not set', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  on.provider.script({ outputTokens: 50, chunks: 50, fault: { kind: 'stall', at: 5 } });
  const controller = new AbortController();
  let chunks = 0;
  const read = async (): Promise<void> => {
    const stream = await on.metered.openai.chat.completions.create(chat, { signal: controller.signal });
    for await (const _ of stream) chunks++;
  };
  const reading = read();
  await expect.poll(() => chunks).toBeGreaterThan(3);
  const calls = on.calls.length;
  vi.advanceTimersByTime(9 * 60_000);
  await new Promise(setImmediate);
  // It is neither ended nor counted as left.
  expect(on.calls).toHaveLength(calls);
  controller.abort();
  await reading;
  await on.meter.flush();
  expect(on.calls.at(-1)).toMatchObject({ end: 'cancelled' });
});

test('an endless stream is ended after its time, whether or not it is read', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const bounded = await setUp({ streamTimeout: 150 });
  for (const isRead of [true, false]) {
    bounded.provider.reset();
    bounded.provider.script({ outputTokens: 500, chunks: 500, hold: 'middle' });
    const begun = Promise.withResolvers<void>();
    const late = Promise.withResolvers<void>();
    let chunks = 0;
    const read = async (): Promise<void> => {
      for await (const _ of await bounded.metered.openai.chat.completions.create(chat)) {
        if (++chunks !== 3) continue;
        begun.resolve();
        if (!isRead) await late.promise;
      }
    };
    const reading = read();
    await begun.promise;
    vi.advanceTimersByTime(150);
    late.resolve();
    await expect(reading).rejects.toThrow('streamTimeout');
    await bounded.provider.idle();
    expect(chunks).toBeLessThan(500);
    expect(bounded.provider.calls[0]?.outcome).toBe('aborted');
    // The actual cost is unknown: the prompt and the text that passed are charged.
    expect(bounded.calls.at(-1)).toMatchObject({ end: 'failed', usage: null, cost: { basis: 'assumed' } });
  }
  await bounded.close();
});

test('a stream that ends in its time is whole', async () => {
  const bounded = await setUp({ streamTimeout: 600_000 });
  bounded.provider.script({ outputTokens: 20, chunks: 20 });
  for await (const _ of await bounded.metered.openai.chat.completions.create(chat));
  await bounded.close();
  expect(bounded.calls.at(-1)).toMatchObject({ end: 'complete' });
});

test('a stream whose reader waits is not ended for that', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const impatient = await setUp({ streamIdleTimeout: 300 });
  impatient.provider.script({ outputTokens: 50, chunks: 50 });
  const stream = await impatient.metered.openai.chat.completions.create(chat);
  let count = 0;
  for await (const _ of stream) if (++count === 3) vi.advanceTimersByTime(450);
  expect(count).toBeGreaterThan(40);
  expect(impatient.calls.at(-1)).toMatchObject({ end: 'complete' });
  await impatient.close();
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
  const outputTokens = 10_000_000;
  on.provider.script({ outputTokens, chunks: 1000 });
  const ask = () => on.metered.openai.chat.completions.create({ ...chat, max_completion_tokens: outputTokens });
  const stream = await ask();
  await stream[Symbol.asyncIterator]().next();
  // For as long as another reader takes for all of it.
  for await (const _ of await ask());
  const [waiting, read] = on.provider.calls;
  // What fills the buffers of two sockets was sent.
  expect(waiting?.bytesSent).toBeLessThan((read?.bytesSent ?? 0) / 2);
  stream.controller.abort();
  await on.provider.idle();
});

test('usage that the reader did not ask for is counted and not shown', async () => {
  const chunks: object[] = [];
  for await (const chunk of await on.metered.openai.chat.completions.create(chat)) chunks.push(chunk);
  for (const chunk of chunks) expect(chunk).not.toHaveProperty('usage');
  expect(on.calls.at(-1)?.usage?.output).toBe(on.provider.calls[0]?.billed?.outputTokens);
});
