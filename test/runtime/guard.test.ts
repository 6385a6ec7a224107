/** Errors of layers, and of functions of the application's: no call breaks by them, and none is sent twice. */
import OpenAI from 'openai';
import { afterEach, expect, test } from 'vitest';
import {
  type Layer,
  type MeterOptions,
  memoryStores,
  type ReservationResult,
  type Telemetry,
} from '../../runtime/src/index.ts';
import { arrivals, collect, type SetUp, setUp } from './set-up.ts';

let on: SetUp;
afterEach(() => on.close());

const chat = {
  model: 'small',
  messages: [{ role: 'user' as const, content: 'Say something.' }],
  max_completion_tokens: 50,
  temperature: 0,
};
const fails = (): never => {
  throw new Error('mine');
};

async function start(options: MeterOptions): Promise<void> {
  on = await setUp(options);
  on.provider.script({ text: 'Something.' });
}

async function ask(): Promise<string | null | undefined> {
  return (await on.metered.openai.chat.completions.create(chat)).choices[0]?.message.content;
}

async function askForStream(): Promise<string> {
  const chunks = await collect(await on.metered.openai.chat.completions.create({ ...chat, stream: true }));
  return chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('');
}

const failures = () => on.events.filter(({ type }) => type === 'layer-failed');

const before: Layer = () =>
  async function before() {
    return fails();
  };
const atOnce: Layer = () => fails as never;
const without: Layer = () => (async () => undefined) as never;

test.each([
  ['before', before],
  ['atOnce', atOnce],
  ['layers[0]', (() => async () => fails()) as Layer],
  ['without', without],
])('a layer that fails before it sends is left out (%s)', async (name, layer) => {
  await start({ layers: [layer] });
  expect(await ask()).toBe('Something.');
  expect(await askForStream()).toBe('Something.');
  expect(on.provider.calls).toHaveLength(2);
  expect(failures()).toMatchObject([
    { layer: name, effect: 'open', call: on.calls[0]?.id },
    { layer: name, effect: 'open', call: on.calls[1]?.id },
  ]);
  expect(on.calls[0]?.decisions).toMatchObject([{ layer: name, outcome: 'failed' }]);
});

const after: Layer = (next) =>
  async function after(exchange) {
    await next(exchange);
    return fails();
  };
const meanwhile: Layer = (next) =>
  async function meanwhile(exchange) {
    void next(exchange);
    return fails();
  };

test.each([
  ['after', after],
  ['meanwhile', meanwhile],
])('a layer that fails %s hands on what came back, and nothing is sent twice', async (name, layer) => {
  await start({ layers: [layer], budgets: [{ per: 'total', window: 'day', dollars: 1 }] });
  expect(await ask()).toBe('Something.');
  expect(await askForStream()).toBe('Something.');
  expect(on.provider.calls).toHaveLength(2);
  expect(failures()).toMatchObject([
    { layer: name, effect: 'open' },
    { layer: name, effect: 'open' },
  ]);
  await on.meter.flush();
  expect(on.calls.map(({ status, attempts, cost }) => [status, attempts, cost?.basis])).toEqual([
    [200, 1, 'measured'],
    [200, 1, 'measured'],
  ]);
  expect(await on.meter.remaining({ per: 'total', window: 'day', dollars: 1 })).toMatchObject({ reserved: 0 });
});

const rejecting: Layer = (next) =>
  async function rejecting(exchange) {
    const reply = await next(exchange);
    return { ...reply, settled: reply.settled.then(fails) };
  };
const forgetful: Layer = (next) =>
  async function forgetful(exchange) {
    const { settled, ...reply } = await next(exchange);
    return reply as never;
  };

const answering: Layer = () =>
  async function answering() {
    const headers = new Headers({ 'content-type': 'application/json' });
    const body = new TextEncoder().encode('{"choices":[{"message":{"content":"Something."}}]}');
    return { status: 200, headers, body, origin: 'provider', settled: Promise.reject(new Error('mine')) };
  };

test('a layer that answers itself, and rejects the settlement, breaks neither the call nor the process', async () => {
  await start({ layers: [answering], cache: { mode: 'on' } });
  expect(await ask()).toBe('Something.');
  expect(await ask()).toBe('Something.');
  // An answer of unknown end is never kept.
  expect(on.calls).toMatchObject([
    { end: 'failed', origin: 'provider', attempts: 0 },
    { end: 'failed', origin: 'provider', attempts: 0 },
  ]);
  expect(failures()).toMatchObject([{ layer: 'answering' }, { layer: 'answering' }]);
});

test.each([
  ['rejecting', rejecting],
  ['forgetful', forgetful],
])('a layer whose reply settles wrongly breaks neither the call nor the process (%s)', async (name, layer) => {
  await start({ layers: [layer] });
  expect(await ask()).toBe('Something.');
  expect(await askForStream()).toBe('Something.');
  await on.meter.flush();
  expect(failures()).toMatchObject([{ layer: name }, { layer: name }]);
  expect(on.calls.map(({ end, cost }) => [end, cost?.basis])).toEqual([
    ['complete', 'measured'],
    ['complete', 'measured'],
  ]);
});

