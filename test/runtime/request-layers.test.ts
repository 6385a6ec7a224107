/** Validation, rate limits, the queue, tiers and shapes. */
import OpenAI from 'openai';
import { afterEach, expect, test, vi } from 'vitest';
import { type MeterOptions, memoryStores } from '../../runtime/src/index.ts';
import { classifyByRules } from '../../runtime/src/layers/route/classify.ts';
import { arrivals, type SetUp, setUp } from './set-up.ts';

let on: SetUp;
afterEach(async () => {
  vi.useRealTimers();
  await on.close();
});

async function start(options: MeterOptions): Promise<void> {
  on = await setUp(options);
}

const chat = (content: string, more: object = {}) =>
  on.metered.openai.chat.completions.create({
    model: 'large',
    max_completion_tokens: 50,
    messages: [{ role: 'user', content }],
    ...more,
  } as OpenAI.ChatCompletionCreateParamsNonStreaming);

test('validation refuses what is empty, too long, unknown or against a rule of the application', async () => {
  await start({
    validate: {
      empty: true,
      maximumTokens: 200,
      unknownModels: true,
      check: ({ body }) => (JSON.stringify(body).includes('secret') ? 'it holds a secret.' : null),
    },
  });
  await chat('Hello');
  await expect(chat('  ')).rejects.toThrow('every message of the request is empty');
  await expect(chat('word '.repeat(500))).rejects.toThrow(/about 5\d\d tokens; at most 200/);
  // Many bytes, few tokens.
  await chat(`x${' '.repeat(600)}`);
  await expect(chat('Hello', { model: 'larg' })).rejects.toThrow('"larg" is unknown');
  await expect(chat('my secret')).rejects.toBeInstanceOf(OpenAI.BadRequestError);
  expect(on.provider.calls).toHaveLength(2);
});

test('a check that never answers does not hold a caller who gives up, and nothing is sent', async () => {
  const controller = new AbortController();
  const check = (): Promise<null> => {
    controller.abort();
    return new Promise(() => {});
  };
  await start({ validate: { check } });
  const { signal } = controller;
  const body = { model: 'large', messages: [{ role: 'user' as const, content: 'Hello' }] };
  await expect(on.metered.openai.chat.completions.create(body, { signal })).rejects.toBeInstanceOf(
    OpenAI.APIUserAbortError,
  );
  await on.meter.flush();
  expect(on.provider.calls).toHaveLength(0);
  expect(on.calls).toMatchObject([{ origin: 'error', attempts: 0 }]);
});

test('a rate limit refuses with the true time, and the SDK that waits for it gets through', async () => {
  let time = Date.now();
  const stores = memoryStores({ clock: () => time });
  await start({ limits: [{ per: 'user', requests: 2, seconds: 0.4 }], stores });
  const as = (user: string) => on.meter.run({ user }, () => chat('Hi'));
  await as('a');
  await as('a');
  await as('b');
  const error = (await as('a').catch((thrown: unknown) => thrown)) as InstanceType<typeof OpenAI.RateLimitError>;
  expect(error).toBeInstanceOf(OpenAI.RateLimitError);
  expect(error.message).toMatch(
    /rate_limited: user "a" has no requests left for this request; it would pass in 0\.2 s/,
  );
  const wait = Number(error.headers?.get('retry-after-ms'));
  expect(wait).toBe(200);
  const patient = on.meter.wrap(new OpenAI({ apiKey: 'k', baseURL: `${on.provider.url}/v1`, maxRetries: 2 }));
  const body = { model: 'large', messages: [{ role: 'user' as const, content: 'Hi' }] };
  const refused = on.calls.length;
  const passing = on.meter.run({ user: 'a' }, () => patient.chat.completions.create(body));
  await expect.poll(() => on.calls.length).toBe(refused + 1);
  time += wait;
  await passing;
  expect(on.calls.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429, 200]);
});

test('tokens are taken by a guess, and given back by what the provider counted', async () => {
  await start({ limits: [{ per: 'total', tokens: 400, seconds: 3600 }] });
  on.provider.script({ outputTokens: 10 });
  for (let i = 0; i < 4; i++) {
    await chat('Hi', { max_completion_tokens: 300 });
    await on.meter.flush();
  }
  await expect(chat('Hi', { max_completion_tokens: 380 })).rejects.toThrow('no tokens left');
});

test('tokens of a request that failed, was refused or never arrived are given back', async () => {
  await start({
    limits: [{ per: 'total', tokens: 400, seconds: 3600 }],
    budgets: [{ per: 'user', window: 'day', dollars: 0 }],
  });
  const most = { max_completion_tokens: 300 };
  on.provider.script([{ error: { status: 500 } }, { fault: { kind: 'disconnect', at: 'start' } }, { text: 'Hi.' }]);
  await expect(chat('Hi', most)).rejects.toMatchObject({ status: 500 });
  await on.meter.flush();
  await expect(chat('Hi', most)).rejects.toThrow('Connection error');
  await on.meter.flush();
  await expect(on.meter.run({ user: 'ada' }, () => chat('Hi', most))).rejects.toMatchObject({ status: 402 });
  await on.meter.flush();
  await chat('Hi', most);
});

