/**
 * Providers that break, through the real SDKs: each fault ends the call in time, nothing wrong or partial is kept or
 * joined, what was settled is in the ledger, and the budget counts at least what the provider billed.
 */
import { createServer, type Server } from 'node:net';
import OpenAI from 'openai';
import { afterEach, describe, expect, test } from 'vitest';
import { type MeterOptions, memoryStores } from '../../runtime/src/index.ts';
import { priceTable } from '../provider/log.ts';
import type { Step } from '../provider/script.ts';
import { collect, type SetUp, setUp } from '../runtime/set-up.ts';

let on: SetUp;
afterEach(() => on.close());

const total = { per: 'total', window: 'day', dollars: 1 } as const;
const priceOf = priceTable({ small: { input: 1000, output: 2000 } });
const prompt = 'Say something.';

type Ask = (options?: { signal?: AbortSignal }) => Promise<unknown>;

function asks(): Readonly<Record<string, Ask>> {
  const { openai, anthropic, google } = on.metered;
  const messages = [{ role: 'user' as const, content: prompt }];
  const chat = { model: 'small', messages, max_completion_tokens: 60, temperature: 0 };
  const message = { model: 'small', messages, max_tokens: 60, temperature: 0 };
  const generation = (signal?: AbortSignal) => ({
    model: 'small',
    contents: prompt,
    config: { maxOutputTokens: 60, temperature: 0, ...(signal !== undefined && { abortSignal: signal }) },
  });
  return {
    openai: (options) => openai.chat.completions.create(chat, options),
    'openai, streaming': async (options) =>
      collect(await openai.chat.completions.create({ ...chat, stream: true }, options)),
    anthropic: (options) => anthropic.messages.create(message, options),
    'anthropic, streaming': async (options) =>
      collect(await anthropic.messages.create({ ...message, stream: true }, options)),
    google: (options) => google.models.generateContent(generation(options?.signal)),
    'google, streaming': async (options) =>
      collect(await google.models.generateContentStream(generation(options?.signal))),
  };
}
const NAMES = ['openai', 'openai, streaming', 'anthropic', 'anthropic, streaming', 'google', 'google, streaming'];

const long = { outputTokens: 60, chunks: 12 };
const FAULTS: Readonly<Record<string, Step>> = {
  'a connection that breaks at once': { fault: { kind: 'disconnect', at: 'start' } },
  'a connection that breaks behind the headers': { ...long, fault: { kind: 'disconnect', at: 'headers' } },
  'a connection that breaks in the middle': { ...long, fault: { kind: 'disconnect', at: 'middle' } },
  'an answer that ends in the middle': { ...long, fault: { kind: 'cut', at: 'middle' } },
  'an error in the middle': { ...long, fault: { kind: 'error', at: 'middle' } },
  garbage: { body: { content: '\u0000{"choices":[[[<garbage' } },
  'bytes that are no text': { body: { content: 'gIGCg4SF/v8=', form: 'base64' } },
  'an empty body': { body: { content: '' } },
  'JSON of another kind': { body: { content: '[{"choices":"many","usage":{"prompt_tokens":-1}}]' } },
  'a page of HTML': { body: { content: '<html>Bad gateway</html>' }, contentType: 'text/html' },
  'a compressed body that ends early': { ...long, encoding: 'gzip', fault: { kind: 'cut', at: 'middle' } },
};

async function start(step: Step, options: MeterOptions = {}): Promise<void> {
  on = await setUp({ cache: { mode: 'on' }, deduplicate: 'on', budgets: [total], ...options });
  on.provider.script(step);
}

/** How a call ended, as the application sees it. */
const outcomeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'an answer',
    (error: Error) => error.constructor.name,
  );

describe.each(Object.entries(FAULTS))('%s', (_, step) => {
  test.each(NAMES)('%s', async (name) => {
    await start(step);
    // Error events only occur in streams, not in whole answers.
    const isWhole = step.fault?.kind === 'error' && !name.includes('streaming');
    const ask = asks()[name] as Ask;
    const first = await outcomeOf(ask());
    await on.meter.flush();
    const second = await outcomeOf(ask());
    await on.meter.flush();
    await on.provider.idle();
    expect(second).toBe(first);
    expect(on.provider.calls).toHaveLength(isWhole ? 1 : 2);
    expect(on.events.filter(({ type }) => type === 'layer-failed')).toEqual([]);
    const state = await on.meter.remaining(total);
    expect(state.reserved).toBe(0);
    expect(state.spent).toBeGreaterThanOrEqual(on.provider.spend(priceOf));
    const [group] = await on.meter.report('provider');
    expect(group?.calls).toBe(2);
    on.provider.reset();
    await ask();
    await on.meter.flush();
    expect(on.calls.at(-1)).toMatchObject({ status: 200, end: 'complete' });
  });
});

