/**
 * Callers that give up, at every stage of a call: they return at once, the provider is stopped, the reservation ends,
 * the ledger has one row, nothing partial is kept, and the next caller is served.
 */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type MeterOptions, memoryStores } from '../../runtime/src/index.ts';
import { priceTable } from '../provider/log.ts';
import type { Step } from '../provider/script.ts';
import { arrivals, type SetUp, setUp } from '../runtime/set-up.ts';

let on: SetUp;
afterEach(async () => {
  vi.useRealTimers();
  await on.close();
});

const total = { per: 'total', window: 'day', dollars: 1 } as const;
const priceOf = priceTable({ small: { input: 1000, output: 2000 } });
const chat = {
  model: 'small',
  messages: [{ role: 'user' as const, content: 'Say something.' }],
  max_completion_tokens: 60,
  temperature: 0,
};

async function start(options: MeterOptions = {}): Promise<void> {
  on = await setUp({ cache: { mode: 'on' }, budgets: [total], ...options });
}

async function read(signal: AbortSignal, stream: boolean, onChunk: (count: number) => void = () => {}): Promise<void> {
  const body = { ...chat, stream };
  if (!stream) return void (await on.metered.openai.chat.completions.create({ ...body, stream: false }, { signal }));
  let count = 0;
  for await (const _ of await on.metered.openai.chat.completions.create({ ...body, stream: true }, { signal })) {
    onChunk(++count);
  }
}

/** What has to be true behind every one of them. */
async function isSound(end: string): Promise<void> {
  await on.provider.idle();
  await expect.poll(() => on.calls).toMatchObject([{ end }]);
  await on.meter.flush();
  const state = await on.meter.remaining(total);
  expect(state.reserved).toBe(0);
  expect(state.spent).toBeGreaterThanOrEqual(on.provider.spend(priceOf));
  const sent = on.provider.calls.length;
  on.provider.reset();
  await read(new AbortController().signal, false);
  await on.meter.flush();
  expect(on.provider.calls).toHaveLength(1);
  expect(on.calls.map(({ origin }) => origin)[1]).toBe('provider');
  const [group] = await on.meter.report('provider');
  expect(group?.calls).toBe(2);
  expect(sent).toBeLessThanOrEqual(1);
}

const isHeld = (): Promise<void> => on.provider.until(([call]) => call?.isHeld === true);

const endless: Step = { outputTokens: 60, chunks: 60, fault: { kind: 'stall', at: 'middle' } };
const STAGES: readonly [string, Step][] = [
  ['while it waits for headers', { fault: { kind: 'stall', at: 'start' } }],
  ['in the middle of a body', { outputTokens: 60, fault: { kind: 'stall', at: 'middle' } }],
];

describe.each([
  ['cached and joined', {}],
  ['on its own', { cache: { mode: 'off' }, deduplicate: 'off' }],
  ['with attempts of ours', { cache: { mode: 'off' }, retries: 2, timeout: 60_000 }],
] satisfies [string, MeterOptions][])('a call %s', (_, options) => {
  test('is given up before it is sent', async () => {
    await start(options);
    await expect(read(AbortSignal.abort(), false)).rejects.toThrow('aborted');
    // The SDK itself sends nothing: its fetch is not called.
    expect(on.calls).toEqual([]);
    const response = on.meter.fetch(`${on.provider.url}/v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify(chat),
      signal: AbortSignal.abort(),
    });
    await expect(response).rejects.toThrow('aborted');
    expect(on.provider.calls).toEqual([]);
    await isSound('cancelled');
  });

  test.each(STAGES)('is given up %s', async (_stage, step) => {
    for (const stream of [false, true]) {
      await start(options);
      on.provider.script(step);
      const controller = new AbortController();
      const begun = Promise.withResolvers<void>();
      const reading = read(controller.signal, stream, () => begun.resolve());
      const hasBegun = stream && step.fault?.at !== 'start';
      await isHeld();
      if (hasBegun) await begun.promise;
      controller.abort();
      // A stream that is stopped ends without an error in this SDK. Nothing else would end these: no more comes.
      await reading.catch((error: Error) => expect(error.message).toMatch(/abort/));
      await isSound('cancelled');
      if (!stream) await on.close();
    }
  });

  test('is given up in the middle of a stream, by abort and by leaving it', async () => {
    for (const isLeft of [false, true]) {
      await start(options);
      on.provider.script(endless);
      const controller = new AbortController();
      const stop = (count: number): void => {
        if (count < 5) return;
        if (isLeft) throw new Error('enough');
        controller.abort();
      };
      await read(controller.signal, true, stop).catch(() => {});
      await isSound('cancelled');
      if (!isLeft) await on.close();
    }
  });

  test('is given up between two reads of a stream that is then abandoned', async () => {
    await start(options);
    on.provider.script(endless);
    const controller = new AbortController();
    // Without an SDK, which may read ahead.
    const { body } = await on.meter.fetch(`${on.provider.url}/v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({ ...chat, stream: true }),
      signal: controller.signal,
    });
    await body?.getReader().read();
    controller.abort();
    await isSound('cancelled');
  });
});

