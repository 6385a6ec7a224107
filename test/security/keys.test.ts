/**
 * Keys are in nothing that the runtime writes or prints, whatever provider, network and configuration do with them.
 * What a provider tells the application itself about a key is passed on unchanged.
 */
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import fc from 'fast-check';
import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { secretsOf, withoutSecretParameters, withoutSecrets } from '../../runtime/src/core/secrets.ts';
import { combineStores, createMeter, type MeterOptions, memoryStores, redisStores } from '../../runtime/src/index.ts';
import { type FakeProvider, startFakeProvider } from '../provider/server.ts';
import { hostsOf } from '../runtime/set-up.ts';
import { hasRedis, type RedisServer, redisServer } from '../stores/servers/redis-server.ts';
import { temporaryFiles } from '../stores/temporary.ts';
import { bytesOf, everything } from './everything.ts';

const { path, open } = temporaryFiles();
let provider: FakeProvider;
let redis: RedisServer | null = null;
const warnings: string[] = [];
const onWarning = (warning: Error): void => void warnings.push(String(warning));

beforeAll(async () => {
  provider = await startFakeProvider();
  if (hasRedis) redis = await redisServer();
  process.on('warning', onWarning);
});
afterEach(() => provider.reset());
afterAll(async () => {
  process.off('warning', onWarning);
  await provider.close();
  await redis?.remove();
});

/** As real keys are: long enough to be nothing else. */
const key = fc
  .array(fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.'), {
    minLength: 20,
    maxLength: 60,
  })
  .map((letters) => `sk-${letters.join('')}`);

const messages = [{ role: 'user' as const, content: 'What is a farthing?' }];

/** One call by each SDK, and Gemini's with the key in the address; what they throw is what the SDKs make of it. */
async function callAll(meter: ReturnType<typeof createMeter>, apiKey: string, url = provider.url): Promise<unknown[]> {
  const openai = meter.wrap(new OpenAI({ apiKey, baseURL: `${url}/v1`, maxRetries: 0 }));
  const anthropic = meter.wrap(new Anthropic({ apiKey, baseURL: url, maxRetries: 0 }));
  const google = meter.wrap(new GoogleGenAI({ apiKey, httpOptions: { baseUrl: url } }));
  const chat = { model: 'small', messages, temperature: 0, max_tokens: 100 };
  const body = JSON.stringify({ contents: [{ role: 'user', parts: [{ text: 'What is a farthing?' }] }] });
  const generate = `${url}/v1beta/models/small:generateContent`;
  const calls: readonly (() => PromiseLike<unknown>)[] = [
    () => openai.chat.completions.create(chat),
    async () => {
      for await (const _ of await openai.chat.completions.create({ ...chat, stream: true }));
    },
    () => anthropic.messages.create(chat),
    () => anthropic.messages.stream(chat).finalMessage(),
    () => google.models.generateContent({ model: 'small', contents: 'What is a farthing?' }),
    () => meter.fetch(`${generate}?key=${encodeURIComponent(apiKey)}`, { method: 'POST', body }),
  ];
  const outcomes: unknown[] = [];
  for (const call of calls) {
    const outcome = meter.run({ feature: 'chat', user: 'u', tenant: 't' }, call);
    outcomes.push(await Promise.resolve(outcome).catch((error: unknown) => error));
  }
  return outcomes;
}

/** What each provider, or the network, does with the key. */
const HOSTILITIES: Readonly<Record<string, (key: string) => void>> = {
  'a good answer': () => {},
  'an answer that quotes the key': (secret) => provider.script({ text: `Your key is ${secret}.` }),
  'a model that is named like the key': (secret) => provider.script({ servedModel: secret }),
  'a content type with the key in it': (secret) =>
    provider.script({ body: { content: '{}' }, contentType: `application/json; key=${secret}` }),
  'headers with the key': (secret) =>
    provider.script({ headers: { 'x-farthing-model': secret, 'x-request-id': secret } }),
  'status 401 with the key': (secret) => provider.script({ error: { status: 401, message: `Wrong key: ${secret}` } }),
  'status 500 with the key': (secret) => provider.script({ error: { status: 500, message: `No: ${secret}` } }),
  'an error inside of a stream': (secret) =>
    provider.script({ fault: { kind: 'error', at: 'middle', status: 500, message: secret } }),
  'a body that is none, with the key': (secret) => provider.script({ body: { content: `{"error": ${secret}` } }),
  'a connection that ends': () => provider.script({ fault: { kind: 'disconnect', at: 'middle' } }),
};

const withRetries: MeterOptions = { retries: 1, breaker: { failures: 100, pause: 1 } };