describe('a provider that stalls', () => {
  const stall = { ...long, fault: { kind: 'stall', at: 'middle' } } as const;

  test.each(NAMES.filter((name) => name.includes('streaming')))('%s ends when it is idle', async (name) => {
    await start(stall, { streamIdleTimeout: 300 });
    await expect(asks()[name]?.()).rejects.toThrow();
    await on.provider.idle();
    await on.meter.flush();
    expect(on.calls).toMatchObject([{ end: 'failed' }]);
    expect((await on.meter.remaining(total)).reserved).toBe(0);
  });

  test.each(NAMES)('%s ends when its caller gives up', async (name) => {
    await start(stall);
    const controller = new AbortController();
    const outcome = outcomeOf(asks()[name]?.({ signal: controller.signal }) as Promise<unknown>);
    await on.provider.until(([call]) => call?.isHeld === true);
    controller.abort();
    await outcome;
    await on.provider.idle();
    await on.meter.flush();
    expect(on.calls).toHaveLength(1);
    expect((await on.meter.remaining(total)).reserved).toBe(0);
  });
});

test.each(NAMES)('%s: a compressed answer is the same as a plain one, sent and kept', async (name) => {
  await start({ text: 'Compressed.', chunks: 1, encoding: 'gzip' });
  const ask = asks()[name] as Ask;
  const sent = JSON.stringify(await ask());
  await on.meter.flush();
  expect(sent).toContain('Compressed.');
  expect(JSON.stringify(await ask())).toContain('Compressed.');
  expect(on.provider.calls).toHaveLength(1);
  expect(on.calls.map(({ origin }) => origin)).toEqual(['provider', 'exact-cache']);
});

test('an answer in another form than was asked for is given as it is, and not kept', async () => {
  const body = { id: 'x', model: 'small', choices: [{ finish_reason: 'stop', message: { content: 'Whole.' } }] };
  await start({ body: { content: JSON.stringify(body) }, contentType: 'application/json' });
  const ask = () =>
    on.metered.openai.chat.completions.create({
      model: 'small',
      messages: [{ role: 'user', content: prompt }],
      max_completion_tokens: 60,
      temperature: 0,
      stream: true,
    });
  for (let i = 0; i < 2; i++) {
    expect(await collect(await ask())).toEqual([]);
    await on.meter.flush();
  }
  expect(on.provider.calls).toHaveLength(2);
});

test('a status that is none of HTTP is an error as without the layers', async () => {
  on = await setUp();
  const weird = createServer((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 999 Weird\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}'));
  });
  const url = await listening(weird);
  const client = new OpenAI({ apiKey: 'k', baseURL: `${url}/v1`, maxRetries: 0 });
  const ask = (openai: OpenAI) =>
    openai.chat.completions.create({ model: 'small', messages: [] }).catch((error: { status: number }) => error.status);
  expect(await ask(client)).toBe(999);
  expect(await ask(on.meter.wrap(client))).toBe(999);
  weird.close();
});

test('a provider that is gone is the error of the SDK, costs nothing, and the next is asked', async () => {
  const gone = createServer();
  const url = await listening(gone);
  gone.close();
  const stores = memoryStores();
  on = await setUp({ stores, budgets: [total], hosts: { [new URL(url).host]: 'openai' } });
  const client = on.meter.wrap(new OpenAI({ apiKey: 'k', baseURL: `${url}/v1`, maxRetries: 0 }));
  const body = { model: 'small', messages: [{ role: 'user' as const, content: 'Hi' }], max_completion_tokens: 5 };
  await expect(client.chat.completions.create(body)).rejects.toBeInstanceOf(OpenAI.APIConnectionError);
  await on.meter.flush();
  expect(await on.meter.remaining(total)).toMatchObject({ spent: 0, reserved: 0 });
});

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
}