test('calls that are given up do not open the breaker of their target', async () => {
  await start({
    breaker: { failures: 2, pause: 60_000 },
    failover: { small: [{ model: 'large' }] },
    cache: { mode: 'off' },
  });
  for (const stream of [false, true, false]) {
    on.provider.script({ fault: { kind: 'stall', at: 'start' } });
    const controller = new AbortController();
    const reading = read(controller.signal, stream);
    await isHeld();
    controller.abort();
    await reading.catch(() => {});
    await on.provider.idle();
    on.provider.reset();
  }
  await read(new AbortController().signal, false);
  expect(on.provider.calls).toMatchObject([{ model: 'small' }]);
});

test('what a limit takes after its caller has given up is given back', async () => {
  const stores = memoryStores();
  const gate = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const take: typeof stores.rates.take = async (buckets) => {
    asked.resolve();
    await gate.promise;
    return stores.rates.take(buckets);
  };
  // One request in an hour: what is taken does not come back by itself.
  await start({
    stores: { ...stores, rates: { ...stores.rates, take } },
    limits: [{ per: 'total', requests: 1, tokens: 500, seconds: 3600 }],
  });
  const controller = new AbortController();
  const reading = read(controller.signal, false);
  await asked.promise;
  controller.abort();
  await reading.catch(() => {});
  gate.resolve();
  await on.meter.flush();
  await read(new AbortController().signal, false);
  expect(on.provider.calls).toHaveLength(1);
});

test('an abort when all has ended changes nothing', async () => {
  await start();
  for (const stream of [false, true]) {
    const controller = new AbortController();
    await read(controller.signal, stream);
    controller.abort();
    await on.meter.flush();
  }
  await on.meter.flush();
  expect(on.calls).toMatchObject([{ end: 'complete' }, { end: 'complete', origin: 'exact-cache' }]);
  expect(await on.meter.remaining(total)).toMatchObject({ reserved: 0, spent: on.provider.spend(priceOf) });
});

test('calls that are given up in the queue leave it, and those behind them go on', async () => {
  const calls = arrivals();
  const without: MeterOptions = { cache: { mode: 'off' }, deduplicate: 'off', validate: { check: calls.check } };
  await start({ queue: { concurrency: 1 }, ...without });
  on.provider.script({ hold: 'start' });
  const first = read(new AbortController().signal, false);
  await isHeld();
  const controller = new AbortController();
  const left = Array.from({ length: 20 }, () => read(controller.signal, false).catch(() => 'left'));
  const last = read(new AbortController().signal, false);
  await calls.came(22);
  controller.abort();
  expect(new Set(await Promise.all(left))).toEqual(new Set(['left']));
  on.provider.release();
  await first;
  await on.provider.until(([, call]) => call?.isHeld === true);
  on.provider.release();
  await last;
  expect(on.provider.calls).toHaveLength(2);
  await on.meter.flush();
  expect((await on.meter.remaining(total)).reserved).toBe(0);
});

test('a stream that its reader leaves without a word ends its call in time, and holds neither a flush nor the queue', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await start({ queue: { concurrency: 1 }, cache: { mode: 'off' } });
  on.provider.script({ isStream: true }, { outputTokens: 60, chunks: 60, hold: 'middle' });
  const ask = { model: 'small', contents: 'Say something.', config: { maxOutputTokens: 60 } };
  // This SDK does not cancel what is left.
  const stream = await on.metered.google.models.generateContentStream(ask);
  await stream.next();
  // Resolves though the stream is open.
  await on.meter.flush();
  const next = on.metered.google.models.generateContent(ask);
  vi.advanceTimersByTime(120_000);
  await next;
  await on.meter.flush();
  expect(on.calls).toMatchObject([{ end: 'cancelled', usage: null }, { end: 'complete' }]);
  expect((await on.meter.remaining(total)).reserved).toBe(0);
  // A reader that returns to it finds the rest.
  on.provider.release();
  let rest = 0;
  for await (const _ of stream) rest++;
  expect(rest).toBeGreaterThan(30);
});
