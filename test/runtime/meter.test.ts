import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { ChatAnthropic } from '@langchain/anthropic';
import { ChatOpenAI } from '@langchain/openai';
import { generateObject, generateText, streamText } from 'ai';
import OpenAI from 'openai';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { contextHeaders, isMeterError, memoryStores, sqliteStores } from '../../runtime/src/index.ts';
import { collect, type SetUp, setUp } from './set-up.ts';

let on: SetUp;
beforeEach(async () => {
  on = await setUp({ aliases: { fast: 'small' }, features: { triage: { model: 'fast' } } });
});
afterEach(() => on.close());

const messages = [{ role: 'user' as const, content: 'Hi' }];
const chat = { model: 'large', messages, max_completion_tokens: 50 };

test('a run says on whose behalf calls are made, in streams and in nested runs', async () => {
  await on.meter.run({ feature: 'chat', user: 'u1', tenant: 't1' }, async () => {
    await collect(await on.metered.openai.chat.completions.create({ ...chat, stream: true }));
    expect(on.meter.lastCall()).toMatchObject({ feature: 'chat', user: 'u1', tenant: 't1' });
    await on.meter.run({ user: 'u2' }, () =>
      on.metered.anthropic.messages.create({ model: 'small', max_tokens: 9, messages }),
    );
  });
  expect(on.calls[1]).toMatchObject({ feature: 'chat', user: 'u2', tenant: 't1' });
  expect(on.meter.lastCall()).toBeNull();
});

test('headers of one request say the same, and never leave the process', async () => {
  const headers = contextHeaders({ feature: 'Übersicht', user: 'a b', priority: 3 });
  await on.metered.openai.chat.completions.create(chat, { headers });
  expect(on.calls[0]).toMatchObject({ feature: 'Übersicht', user: 'a b' });
  expect(JSON.stringify(on.provider.calls[0]?.headers)).not.toContain('farthing');
});

test('nor do they with a request that is not understood, which is otherwise passed on as it is', async () => {
  on.provider.script(
    { path: '/moderations' },
    { body: { content: '{"results":[]}' }, contentType: 'application/json' },
  );
  const ask = (headers: Record<string, string>) => on.metered.openai.moderations.create({ input: 'Hi' }, { headers });
  await ask({ ...contextHeaders({ user: 'a secret name' }), 'x-mine': 'stays' });
  expect(on.provider.calls[0]?.headers).toMatchObject({ 'x-mine': 'stays', authorization: 'Bearer test-key' });
  expect(JSON.stringify(on.provider.calls[0]?.headers)).not.toContain('farthing');
});

test('a request that is not understood is written down with its cost unknown, and what costs nothing is not', async () => {
  const answer = { body: { content: '{"results":[],"data":[]}' }, contentType: 'application/json' } as const;
  on.provider.script({ path: '/images/generations' }, [answer, answer]);
  on.provider.script({ path: '/models' }, answer);
  const draw = () => on.metered.openai.images.generate({ model: 'unheard-of', prompt: 'Hi' });
  await on.meter.run({ user: 'ada' }, async () => {
    await draw();
    expect(on.meter.lastCall()).toMatchObject({ endpoint: 'other', user: 'ada', status: 200, cost: null, attempts: 1 });
  });
  await on.metered.openai.models.list();
  expect(on.calls).toHaveLength(1);
  const [group] = await on.meter.report('endpoint');
  expect(group).toMatchObject({ key: 'other', calls: 1, cost: 0, unpriced: 1 });
  await on.meter.close();
  await draw();
  expect(on.calls).toHaveLength(1);
});

test('a request that is not understood and fails is written down as failed', async () => {
  const gone = new OpenAI({ apiKey: 'test-key', baseURL: 'http://127.0.0.1:9/v1', maxRetries: 0 });
  await expect(on.meter.wrap(gone).moderations.create({ input: 'Hi' })).rejects.toThrow('Connection error');
  expect(on.calls).toMatchObject([{ endpoint: 'other', origin: 'error', status: 0, end: 'failed', cost: null }]);
});

test('a stream that outlives its meter is read to its end, and its usage is reported as lost', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'farthing-')), 'ledger.db');
  await on.close();
  on = await setUp({ stores: sqliteStores({ path }), budgets: [{ per: 'total', window: 'day', dollars: 1 }] });
  const stream = await on.metered.openai.chat.completions.create({ ...chat, model: 'small', stream: true });
  await on.meter.close();
  expect((await collect(stream)).length).toBeGreaterThan(1);
  await expect.poll(() => on.events.filter(({ type }) => type === 'store-lost')).toHaveLength(2);
});

test('after the meter was closed nothing is opened or written any more: a hard cap refuses, and other calls go on', async () => {
  await on.close();
  const appended: string[] = [];
  const stores = memoryStores();
  const ledger = {
    ...stores.ledger,
    append: (rows: readonly { id: string }[]) => void appended.push(...rows.map(({ id }) => id)),
  };
  on = await setUp({ stores: { ...stores, ledger }, budgets: [{ per: 'total', window: 'day', dollars: 0 }] });
  await expect(on.metered.openai.chat.completions.create(chat)).rejects.toThrow('budget_exceeded');
  await on.meter.close();
  await expect(on.metered.openai.chat.completions.create(chat)).rejects.toThrow('runtime_unavailable');
  await new Promise((resolve) => setImmediate(resolve));
  expect(on.provider.calls).toHaveLength(0);
  expect(appended).toHaveLength(1);
});

