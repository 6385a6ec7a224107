/** Every SDK's own ways of calling give the same with the layers as without them. */

import { betaZodTool } from '@anthropic-ai/sdk/helpers/beta/zod';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import OpenAI, { AzureOpenAI } from 'openai';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Clients, collect, type SetUp, setUp, withoutMoments } from './set-up.ts';

let on: SetUp;
beforeAll(async () => {
  on = await setUp({
    cache: { mode: 'on' },
    deduplicate: 'on',
    callSites: { capture: 'always' },
    retries: 1,
    budgets: [{ per: 'total', window: 'day', dollars: 1000 }],
  });
});
beforeEach(() => on.provider.reset());
afterAll(() => on.close());

const messages = [{ role: 'user' as const, content: 'What is a farthing?' }];
const City = z.object({ city: z.string(), inhabitants: z.number().int() });
const chat = { model: 'small', messages, max_completion_tokens: 200 };
const message = { model: 'small', messages, max_tokens: 200 };

/** Each way twice with the layers: sent, and from the cache where it may be. */
const WAYS: Readonly<Record<string, (clients: Clients) => Promise<unknown>>> = {
  'chat create': ({ openai }) => openai.chat.completions.create(chat),
  'chat create at temperature 0': ({ openai }) => openai.chat.completions.create({ ...chat, temperature: 0 }),
  'chat stream': async ({ openai }) => collect(await openai.chat.completions.create({ ...chat, stream: true })),
  'chat stream at temperature 0': async ({ openai }) =>
    collect(await openai.chat.completions.create({ ...chat, model: 'large', temperature: 0, stream: true })),
  'chat stream with usage': async ({ openai }) =>
    collect(await openai.chat.completions.create({ ...chat, stream: true, stream_options: { include_usage: true } })),
  'chat stream helper': async ({ openai }) => {
    const events: string[] = [];
    const stream = openai.chat.completions.stream(chat).on('content', (delta) => events.push(delta));
    return [await stream.finalChatCompletion(), events.join('')];
  },
  'chat parse': async ({ openai }) =>
    (await openai.chat.completions.parse({ ...chat, response_format: zodResponseFormat(City, 'city') })).choices[0]
      ?.message.parsed,
  'chat with several choices': ({ openai }) => openai.chat.completions.create({ ...chat, n: 3 }),
  'responses create': ({ openai }) =>
    openai.responses.create({ model: 'small', input: 'What?', max_output_tokens: 90 }),
  'responses stream': async ({ openai }) =>
    collect(await openai.responses.create({ model: 'small', input: 'What?', max_output_tokens: 90, stream: true })),
  'responses stream helper': ({ openai }) =>
    openai.responses.stream({ model: 'small', input: 'What?', max_output_tokens: 90 }).finalResponse(),
  'responses parse': async ({ openai }) =>
    (await openai.responses.parse({ model: 'small', input: 'Where?', text: { format: zodTextFormat(City, 'city') } }))
      .output_parsed,
  embeddings: ({ openai }) => openai.embeddings.create({ model: 'small', input: ['one', 'two'] }),
  'messages create': ({ anthropic }) => anthropic.messages.create(message),
  'messages stream': async ({ anthropic }) => collect(await anthropic.messages.create({ ...message, stream: true })),
  'messages stream helper': async ({ anthropic }) => {
    const texts: string[] = [];
    const stream = anthropic.messages.stream(message).on('text', (delta) => texts.push(delta));
    return [await stream.finalMessage(), texts.join('')];
  },
  'messages parse': async ({ anthropic }) =>
    (await anthropic.messages.parse({ ...message, output_config: { format: zodOutputFormat(City) } })).parsed_output,
  generateContent: async ({ google }) =>
    google.models.generateContent({ model: 'small', contents: 'What?', config: { maxOutputTokens: 90 } }),
  generateContentStream: async ({ google }) =>
    collect(
      await google.models.generateContentStream({ model: 'small', contents: 'What?', config: { maxOutputTokens: 90 } }),
    ),
  'google chat': ({ google }) =>
    google.chats.create({ model: 'small', config: { maxOutputTokens: 90 } }).sendMessage({ message: 'What?' }),
};