describe.each(Object.entries(HOSTILITIES))('after %s', (_, prepare) => {
  test.each([
    ['sent once', {}],
    ['with retries', withRetries],
  ])('no key is in what is kept and said, %s', async (__, options) => {
    await fc.assert(
      fc.asyncProperty(key, async (secret) => {
        prepare(secret);
        const file = path();
        const stores = open({ path: file });
        const { meter, said } = everything(stores, { hosts: hostsOf(provider.url), ...options });
        await callAll(meter, secret);
        await callAll(meter, secret);
        await meter.flush();
        const rows = await meter.report('callSite');
        const kept = bytesOf(file);
        await meter.close();
        provider.reset();
        // What is looked for would be there: the rows, the name that they go by, and the spans.
        expect(said()).toContain('gen_ai.operation.name');
        expect(rows.reduce((sum, { calls }) => sum + calls, 0)).toBe(12);
        expect(kept).toContain('openai-chat');
        for (const text of [said(), kept, warnings.join('\n')]) expect(text).not.toContain(secret);
      }),
      { numRuns: 3 },
    );
  });
});

test.skipIf(!hasRedis)('no key is in Redis', async () => {
  const secret = 'sk-a-key-that-must-not-be-kept';
  for (const prepare of Object.values(HOSTILITIES)) {
    prepare(secret);
    const stores = combineStores(redisStores({ url: redis?.url ?? '' }), memoryStores());
    const { meter, said } = everything(stores, { hosts: hostsOf(provider.url) });
    await callAll(meter, secret);
    await meter.close();
    expect(said()).not.toContain(secret);
    provider.reset();
  }
  const { Redis } = await import('ioredis');
  const client = new Redis(redis?.url ?? '');
  const dumps: string[] = [];
  for (const name of await client.keys('*')) dumps.push(name, String(await client.dumpBuffer(name)));
  await client.quit();
  expect(dumps.length).toBeGreaterThan(10);
  expect(dumps.join('\n')).not.toContain(secret);
});

describe('errors that the runtime makes', () => {
  test('quote no key, where the network’s own error does', async () => {
    await fc.assert(
      fc.asyncProperty(key, async (secret) => {
        const broken = async (input: unknown, init: RequestInit | undefined): Promise<Response> => {
          const headers = [...new Headers(init?.headers)].map(([name, value]) => `${name}: ${value}`);
          throw new TypeError(`cannot fetch ${input} with ${headers.join(', ')}`);
        };
        const before = globalThis.fetch;
        globalThis.fetch = broken as typeof fetch;
        const { meter, said } = everything(memoryStores(), { ...withRetries, hosts: hostsOf(provider.url) });
        const outcomes = await callAll(meter, secret).finally(() => {
          globalThis.fetch = before;
        });
        await meter.close();
        expect(outcomes.map((outcome) => (outcome as { status?: number }).status)).toEqual(outcomes.map(() => 503));
        const told = await Promise.all(outcomes.map((one) => (one instanceof Response ? one.text() : String(one))));
        expect(told.join('\n')).toContain('provider_unavailable');
        for (const text of [...told, said()]) expect(text).not.toContain(secret);
      }),
      { numRuns: 3 },
    );
  });

  test('are of the meter’s making where a webhook or a target cannot be reached at all', () => {
    const secret = 'hooks-secret-path';
    const made = (options: MeterOptions): string => {
      try {
        createMeter(options);
        return 'made';
      } catch (error) {
        return String(error);
      }
    };
    const wrong: MeterOptions[] = [
      { alerts: { to: `//${secret}` } },
      { failover: { small: [{ baseURL: secret }] } },
      { failover: { small: [{ headers: { authorization: `${secret}\nx` } }] } },
    ];
    for (const options of wrong) {
      expect(made(options)).toMatch(/^MeterError: (alerts|failover)/);
      expect(made(options)).not.toContain(secret);
    }
  });
});