test('a store of limits that fails lets calls through, and says so', async () => {
  const stores = memoryStores();
  const take = (): never => {
    throw new Error('down');
  };
  await start({ limits: [{ per: 'total', requests: 1 }], stores: { ...stores, rates: { ...stores.rates, take } } });
  await chat('Hi');
  expect(on.events).toMatchObject([{ type: 'store-failed', layer: 'rate-limit', effect: 'open' }]);
});

test('deduplication that only watches says which requests it would have joined, and joins none', async () => {
  await start({});
  const long = 'What does a farthing buy? '.repeat(2000);
  const middle = (word: string): string => `${long}${word}${long}`;
  const as = (tenant: string, content: string) => on.meter.run({ tenant }, () => chat(content));
  const asked = 104;
  on.provider.script(Array(asked).fill({ hold: 'start' }));
  const all = Promise.all([
    as('a', middle('one')),
    as('a', middle('two')),
    as('a', middle('one')),
    as('b', middle('one')),
    ...Array.from({ length: 100 }, (_, index) => as('c', middle(String(100 + index)))),
  ]);
  await on.provider.until((calls) => calls.filter(({ isHeld }) => isHeld).length === asked);
  on.provider.release();
  await all;
  await as('a', middle('one'));
  expect(on.provider.calls).toHaveLength(asked + 1);
  const joined = on.calls.filter(({ decisions }) => decisions.length > 0);
  expect(joined).toMatchObject([
    { tenant: 'a', decisions: [{ layer: 'deduplicate', outcome: 'joined', isShadow: true }] },
  ]);
});

test('a queue bounds what runs, and the important go first', async () => {
  const calls = arrivals();
  await start({ queue: { concurrency: 1 }, validate: { check: calls.check } });
  on.provider.script([{ hold: 'start' }]);
  const order: string[] = [];
  const ask = (name: string, priority: number) =>
    on.meter.run({ priority }, () => chat(name).then(() => order.push(name)));
  const all = Promise.all([ask('first', 0), ask('low', 0), ask('high', 5), ask('middle', 2)]);
  await calls.came(4);
  on.provider.release();
  await all;
  expect(order).toEqual(['first', 'high', 'middle', 'low']);
  expect(on.provider.peak).toBe(1);
});

test('a call that waits long enough goes before important ones', async () => {
  const calls = arrivals();
  await start({ queue: { concurrency: 1, aging: 10 }, validate: { check: calls.check } });
  on.provider.script([{ hold: 'start' }]);
  const order: string[] = [];
  const ask = (name: string, priority: number) =>
    on.meter.run({ priority }, () => chat(name).then(() => order.push(name)));
  const early = [ask('first', 0), ask('old', 0)];
  await calls.came(2);
  // A longer wait works as well: later calls have always waited less by this much.
  await new Promise((resolve) => setTimeout(resolve, 40));
  const late = ask('new', 1);
  await calls.came(3);
  on.provider.release();
  await Promise.all([...early, late]);
  expect(order).toEqual(['first', 'old', 'new']);
});

test('a full queue refuses, and an abort leaves it', async () => {
  await start({ queue: { concurrency: 1, maximumWaiting: 1 } });
  on.provider.script([{ hold: 'start' }]);
  const controller = new AbortController();
  const running = chat('a');
  const waiting = on.metered.openai.chat.completions.create(
    { model: 'large', messages: [{ role: 'user', content: 'b' }] },
    { signal: controller.signal },
  );
  await expect(chat('c')).rejects.toMatchObject({ status: 429, code: 'overloaded' });
  controller.abort();
  await expect(waiting).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
  await on.provider.until((calls) => calls[0]?.isHeld === true);
  on.provider.release();
  await running;
  await chat('d');
  expect(on.provider.calls).toHaveLength(2);
});

test('a tier names the model, for a feature, by the rules or by the application', async () => {
  await start({
    route: {
      mode: 'on',
      tiers: { simple: 'small', complex: 'large' },
      classify: ({ feature }) => (feature === 'own' ? 'simple' : null),
    },
    features: { fixed: { tier: 'simple' }, auto: { tier: 'auto' }, own: { tier: 'auto' } },
  });
  const ask = (feature: string, text: string) =>
    on.meter.run({ feature }, () => chat(text, { max_completion_tokens: 500 }));
  await ask('fixed', 'Plan a city.');
  await ask('auto', 'Classify this: good');
  await ask('auto', 'Plan a city.');
  await ask('own', 'Plan a city.');
  await ask('untouched', 'Classify this: good');
  expect(on.provider.calls.map(({ model }) => model)).toEqual(['small', 'small', 'large', 'small', 'large']);
  expect(on.calls[1]?.decisions).toMatchObject([
    { layer: 'route', outcome: 'routed', tier: 'simple', model: 'small', reason: 'it contains "Classif"' },
    { layer: 'route', outcome: 'priced', cheapest: { model: 'small' }, dearest: { model: 'large' } },
  ]);
});

