import { createOpenAI } from '@ai-sdk/openai';
import { generateText, streamText } from 'ai';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NO_CONTEXT } from '../../runtime/src/core/context.ts';
import type { Exchange } from '../../runtime/src/core/pipeline.ts';
import { memoryStores } from '../../runtime/src/index.ts';
import { createKeys } from '../../runtime/src/layers/support/request-key.ts';
import { exchangeOf } from '../../runtime/src/sdk/fetch-exchange.ts';
import type { Step } from '../provider/script.ts';
import { arrivals, type Clients, collect, type SetUp, setUp, withoutMoments } from './set-up.ts';

let on: SetUp;
beforeEach(async () => {
  on = await setUp({ cache: { mode: 'on' } });
});
afterEach(() => on.close());

const messages = [{ role: 'user' as const, content: 'What is a farthing?' }];
const chat = { model: 'small', messages, temperature: 0, max_completion_tokens: 100 };
const message = { model: 'small', messages, temperature: 0, max_tokens: 100 };

/** Answers whole and streamed, brought to one form. */
const BOTH: Readonly<
  Record<string, readonly [(clients: Clients) => Promise<unknown>, (clients: Clients) => Promise<unknown>]>
> = {
  chat: [
    ({ openai }) => openai.chat.completions.create(chat),
    ({ openai }) =>
      openai.chat.completions.stream({ ...chat, stream_options: { include_usage: true } }).finalChatCompletion(),
  ],
  responses: [
    ({ openai }) => openai.responses.create({ model: 'small', input: 'What?', temperature: 0, max_output_tokens: 90 }),
    ({ openai }) =>
      openai.responses
        .stream({ model: 'small', input: 'What?', temperature: 0, max_output_tokens: 90 })
        .finalResponse(),
  ],
  messages: [
    ({ anthropic }) => anthropic.messages.create(message),
    ({ anthropic }) => anthropic.messages.stream(message).finalMessage(),
  ],
  gemini: [
    async ({ google }) =>
      (await google.models.generateContent({ model: 'small', contents: 'What?', config: { temperature: 0 } })).text,
    async ({ google }) => {
      const chunks = await collect(
        await google.models.generateContentStream({ model: 'small', contents: 'What?', config: { temperature: 0 } }),
      );
      return chunks.map(({ text }) => text).join('');
    },
  ],
};

describe.each(Object.entries(BOTH))('%s', (_, [whole, streamed]) => {
  test('a repeated request is answered without the provider, and costs nothing', async () => {
    const first = await whole(on.metered);
    expect(await whole(on.metered)).toEqual(first);
    expect(on.provider.calls).toHaveLength(1);
    expect(on.calls.map(({ origin }) => origin)).toEqual(['provider', 'exact-cache']);
    expect(on.calls[1]?.cost).toEqual({ amount: 0, basis: 'measured' });
    expect(on.calls[1]?.saved).toBe(on.calls[0]?.cost?.amount);
  });

  test.each([
    ['a stream', 'a whole answer', whole, streamed],
    ['a whole answer', 'a stream', streamed, whole],
  ])('%s comes from %s', async (_to, _from, before, after) => {
    const shape = (answer: unknown): unknown =>
      JSON.parse(JSON.stringify(withoutMoments(answer)), (key, value) =>
        // What the helpers add, and what only one of the two ways says.
        [
          'parsed',
          'parsed_output',
          'output_parsed',
          'refusal',
          'usage',
          'annotations',
          'logprobs',
          'parsed_arguments',
        ].includes(key)
          ? undefined
          : value,
      );
    const first = shape(await before(on.metered));
    expect(shape(await after(on.metered))).toEqual(first);
    expect(on.provider.calls).toHaveLength(1);
  });
});