describe.each(Object.entries(WAYS))('%s', (_, way) => {
  test('gives the same with the layers, sent and repeated', async () => {
    const expected = withoutMoments(await way(on.plain));
    expect(withoutMoments(await way(on.metered))).toEqual(expected);
    expect(withoutMoments(await way(on.metered))).toEqual(expected);
    expect(on.calls.at(-1)).toMatchObject({ status: 200, end: 'complete' });
    expect(on.calls.at(-1)?.cost).not.toBeNull();
  });
});

test('openai runs tools', async () => {
  const script = [{ toolCalls: [{ name: 'weather', arguments: { city: 'Rome' } }] }, { text: 'Sunny.' }];
  const run = (openai: OpenAI): Promise<string | null> => {
    on.provider.script(script);
    return openai.chat.completions
      .runTools({
        ...chat,
        tools: [
          {
            type: 'function',
            function: {
              name: 'weather',
              description: 'The weather',
              parameters: { type: 'object', properties: {} },
              function: () => 'sunny',
              parse: (text: string): object => JSON.parse(text),
            },
          },
        ],
      })
      .finalContent();
  };
  expect(await run(on.plain.openai)).toBe('Sunny.');
  expect(await run(on.metered.openai)).toBe('Sunny.');
});

test('anthropic runs tools', async () => {
  const weather = betaZodTool({
    name: 'weather',
    description: 'The weather',
    inputSchema: z.object({ city: z.string() }),
    run: () => 'sunny',
  });
  const run = async ({ anthropic }: Clients): Promise<unknown> => {
    on.provider.script([{ toolCalls: [{ name: 'weather', arguments: { city: 'Rome' } }] }, { text: 'Sunny.' }]);
    return (await anthropic.beta.messages.toolRunner({ ...message, tools: [weather] })).content;
  };
  const expected = withoutMoments(await run(on.plain));
  expect(withoutMoments(await run(on.metered))).toEqual(expected);
});

test('azure keeps its class and its addresses', async () => {
  const azure = new AzureOpenAI({
    endpoint: on.provider.url,
    apiKey: 'key',
    apiVersion: '2026-01-01',
    deployment: 'small',
  });
  const wrapped = on.meter.wrap(azure);
  expect(wrapped).toBeInstanceOf(AzureOpenAI);
  const answer = await wrapped.chat.completions.create(chat);
  expect(withoutMoments(answer)).toEqual(withoutMoments(await azure.chat.completions.create(chat)));
  expect(on.provider.calls.every(({ path }) => path.startsWith('/openai/deployments/small/chat/completions'))).toBe(
    true,
  );
});

test('the class of a client stays, and wrapping twice is wrapping once', () => {
  expect(on.metered.openai).toBeInstanceOf(OpenAI);
  const again = on.meter.wrap(on.metered.openai);
  expect((again as unknown as { fetch: unknown }).fetch).toBe(
    (on.metered.openai as unknown as { fetch: unknown }).fetch,
  );
});

test('withResponse shows what the call cost', async () => {
  const { response } = await on.metered.openai.chat.completions.create(chat).withResponse();
  expect(response.headers.get('x-farthing-origin')).toBe('provider');
  expect(Number(response.headers.get('x-farthing-cost'))).toBeGreaterThan(0);
  expect(response.headers.get('x-farthing-cost-basis')).toBe('measured');
});