describe('failover', () => {
  const ours = 'sk-key-of-the-first-provider';
  const theirs = 'sk-key-of-the-second-provider';
  /** What the second provider was sent, in words. */
  const sentToSecond = (): string =>
    provider.calls
      .filter(({ path: address }) => address.startsWith('/second'))
      .map(({ path: address, headers }) => JSON.stringify([address, headers]))
      .join('\n');

  test('shows another server neither the first one’s key nor a gateway’s, and its own key to no other server', async () => {
    provider.script({ path: '/second' }, { text: `Keys: ${ours} ${theirs}`, servedModel: theirs });
    provider.script({ path: '/v1/' }, { error: { status: 500, message: ours } });
    provider.script({ path: '/v1beta/' }, { error: { status: 500, message: ours } });
    const file = path();
    const target = { baseURL: `${provider.url}/second/v1`, apiKey: () => theirs, headers: { 'x-second': 'yes' } };
    const { meter, said } = everything(open({ path: file }), {
      hosts: hostsOf(provider.url),
      failover: { small: [target] },
    });
    const openai = meter.wrap(
      new OpenAI({
        apiKey: ours,
        baseURL: `${provider.url}/v1`,
        maxRetries: 0,
        defaultHeaders: { 'helicone-auth': `Bearer ${ours}`, 'x-portkey-api-key': ours, cookie: `session=${ours}` },
        defaultQuery: { api_key: ours, version: '1' },
      }),
    );
    const answer = await openai.chat.completions.create({ model: 'small', messages, temperature: 0 });
    expect(answer.choices[0]?.message.content).toContain(theirs);
    await callAll(meter, ours);
    await meter.flush();
    const kept = bytesOf(file);
    await meter.close();
    expect(sentToSecond()).toContain(theirs);
    expect(sentToSecond()).toContain('version=1');
    expect(sentToSecond()).not.toContain(ours);
    for (const text of [said(), kept]) {
      expect(text).not.toContain(ours);
      expect(text).not.toContain(theirs);
    }
  });

  test.each([
    ['a key that no header can hold', () => `${theirs}\n${theirs}`],
    [
      'a key that cannot be had',
      () => {
        throw new Error(`no such secret: ${theirs}`);
      },
    ],
  ])('goes past %s, and says so without it', async (_, apiKey) => {
    provider.script({ error: { status: 500 } });
    const { meter, said } = everything(memoryStores(), {
      hosts: hostsOf(provider.url),
      failover: { small: [{ apiKey }] },
    });
    const outcomes = await callAll(meter, ours);
    await meter.close();
    expect(outcomes.map((outcome) => (outcome as { status?: number }).status)).toEqual(outcomes.map(() => 500));
    expect(said()).toContain('target 1 cannot be asked: its key or a header cannot be sent');
    expect(said()).not.toContain(theirs);
  });

  test('with another key at the same server sends the first in no way', async () => {
    provider.script([{ error: { status: 429 } }, {}]);
    const meter = createMeter({ hosts: hostsOf(provider.url), failover: { small: [{ apiKey: theirs }] } });
    const body = JSON.stringify({ contents: [{ role: 'user', parts: [{ text: 'What?' }] }] });
    const url = `${provider.url}/v1beta/models/small:generateContent?alt=json&key=${ours}`;
    expect((await meter.fetch(url, { method: 'POST', body })).status).toBe(200);
    await meter.close();
    const [first, second] = provider.calls;
    expect(first?.path).toContain(ours);
    expect(JSON.stringify([second?.path, second?.headers])).not.toContain(ours);
    expect(second?.headers).toMatchObject({ 'x-goog-api-key': theirs });
  });
});

describe('what a secret is', () => {
  test('is recognised by the name of its header or parameter', () => {
    const headers = new Headers({
      authorization: 'Bearer sk-1234567890',
      'x-api-key': 'xk-1234567890',
      'ocp-apim-subscription-key': 'ok-1234567890',
      'content-type': 'application/json',
      'x-short-key': 'ollama',
    });
    const url = 'https://host/path?alt=sse&key=a%2Fb1234567&access_token=tk-1234567#part';
    expect(new Set(secretsOf({ headers, url }))).toEqual(
      new Set([
        'Bearer sk-1234567890',
        'sk-1234567890',
        'xk-1234567890',
        'ok-1234567890',
        'a%2Fb1234567',
        'a/b1234567',
        'tk-1234567',
      ]),
    );
    expect(withoutSecretParameters(url)).toBe('https://host/path?alt=sse#part');
    expect(withoutSecretParameters('https://host/path?key=1')).toBe('https://host/path');
    expect(withoutSecretParameters('https://host/path')).toBe('https://host/path');
  });

  test('of several is taken out whole, also where one is a part of another', () => {
    fc.assert(
      fc.property(key, key, fc.string(), (a, b, text) => {
        const headers = new Headers({ 'x-a-key': a, 'x-b-key': `${a}${b}`, authorization: `Bearer ${b}` });
        const secrets = secretsOf({ headers, url: '' });
        const clean = withoutSecrets(`${text}${a}${b}${text}${a} Bearer ${b}`, secrets);
        for (const secret of [a, b]) expect(clean).not.toContain(secret);
      }),
    );
  });
});