test('aliases and features name the model', async () => {
  await on.metered.openai.chat.completions.create({ ...chat, model: 'fast' });
  await on.meter.run({ feature: 'triage' }, () => on.metered.openai.chat.completions.create(chat));
  await on.meter.run({ feature: 'triage' }, () =>
    on.metered.google.models.generateContent({ model: 'large', contents: 'Hi' }),
  );
  expect(on.provider.calls.map(({ model }) => model)).toEqual(['small', 'small', 'small']);
  expect(on.calls[1]?.decisions).toMatchObject([{ layer: 'resolve', outcome: 'resolved', model: 'small' }]);
});

test('the ledger adds up by feature, user and model, and knows its percentiles', async () => {
  for (const user of ['a', 'b', 'b']) {
    await on.meter.run({ feature: 'chat', user }, () => on.metered.openai.chat.completions.create(chat));
  }
  on.provider.script({ error: { status: 500 } });
  await on.metered.openai.chat.completions.create(chat).catch(() => {});
  const users = await on.meter.report('user');
  expect(users.map(({ key, calls }) => [key, calls])).toEqual([
    ['b', 2],
    ['a', 1],
    [null, 1],
  ]);
  const [all] = await on.meter.report('endpoint');
  expect(all).toMatchObject({
    calls: 4,
    errors: 1,
    refused: 0,
    unpriced: 0,
    cost: on.calls.reduce((sum, { cost }) => sum + (cost?.amount ?? 0), 0),
  });
  expect(all?.latency?.p99).toBeGreaterThanOrEqual(all?.latency?.p50 ?? Number.POSITIVE_INFINITY);
});

test("an unknown model has an unknown cost, never a similar one's", async () => {
  await on.metered.openai.chat.completions.create({ ...chat, model: 'large-2' });
  expect(on.calls[0]).toMatchObject({ cost: null, usage: { input: expect.any(Number) } });
});

test("a listener that throws does not become the call's error", async () => {
  await on.close();
  on = await setUp({
    onCall: () => {
      throw new Error('mine');
    },
  });
  const warnings: string[] = [];
  const listen = (warning: Error): number => warnings.push(warning.message);
  process.on('warning', listen);
  await on.metered.openai.chat.completions.create(chat);
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', listen);
  expect(warnings).toEqual(['onCall threw: Error: mine']);
});

test('the error for anything but a client says what to do instead', () => {
  const wrap = (): unknown => on.meter.wrap({});
  expect(wrap).toThrow('meter.fetch');
  try {
    wrap();
  } catch (error) {
    expect(isMeterError(error)).toBe(true);
  }
});

test("the Vercel AI SDK takes the meter's fetch", async () => {
  const openai = createOpenAI({ baseURL: `${on.provider.url}/v1`, apiKey: 'k', fetch: on.meter.fetch });
  const anthropic = createAnthropic({ baseURL: `${on.provider.url}/v1`, apiKey: 'k', fetch: on.meter.fetch });
  await on.meter.run({ feature: 'ai' }, async () => {
    expect((await generateText({ model: openai.chat('small'), prompt: 'Hi' })).text).toContain('Hi');
    expect(await streamText({ model: openai('small'), prompt: 'Hi' }).text).toContain('Hi');
    expect((await generateText({ model: anthropic('small'), prompt: 'Hi' })).text).toContain('Hi');
    const { object } = await generateObject({
      model: openai('small'),
      prompt: 'Where?',
      schema: z.object({ city: z.string() }),
    });
    expect(object).toHaveProperty('city');
  });
  expect(on.calls.map(({ endpoint, feature }) => [endpoint, feature])).toEqual([
    ['openai-chat', 'ai'],
    ['openai-responses', 'ai'],
    ['anthropic-messages', 'ai'],
    ['openai-responses', 'ai'],
  ]);
  for (const { cost } of on.calls) expect(cost?.amount).toBeGreaterThan(0);
});

test("LangChain takes the meter's fetch", async () => {
  const openai = new ChatOpenAI({
    model: 'small',
    apiKey: 'k',
    maxRetries: 0,
    configuration: { baseURL: `${on.provider.url}/v1`, fetch: on.meter.fetch },
  });
  const anthropic = new ChatAnthropic({
    model: 'small',
    apiKey: 'k',
    maxRetries: 0,
    anthropicApiUrl: on.provider.url,
    clientOptions: { fetch: on.meter.fetch },
  });
  await on.meter.run({ feature: 'chain' }, async () => {
    expect((await openai.invoke('Hi')).text).toContain('Hi');
    expect((await collect(await openai.stream('Hi'))).length).toBeGreaterThan(1);
    expect((await anthropic.invoke('Hi')).text).toContain('Hi');
    const structured = openai.withStructuredOutput(z.object({ city: z.string() }));
    expect(await structured.invoke('Where?')).toHaveProperty('city');
  });
  expect(on.calls).toHaveLength(4);
  for (const { feature, cost } of on.calls) {
    expect(feature).toBe('chain');
    expect(cost?.amount).toBeGreaterThan(0);
  }
});