test.each([400, 401, 404, 422, 429, 500])('an error of status %i is the same error', async (status) => {
  const failure = async (client: Clients): Promise<unknown> => {
    on.provider.script({ error: { status, message: 'no' } });
    const errors = [
      await client.openai.chat.completions.create(chat).catch((error: unknown) => error),
      await client.anthropic.messages.create(message).catch((error: unknown) => error),
    ];
    on.provider.reset();
    return errors.map((error) => [
      (error as Error).constructor.name,
      (error as { status?: number }).status,
      (error as Error).message.replace(/req_\w+/g, ''),
    ]);
  };
  const plain = await setUp();
  const expected = await failure(on.plain);
  expect(await failure(on.metered)).toEqual(expected);
  await plain.close();
});

test('a request that is not understood passes through byte for byte', async () => {
  const file = new File(['hello'], 'a.txt');
  await on.metered.openai.files.create({ file, purpose: 'assistants' }).catch(() => {});
  await on.plain.openai.files.create({ file, purpose: 'assistants' }).catch(() => {});
  const [metered, plain] = on.provider.calls.slice(-2);
  const text = (body: Buffer | null | undefined): string =>
    body?.toString().replace(/-+[\w-]*[Bb]oundary[\w-]*|formdata-undici-\d+/g, 'B') ?? '';
  expect(text(metered?.body)).toBe(text(plain?.body));
  expect(metered?.path).toBe(plain?.path);
});

test.each([
  ['plainly', '{"model":"small","messages":[{"role":"user"}'],
  ['inside a message', '{"model":"small","temperature":0,"messages":[{"role":"user","content":"Hi"},tru]}'],
  ['in a number', '{"model":"fast","temperature":0,"n":NaN,"messages":[{"role":"user","content":"Hi"}]}'],
])('a body that is no JSON, %s, passes through byte for byte, and is never kept', async (_, body) => {
  const all = await setUp({
    aliases: {},
    features: { a: { outputLimit: 5, promptCaching: true } },
    cache: { mode: 'on' },
    deduplicate: 'on',
    validate: { empty: true, check: () => 'no' },
    limits: [{ per: 'total', tokens: 1e9 }],
    budgets: [{ per: 'total', window: 'day', dollars: 1000, mode: 'soft' }],
    retries: 2,
  });
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  const url = `${all.provider.url}/v1/chat/completions`;
  const expected = await (await fetch(url, init)).text();
  for (let round = 0; round < 2; round++) {
    const response = await all.meter.run({ feature: 'a' }, () => all.meter.fetch(url, init));
    expect(withoutMoments(await response.json())).toEqual(withoutMoments(JSON.parse(expected)));
  }
  expect(all.provider.calls).toHaveLength(3);
  expect(all.provider.calls.map((call) => call.body?.toString())).toEqual([body, body, body]);
  await all.close();
});

test('what is sent is what the SDK wrote, where no layer changes it', async () => {
  await on.plain.openai.chat.completions.create(chat);
  await on.metered.openai.chat.completions.create(chat);
  const [plain, metered] = on.provider.calls;
  expect(metered?.body?.toString()).toBe(plain?.body?.toString());
  const names = Object.keys(plain?.headers ?? {}).sort();
  expect(Object.keys(metered?.headers ?? {}).sort()).toEqual(names);
});

test('what others put upon a wrapped client is in force, and metered', async () => {
  const seen: string[] = [];
  const client = on.meter.wrap(new OpenAI({ apiKey: 'test-key', baseURL: `${on.provider.url}/v1`, maxRetries: 0 }));
  const { completions } = client.chat;
  const create = completions.create.bind(completions);
  completions.create = ((...args: Parameters<typeof create>) => {
    seen.push('patch');
    return create(...args);
  }) as typeof create;
  const traced = new Proxy(client, {
    get(target, name) {
      if (name === 'chat') seen.push('proxy');
      return Reflect.get(target, name);
    },
  });
  const before = on.calls.length;
  await traced.chat.completions.create({ ...chat, messages: [{ role: 'user', content: 'Patched?' }] });
  expect(seen).toEqual(['proxy', 'patch']);
  expect(on.calls.length).toBe(before + 1);
});