test.each<[string, Step | readonly Step[]]>([
  ['an error', { error: { status: 500 } }],
  ['a truncated answer', { outputTokens: 5000 }],
  ['a refusal', { refusal: 'I cannot.' }],
  ['a filtered answer', { finish: 'content_filter' }],
  ['a tool call', { toolCalls: [{ name: 'weather', arguments: {} }] }],
  ['a broken body', { body: { content: '{"choices": [' } }],
  ['a page', { body: { content: '<html>' }, contentType: 'text/html' }],
])('%s is not kept', async (_, step) => {
  on.provider.script(step);
  for (let i = 0; i < 2; i++) await on.metered.openai.chat.completions.create(chat).catch(() => {});
  expect(on.provider.calls).toHaveLength(2);
});

test.each(['cut', 'disconnect', 'error'] as const)('a stream that ends by %s is not kept', async (kind) => {
  on.provider.script([{ outputTokens: 20, chunks: 20, fault: { kind, at: 5 } }]);
  const read = async (): Promise<unknown> =>
    collect(await on.metered.openai.chat.completions.create({ ...chat, stream: true }));
  await read().catch(() => {});
  await read();
  expect(on.provider.calls).toHaveLength(2);
});

test('requests that ask for chance are not kept unless the feature says so', async () => {
  await on.close();
  on = await setUp({ cache: { mode: 'on' }, features: { jokes: { cache: { sampled: true } } } });
  const joke = { ...chat, temperature: 1 };
  const ask = (): Promise<unknown> => on.metered.openai.chat.completions.create(joke);
  await ask();
  await ask();
  expect(on.provider.calls).toHaveLength(2);
  await on.meter.run({ feature: 'jokes' }, ask);
  await on.meter.run({ feature: 'jokes' }, ask);
  expect(on.provider.calls).toHaveLength(3);
});

test('what a validator rejects, or throws on, is not kept', async () => {
  await on.close();
  const seen: unknown[] = [];
  const accepts = (answer: object): boolean => {
    seen.push(answer);
    if (seen.length === 1) throw new Error('no');
    return seen.length > 2;
  };
  on = await setUp({ cache: { mode: 'on', accepts } });
  for (let i = 0; i < 4; i++) await collect(await on.metered.openai.chat.completions.create({ ...chat, stream: true }));
  expect(on.provider.calls).toHaveLength(3);
  expect(seen[0]).toHaveProperty('choices');
});

test('a stale answer is returned, and refreshed as a separate call', async () => {
  await on.close();
  let time = Date.now();
  const stores = memoryStores({ clock: () => time });
  on = await setUp({ cache: { mode: 'on', lifetime: 60_000, staleFor: 600_000 }, stores });
  const ask = (): Promise<unknown> => on.metered.openai.chat.completions.create(chat);
  await ask();
  await on.meter.flush();
  time += 120_000;
  await Promise.all([ask(), ask()]);
  await on.meter.flush();
  expect(on.provider.calls).toHaveLength(2);
  const origins = on.calls.map(({ origin }) => origin).sort();
  expect(origins).toEqual(['exact-cache', 'exact-cache', 'provider', 'provider']);
});

test('identical requests at once make one call, streams as well, and each is whole', async () => {
  const calls = arrivals();
  await on.close();
  on = await setUp({ cache: { mode: 'on' }, validate: { check: calls.check } });
  on.provider.script({ outputTokens: 40, chunks: 40, hold: 'middle' });
  const read = async (): Promise<unknown[]> =>
    collect(await on.metered.openai.chat.completions.create({ ...chat, stream: true }));
  const all = Promise.all([read(), read(), read()]);
  await calls.came(3);
  await on.provider.until(([call]) => call?.isHeld === true);
  on.provider.release();
  const answers = await all;
  expect(on.provider.calls).toHaveLength(1);
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
  expect(on.calls.map(({ origin }) => origin).sort()).toEqual(['joined', 'joined', 'provider']);
});

test('a stream and a whole answer at once are two calls, each as it was asked for', async () => {
  await on.close();
  on = await setUp({ deduplicate: 'on' });
  on.provider.script({ text: 'Yes.' });
  const ask = on.metered.openai.chat.completions;
  const [whole, chunks] = await Promise.all([
    ask.create({ ...chat, temperature: 1 }),
    (async () => collect(await ask.create({ ...chat, temperature: 1, stream: true })))(),
  ]);
  expect(whole.choices[0]?.message.content).toBe('Yes.');
  expect(chunks.length).toBeGreaterThan(1);
  expect(on.provider.calls).toHaveLength(2);
});