test('a layer that fails while it reads a stream leaves nothing to hand on: a refusal, and no second request', async () => {
  const reading: Layer = (next) =>
    async function reading(exchange) {
      const { body } = await next(exchange);
      if (body instanceof ReadableStream) body.getReader();
      return fails();
    };
  await start({ layers: [reading] });
  const client = on.meter.wrap(new OpenAI({ apiKey: 'k', baseURL: `${on.provider.url}/v1`, maxRetries: 3 }));
  await expect(client.chat.completions.create({ ...chat, stream: true })).rejects.toMatchObject({
    status: 402,
    code: 'runtime_unavailable',
  });
  expect(on.provider.calls).toHaveLength(1);
});

test('a hard budget that fails is closed, a soft one is open', async () => {
  const stores = memoryStores();
  // A refusal that does not say which cap it was.
  const budgets = { ...stores.budgets, reserve: () => ({ isGranted: false }) as ReservationResult };
  const broken = (mode: 'hard' | 'soft'): MeterOptions => ({
    budgets: [{ per: 'total', window: 'day', dollars: 1, mode }],
    stores: { ...stores, budgets },
  });
  await start(broken('hard'));
  await expect(ask()).rejects.toMatchObject({ status: 402, code: 'runtime_unavailable' });
  expect(failures()).toMatchObject([{ layer: 'budget', effect: 'closed' }]);
  expect(on.provider.calls).toHaveLength(0);
  await on.close();
  await start(broken('soft'));
  expect(await ask()).toBe('Something.');
  expect(failures()).toMatchObject([{ layer: 'budget', effect: 'open' }]);
});

test('functions of the application that throw, at once or later, do not become the errors of calls', async () => {
  const warnings: string[] = [];
  const listen = ({ message }: Error): number => warnings.push(message);
  process.on('warning', listen);
  const endFails: Telemetry = { begin: () => fails };
  await start({
    onCall: async () => fails(),
    onEvent: fails,
    telemetry: endFails,
    route: { mode: 'on', tiers: { simple: 'large' }, classify: fails },
    features: { chat: { tier: 'auto' } },
    cache: { mode: 'on', accepts: fails },
    alerts: { to: fails },
  });
  expect(await on.meter.run({ feature: 'chat' }, ask)).toBe('Something.');
  expect(await on.meter.run({ feature: 'chat' }, askForStream)).toBe('Something.');
  await on.meter.flush();
  process.off('warning', listen);
  expect(on.provider.calls.map(({ model }) => model)).toEqual(['small', 'small']);
  const expected = ['onCall threw: Error: mine', 'onEvent threw: Error: mine', 'telemetry threw: Error: mine'];
  // Each is said once, however often it fails.
  expect(warnings.sort()).toEqual(expected);
  expect(await on.meter.report('feature')).toMatchObject([{ key: 'chat', calls: 2 }]);

  await on.close();
  await start({ telemetry: { begin: fails } });
  expect(await ask()).toBe('Something.');
  expect(on.calls).toMatchObject([{ status: 200 }]);
});

test('a check that fails later refuses as one that throws', async () => {
  await start({ validate: { check: async () => fails() } });
  await expect(ask()).rejects.toMatchObject({ status: 400, code: 'request_refused' });
});

test('a key that cannot be had for the next target leaves the first failure', async () => {
  await start({ failover: { small: [{ model: 'large', apiKey: fails }] } });
  on.provider.reset();
  on.provider.script({ error: { status: 500 } });
  await expect(ask()).rejects.toMatchObject({ status: 500 });
  expect(on.provider.calls).toHaveLength(1);
});

test('connection errors are left to the SDK, for joined callers too, and nothing is sent again', async () => {
  const calls = arrivals();
  await start({
    deduplicate: 'on',
    cache: { mode: 'on' },
    validate: { check: calls.check },
    layers: [(next) => async (exchange) => next(exchange)],
  });
  on.provider.reset();
  on.provider.script([{ fault: { kind: 'disconnect', at: 'start' } }]);
  on.provider.script({ hold: 'start', fault: { kind: 'disconnect', at: 'start' } });
  const plain: unknown = await on.plain.openai.chat.completions.create(chat).catch((error: unknown) => error);
  expect(plain).toBeInstanceOf(OpenAI.APIConnectionError);
  const asked = Promise.all(Array.from({ length: 3 }, () => ask().catch((error: unknown) => error)));
  await calls.came(3);
  await on.provider.until((sent) => sent[1]?.isHeld === true);
  on.provider.release();
  const all = await asked;
  for (const error of all) {
    expect(error).toBeInstanceOf(OpenAI.APIConnectionError);
    expect((error as Error).cause).toMatchObject({ message: ((plain as Error).cause as Error).message });
  }
  expect(on.provider.calls).toHaveLength(2);
  expect(failures()).toEqual([]);
});
