/** A client may be given another implementation of `fetch`: what it answers goes through all layers as the platform's does. */
import { createRequire } from 'node:module';
import nodeFetch from 'node-fetch';
import OpenAI from 'openai';
import { Agent, fetch as undiciFetch } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import type { MeterOptions } from '../../runtime/src/index.ts';
import { priceTable } from '../provider/log.ts';
import { arrivals, collect, type SetUp, setUp } from './set-up.ts';

type Fetch = typeof globalThis.fetch;

/** It has no types. */
const nodeFetch2 = createRequire(import.meta.url)('node-fetch-2') as Fetch & { readonly Request: typeof Request };

/** Another class of web stream, as polyfills have them: nothing but a reader. */
const polyfilled: Fetch = async (...args) => {
  const { status, headers, body } = await fetch(...args);
  const foreign = { getReader: () => body?.getReader() };
  return { status, headers: Object.fromEntries(headers), body: foreign } as unknown as Response;
};

/** As tests play a provider: without a body, and nothing but its text. */
const mocked: Fetch = async (...args) => {
  const response = await fetch(...args);
  return {
    ok: response.ok,
    status: response.status,
    headers: response.headers,
    text: () => response.text(),
  } as Response;
};

const IMPLEMENTATIONS: Readonly<Record<string, Fetch>> = {
  'node-fetch 2': nodeFetch2,
  'node-fetch 3': nodeFetch as unknown as Fetch,
  'a separate undici': ((input, init) =>
    undiciFetch(input as string, { ...init, dispatcher: new Agent() } as never)) as Fetch,
  'a polyfill': polyfilled,
  'a mock': mocked,
};

const ALL: MeterOptions = {
  aliases: {},
  features: { a: { outputLimit: 50 } },
  cache: { mode: 'on' },
  deduplicate: 'on',
  validate: { empty: true },
  limits: [{ per: 'total', tokens: 1e9 }],
  budgets: [{ per: 'total', window: 'day', dollars: 1 }],
  retries: 1,
  failover: { small: [{ model: 'large' }] },
  failoverOn: ['stream-error', 'content-filter'],
  breaker: { failures: 9, pause: 1000 },
  timeout: 600_000,
};

let on: SetUp;
afterEach(() => on.close());

const chat = (question: string) => ({
  model: 'small',
  temperature: 0,
  messages: [{ role: 'user' as const, content: question }],
});

describe.each(Object.entries(IMPLEMENTATIONS))('%s', (name, implementation) => {
  const start = async (options: MeterOptions): Promise<OpenAI> => {
    on = await setUp(options);
    const common = { apiKey: 'test-key', baseURL: `${on.provider.url}/v1`, maxRetries: 0 };
    return on.meter.wrap(new OpenAI({ ...common, fetch: implementation }));
  };
  const spent = async (): Promise<number> => {
    await on.meter.flush();
    const { spent, reserved } = await on.meter.remaining({ per: 'total', window: 'day', dollars: 1 });
    expect(reserved).toBe(0);
    return spent;
  };
  const priced = priceTable({ small: { input: 1000, output: 2000 }, large: { input: 10_000, output: 20_000 } });

  test('goes through all layers: answers, keeps and settles', async () => {
    const client = await start(ALL);
    const answer = await client.chat.completions.create(chat('one'));
    const streamed = await collect(await client.chat.completions.create({ ...chat('two'), stream: true }));
    expect(answer.choices[0]?.message.content).toBeTruthy();
    expect(streamed.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBeTruthy();
    // Kept, and joined to what is kept.
    const [again] = await Promise.all([client.chat.completions.create(chat('one')), on.meter.flush()]);
    expect(again.choices).toEqual(answer.choices);
    expect(on.calls.map(({ origin, end, attempts }) => [origin, end, attempts])).toEqual([
      ['provider', 'complete', 1],
      ['provider', 'complete', 1],
      ['exact-cache', 'complete', 0],
    ]);
    expect(await spent()).toBe(on.provider.spend(priced));
  });

  test('has calls joined, retried and failed over', async () => {
    const seen = arrivals();
    const client = await start({ ...ALL, cache: { mode: 'off' }, validate: { check: seen.check } });
    on.provider.script({ hold: 'headers' });
    const both = [client.chat.completions.create(chat('one')), client.chat.completions.create(chat('one'))];
    await seen.came(2);
    on.provider.release();
    await Promise.all(both);
    expect(on.calls.map(({ origin }) => origin).sort()).toEqual(['joined', 'provider']);
    on.provider.reset();
    on.provider.script({ model: 'small' }, { error: { status: 500, message: 'no' } });
    await collect(await client.chat.completions.create({ ...chat('two'), stream: true }));
    expect(on.provider.calls.map(({ model }) => model)).toEqual(['small', 'small', 'large']);
    expect(on.calls.at(-1)).toMatchObject({ servedModel: 'large', attempts: 3, end: 'complete' });
  });

  test('has its errors raised as its SDK raises them', async () => {
    const client = await start({});
    on.provider.script({ error: { status: 422, message: 'no' } });
    await expect(client.chat.completions.create(chat('one'))).rejects.toMatchObject({ status: 422 });
  });

  // What a mock plays is here before it is read.
  if (name === 'a mock') return;

  test('is stopped by a reader that leaves, and by a signal', async () => {
    const client = await start({ budgets: ALL.budgets ?? [] });
    const stream = { ...chat('one'), stream: true as const };
    on.provider.script({ outputTokens: 500, chunks: 500, hold: 'middle' });
    for await (const _ of await client.chat.completions.create(stream)) break;
    await on.provider.idle();
    const controller = new AbortController();
    const { signal } = controller;
    for await (const _ of await client.chat.completions.create(stream, { signal })) controller.abort();
    await on.provider.idle();
    expect(on.provider.calls.map(({ outcome }) => outcome)).toEqual(['aborted', 'aborted']);
    expect(on.calls.map(({ end }) => end)).toEqual(['cancelled', 'cancelled']);
    expect(await spent()).toBeGreaterThanOrEqual(on.provider.spend(priced));
  });

  test('has a broken stream raised as an error, with its cost', async () => {
    const client = await start({ budgets: ALL.budgets ?? [] });
    on.provider.script({ outputTokens: 50, chunks: 50, fault: { kind: 'disconnect', at: 5 } });
    const read = async (): Promise<unknown> =>
      collect(await client.chat.completions.create({ ...chat('one'), stream: true }));
    await expect(read()).rejects.toThrow();
    await on.provider.idle();
    expect(on.calls).toMatchObject([{ end: 'failed', cost: { basis: 'assumed' } }]);
    expect(await spent()).toBeGreaterThanOrEqual(on.provider.spend(priced));
  });
});

test('a Request of node-fetch is read, and refused under a full cap', async () => {
  on = await setUp({ budgets: [{ per: 'total', window: 'day', dollars: 0 }] });
  const client = on.meter.wrap(new OpenAI({ apiKey: 'k', baseURL: on.provider.url, fetch: nodeFetch2 }));
  const { fetch } = client as unknown as { fetch: (input: unknown) => Promise<Response> };
  const body = JSON.stringify(chat('one'));
  for (const path of ['chat/completions', 'images/generations']) {
    const request = new nodeFetch2.Request(`${on.provider.url}/v1/${path}`, { method: 'POST', body });
    expect((await fetch(request)).status).toBe(402);
  }
  expect(on.provider.calls).toEqual([]);
  expect(on.calls).toMatchObject([{ endpoint: 'openai-chat', model: 'small' }, { endpoint: 'other' }]);
});