test('the first caller may leave without ending it for the others', async () => {
  const calls = arrivals();
  await on.close();
  on = await setUp({ cache: { mode: 'on' }, validate: { check: calls.check } });
  on.provider.script({ outputTokens: 60, chunks: 60, hold: 'middle' });
  const controller = new AbortController();
  const leaving = (async () =>
    collect(
      await on.metered.openai.chat.completions.create({ ...chat, stream: true }, { signal: controller.signal }),
    ))();
  const staying = (async () => collect(await on.metered.openai.chat.completions.create({ ...chat, stream: true })))();
  await calls.came(2);
  await on.provider.until(([call]) => call?.isHeld === true);
  controller.abort();
  await leaving.catch(() => {});
  on.provider.release();
  expect((await staying).length).toBeGreaterThan(55);
  expect(on.provider.calls[0]?.outcome).toBe('served');
});

test('when all have left, the provider is stopped', async () => {
  on.provider.script({ outputTokens: 500, chunks: 500, hold: 'middle' });
  const begun = async () => {
    const body = { ...chat, max_completion_tokens: 1000, stream: true } as const;
    const stream = (await on.metered.openai.chat.completions.create(body))[Symbol.asyncIterator]();
    await stream.next();
    return stream;
  };
  for (const stream of await Promise.all([begun(), begun()])) await stream.return?.();
  await on.provider.idle();
  expect(on.provider.calls.map(({ outcome }) => outcome)).toEqual(['aborted']);
});

test('purging forgets one tenant, or all', async () => {
  const ask = (tenant: string): Promise<unknown> =>
    on.meter.run({ tenant }, () => on.metered.openai.chat.completions.create(chat));
  await ask('a');
  await ask('b');
  await on.meter.flush();
  expect(await on.meter.purge('a')).toBe(1);
  await ask('b');
  expect(on.provider.calls).toHaveLength(2);
  await ask('a');
  expect(on.provider.calls).toHaveLength(3);
  await on.meter.flush();
  expect(await on.meter.purge()).toBe(2);
});

test('bypass and the kill switch ask the provider', async () => {
  const ask = (): Promise<unknown> => on.metered.openai.chat.completions.create(chat);
  await ask();
  await on.meter.run({ bypass: true }, ask);
  await on.metered.openai.chat.completions.create(chat, { headers: { 'x-farthing-bypass': 'true' } });
  expect(on.provider.calls).toHaveLength(3);
  expect(Object.keys(on.provider.calls[2]?.headers ?? {}).filter((name) => name.startsWith('x-farthing'))).toEqual([]);
  on.meter.setEnabled(false);
  await ask();
  expect(on.provider.calls).toHaveLength(4);
  on.meter.setEnabled(true);
  await ask();
  expect(on.provider.calls).toHaveLength(4);
});

test('a cache that only watches says what it would have answered', async () => {
  await on.close();
  on = await setUp();
  for (let i = 0; i < 2; i++) await on.metered.openai.chat.completions.create(chat);
  expect(on.provider.calls).toHaveLength(2);
  expect(on.calls[1]?.decisions).toMatchObject([{ layer: 'exact-cache', outcome: 'hit', isShadow: true }]);
});

test('a cache that only watches sees streams whole, and keeps none that was stopped', async () => {
  await on.close();
  on = await setUp();
  const read = async (most: number): Promise<void> => {
    let count = 0;
    for await (const _ of await on.metered.openai.chat.completions.create({ ...chat, stream: true })) {
      if (++count === most) break;
    }
    await on.provider.idle();
    await on.meter.flush();
  };
  on.provider.script([{ outputTokens: 20, chunks: 20, hold: 'middle' }]);
  on.provider.script({ outputTokens: 20, chunks: 20 });
  await read(3);
  expect(on.provider.calls[0]?.outcome).toBe('aborted');
  await read(Number.POSITIVE_INFINITY);
  await read(Number.POSITIVE_INFINITY);
  expect(on.calls.map(({ decisions }) => decisions.map(({ outcome }) => outcome))).toEqual([[], [], ['hit']]);
});