test('tiers that only watch change nothing', async () => {
  await start({ route: { tiers: { simple: 'small' } }, features: { auto: { tier: 'simple' } } });
  await on.meter.run({ feature: 'auto' }, () => chat('Hi'));
  expect(on.provider.calls[0]?.model).toBe('large');
  expect(on.calls[0]?.decisions).toMatchObject([{ layer: 'route', isShadow: true }]);
});

test.each([
  ['Translate to French: hello', null, 'simple'],
  ['Is it spam? Answer yes or no.', 5, 'simple'],
  ['Debug this function.', 30, 'complex'],
  ['Hello', null, 'complex'],
  ['x'.repeat(20_000), 5, 'complex'],
])('the rules take %j for %s', (text, outputLimit, tier) => {
  const facts = {
    model: 'm',
    isStreaming: false,
    outputLimit,
    choices: 1,
    temperature: null,
    hasTools: false,
    tier: null,
    unbounded: [],
  };
  expect(classifyByRules({ text, facts }).tier).toBe(tier);
});

test("a feature's output limit is set where none is, and lowers a larger one", async () => {
  await start({ features: { short: { outputLimit: 20 } } });
  const ask = (limit: number | undefined) =>
    on.meter.run({ feature: 'short' }, () => chat('Hi', { max_completion_tokens: limit }));
  await ask(undefined);
  await ask(100);
  await ask(10);
  const limits = on.provider.calls.map(
    ({ json }) => (json as { max_completion_tokens?: number }).max_completion_tokens,
  );
  expect(limits).toEqual([20, 20, 10]);
});

test("a prompt that repeats is marked for the provider's cache from the second time on", async () => {
  await start({ shape: { promptCaching: true } });
  const system = 'You are careful. '.repeat(1500);
  const ask = (question: string) =>
    on.metered.anthropic.messages.create({
      model: 'claude-sonnet-5',
      max_tokens: 9,
      system,
      messages: [{ role: 'user', content: question }],
    });
  await ask('one');
  await ask('two');
  await ask('three');
  expect(on.provider.calls.map(({ json }) => typeof (json as { system: unknown }).system)).toEqual([
    'string',
    'object',
    'object',
  ]);
  expect(on.provider.calls[1]?.json).toMatchObject({
    system: [{ type: 'text', text: system, cache_control: { type: 'ephemeral' } }],
  });
  expect(on.calls.map(({ usage }) => (usage?.cachedInput ?? 0) > 0)).toEqual([false, false, true]);
});

/** The marks of requests with the same system prompt, so many minutes after one another. */
async function marksAfter(...minutes: number[]): Promise<unknown[]> {
  vi.useFakeTimers({ toFake: ['Date'] });
  await start({ shape: { promptCaching: true } });
  for (const gap of [0, ...minutes]) {
    vi.setSystemTime(Date.now() + gap * 60_000);
    await on.metered.anthropic.messages.create({
      model: 'claude-sonnet-5',
      max_tokens: 9,
      system: 'You are careful. '.repeat(1500),
      messages: [{ role: 'user', content: `after ${gap} minutes` }],
    });
  }
  return on.provider.calls.map(({ json }) => {
    const { system } = json as { system: string | { cache_control: unknown }[] };
    return typeof system === 'string' ? null : system[0]?.cache_control;
  });
}

const FOR_MINUTES = { type: 'ephemeral' };
const FOR_AN_HOUR = { type: 'ephemeral', ttl: '1h' };

test("a prompt that repeats every 20 minutes is kept in the provider's cache for an hour", async () => {
  expect(await marksAfter(20, 20, 20)).toEqual([null, null, FOR_AN_HOUR, FOR_AN_HOUR]);
  expect(on.calls.map(({ usage }) => (usage?.cachedInput ?? 0) > 0)).toEqual([false, false, false, true]);
  expect(on.calls[2]?.usage?.cacheWriteLongInput).toBeGreaterThan(1024);
  const [none, first, second] = on.calls.slice(1).map(({ savedBy }) => savedBy.shape ?? null);
  expect(none).toBeNull();
  expect(first).toBeLessThan(0);
  expect(second).toBeGreaterThan(-(first ?? 0) * 0.8);
});

test('a prompt that repeats less than once an hour is not marked', async () => {
  expect(await marksAfter(61, 90, 61, 300)).toEqual([null, null, null, null, null]);
});

test('the lifetime of a mark stays while what it wrote is in the cache, and changes with the spacing', async () => {
  const marks = await marksAfter(1, 1, 30, 30, 30, 1, 1);
  expect(marks).toEqual([
    null,
    FOR_MINUTES,
    FOR_MINUTES,
    FOR_AN_HOUR,
    FOR_AN_HOUR,
    FOR_AN_HOUR,
    FOR_AN_HOUR,
    FOR_AN_HOUR,
  ]);
});