test('a store that fails is a miss, and an event', async () => {
  await on.close();
  const stores = memoryStores();
  const fails = (): never => {
    throw new Error('down');
  };
  on = await setUp({
    cache: { mode: 'on' },
    stores: { ...stores, cache: { ...stores.cache, get: fails, set: fails } },
  });
  await on.metered.openai.chat.completions.create(chat);
  await on.meter.flush();
  expect(on.events).toMatchObject([
    { type: 'store-failed', layer: 'exact-cache', effect: 'open' },
    { type: 'store-failed', layer: 'exact-cache', effect: 'open' },
  ]);
});

test('the Vercel AI SDK is answered from the cache through meter.fetch', async () => {
  const openai = createOpenAI({ baseURL: `${on.provider.url}/v1`, apiKey: 'key', fetch: on.meter.fetch });
  const ask = { model: openai.chat('small'), prompt: 'What?', temperature: 0, maxRetries: 0 };
  const first = await generateText(ask);
  expect((await generateText(ask)).text).toBe(first.text);
  expect(await streamText(ask).text).toBe(first.text);
  expect(on.provider.calls).toHaveLength(1);
});

describe('keys', () => {
  const { keyOf, recall, remember } = createKeys(() => '');
  const same = (json: string): string => json;
  const address = 'https://api.openai.com/v1/chat/completions';
  const exchangeFor = (
    body: object,
    tenant: string | null,
    headers: Record<string, string>,
    spell: (json: string) => string,
    url = address,
  ): Exchange => {
    const init = { body: spell(JSON.stringify(body)), headers };
    const scope = { context: { ...NO_CONTEXT, tenant }, last: new Map() };
    const trust = { isOwnClient: true, secret: '', onIgnored: () => {} };
    const caller = { scope, providerAt: () => 'openai' as const, inner: fetch, trust, onResult: null };
    const exchange = exchangeOf(url, init, caller);
    if (exchange === null) throw new Error('not understood');
    return exchange;
  };
  const key = (
    body: object,
    tenant: string | null,
    headers: Record<string, string> = {},
    spell = same,
    url = address,
  ): string => {
    const exchange = exchangeFor(body, tenant, headers, spell, url);
    const found = keyOf(exchange);
    if (found === null) throw new Error('never kept');
    // Another text that was remembered before is never taken for this one.
    expect([null, found]).toContain(recall(exchange));
    remember(exchange, found);
    expect(recall(exchange)).toBe(found);
    return found;
  };
  const bodies = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 5 });

  test('never meet over two tenants', () => {
    const tenants = fc.option(fc.string());
    fc.assert(
      fc.property(bodies, bodies, tenants, tenants, (a, b, one, other) => {
        fc.pre(one !== other);
        expect(key(a, one)).not.toBe(key(b, other));
        expect(key(a, one)).not.toBe(key(a, other));
      }),
    );
  });

  test('are the same for the same request with its parameters in another order, and for nothing else', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const turned = Object.fromEntries(Object.entries(body).reverse());
        expect(key(turned, 't')).toBe(key(body, 't'));
        expect(key({ ...body, messages: ['other'] }, 't')).not.toBe(key(body, 't'));
      }),
    );
  });

  test('tell schemas apart whose properties stand in another order, and large integers', () => {
    const asking = (properties: object) => ({ response_format: { json_schema: { schema: { properties } } } });
    expect(key(asking({ a: {}, b: {} }), null)).not.toBe(key(asking({ b: {}, a: {} }), null));
    const seeds = ['9007199254740992', '9007199254740993'];
    const [one, other] = seeds.map((seed) => key({ seed: 0 }, null, {}, (json) => json.replace('0', seed)));
    expect(one).not.toBe(other);
  });

  test('do not see how an answer is delivered, nor for whom', () => {
    const own = { stream: true, user: 'a', safety_identifier: 'a', prompt_cache_key: 'a', metadata: { trace: 'a' } };
    expect(key({ model: 'a', ...own }, null)).toBe(key({ model: 'a' }, null));
    // By these a gateway chooses who answers.
    expect(key({ model: 'a', metadata: { tags: ['paid'] } }, null)).not.toBe(key({ model: 'a' }, null));
  });

  test.each([
    'openai-beta',
    'openai-organization',
    'openai-project',
    'anthropic-beta',
    'anthropic-version',
    'x-portkey-provider',
    'x-portkey-config',
    'x-portkey-virtual-key',
    'cf-aig-authorization',
    'cf-aig-metadata',
    'helicone-target-url',
    'helicone-auth',
    'helicone-fallbacks',
    'x-litellm-tags',
    'x-goog-user-project',
    'x-amzn-bedrock-guardrailidentifier',
    'azureml-model-deployment',
    'x-api-key',
    'authorization',
    'x-of-a-gateway-nobody-knows',
  ])('see %s', (name) => {
    expect(key({ model: 'a' }, null, { [name]: 'one' })).not.toBe(key({ model: 'a' }, null, { [name]: 'other' }));
    expect(key({ model: 'a' }, null, { [name]: 'one' })).not.toBe(key({ model: 'a' }, null));
  });

  test.each([
    'user-agent',
    'accept',
    'content-type',
    'x-stainless-retry-count',
    'x-request-id',
    'x-client-request-id',
    'x-ms-client-request-id',
    'idempotency-key',
    'traceparent',
    'tracestate',
    'baggage',
    'sentry-trace',
    'x-datadog-parent-id',
    'x-amzn-trace-id',
    'x-cloud-trace-context',
    'x-b3-spanid',
    'uber-trace-id',
    'x-portkey-trace-id',
    'x-portkey-span-name',
    'cf-aig-event-id',
    'helicone-request-id',
    'helicone-session-path',
    'helicone-property-environment',
    'x-litellm-call-id',
    'x-amz-date',
    'x-forwarded-for',
    'http-referer',
  ])('do not see %s', (name) => {
    expect(key({ model: 'a' }, null, { [name]: 'one' })).toBe(key({ model: 'a' }, null, { [name]: 'other' }));
    expect(key({ model: 'a' }, null, { [name]: 'one' })).toBe(key({ model: 'a' }, null));
  });

  test('see whose key signed for AWS, and not the signature', () => {
    const signed = (account: string, signature: string) => ({
      authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/us-east-1/bedrock/aws4_request, SignedHeaders=host, Signature=${signature}`,
    });
    expect(key({}, null, signed('AKIA1', 'a'))).toBe(key({}, null, signed('AKIA1', 'b')));
    expect(key({}, null, signed('AKIA1', 'a'))).not.toBe(key({}, null, signed('AKIA2', 'a')));
  });

  test('a key in the address is another account as well', () => {
    const asked = (url: string) => key({ model: 'a' }, null, {}, same, url);
    expect(asked(`${address}?key=one`)).not.toBe(asked(`${address}?key=other`));
  });

  test('hold no key that could be read', () => {
    const exchange = exchangeFor({ model: 'a' }, null, { authorization: 'Bearer sk-secret' }, same);
    expect(createKeys(() => '').placeOf(exchange)).not.toContain('sk-secret');
  });
});

test('a header that chooses who answers makes two calls of two, in flight and kept', async () => {
  await on.close();
  const calls = arrivals();
  on = await setUp({ cache: { mode: 'on' }, deduplicate: 'on', validate: { check: calls.check } });
  on.provider.script({ hold: 'start' });
  const ask = (provider: string, trace: string): Promise<unknown> =>
    on.metered.openai.chat.completions.create(chat, {
      headers: { 'x-portkey-provider': provider, 'x-portkey-trace-id': trace },
    });
  const all = Promise.all([ask('one', 'a'), ask('other', 'b'), ask('one', 'c')]);
  await calls.came(3);
  await on.provider.until((all) => all.length === 2);
  on.provider.release();
  await all;
  await on.meter.flush();
  await ask('other', 'd');
  expect(on.provider.calls.map(({ headers }) => headers?.['x-portkey-provider'])).toEqual(['one', 'other']);
});
