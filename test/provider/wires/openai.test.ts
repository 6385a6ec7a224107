/** The real OpenAI SDK against the fake provider, with nothing in between. */
import OpenAI, { AzureOpenAI } from 'openai';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { collect } from '../../support/collect.ts';
import { type FakeProvider, startFakeProvider } from '../server.ts';
import { tokensOf } from '../tokens.ts';

let provider: FakeProvider;
let client: OpenAI;
beforeAll(async () => {
  provider = await startFakeProvider();
  client = new OpenAI({ baseURL: `${provider.url}/v1`, apiKey: 'key', maxRetries: 0 });
});
afterEach(() => provider.reset());
afterAll(() => provider.close());

const model = 'gpt-6-luna';
const messages = [{ role: 'user' as const, content: 'What is a farthing?' }];
const City = z.object({ city: z.string(), inhabitants: z.number().int(), districts: z.array(z.string()).min(2) });

test('a chat completion, and the same text as a stream with usage', async () => {
  const plain = await client.chat.completions.create({ model, messages });
  expect(plain.choices[0]?.message.content).toContain('What is a farthing?');
  expect(plain.usage).toMatchObject({ prompt_tokens: 5, total_tokens: 5 + (plain.usage?.completion_tokens ?? 0) });
  const stream = await client.chat.completions.create({
    model,
    messages,
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = '';
  let usage: unknown;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta.content ?? '';
    usage ??= chunk.usage;
  }
  expect(text).toBe(plain.choices[0]?.message.content);
  expect(usage).toEqual(plain.usage);
});

test('a stream has usage only where it is asked for', async () => {
  const stream = await client.chat.completions.create({ model, messages, stream: true });
  for await (const chunk of stream) expect(chunk).not.toHaveProperty('usage');
});

test('n choices are billed together, and come as separate texts', async () => {
  const { choices, usage } = await client.chat.completions.create({ model, messages, n: 3 });
  expect(new Set(choices.map(({ message }) => message.content)).size).toBe(3);
  expect(usage?.completion_tokens).toBe(choices.reduce((sum, { message }) => sum + tokensOf(message.content ?? ''), 0));
  const streamed = ['', '', ''];
  for await (const chunk of await client.chat.completions.create({ model, messages, n: 3, stream: true })) {
    for (const { index, delta } of chunk.choices) streamed[index] += delta.content ?? '';
  }
  expect(streamed).toEqual(choices.map(({ message }) => message.content));
});

test('an output limit cuts the text and says so', async () => {
  const { choices, usage } = await client.chat.completions.create({ model, messages, max_completion_tokens: 3 });
  expect(choices[0]).toMatchObject({
    finish_reason: 'length',
    message: { content: choices[0]?.message.content?.slice(0, 12) },
  });
  expect(usage?.completion_tokens).toBe(3);
});

test('reasoning counts against the limit and is part of the output', async () => {
  provider.script({ reasoningTokens: 60, outputTokens: 100 });
  const { usage } = await client.chat.completions.create({ model, messages, max_completion_tokens: 80 });
  expect(usage).toMatchObject({ completion_tokens: 80, completion_tokens_details: { reasoning_tokens: 60 } });
});

test('parse gives a value of the schema without a script', async () => {
  const { choices } = await client.chat.completions.parse({
    model,
    messages,
    response_format: zodResponseFormat(City, 'city'),
  });
  expect(City.parse(choices[0]?.message.parsed).districts).toHaveLength(2);
});

test('a refusal is a refusal', async () => {
  provider.script({ refusal: 'I will not.' });
  const { choices } = await client.chat.completions.create({ model, messages });
  expect(choices[0]?.message).toMatchObject({ content: null, refusal: 'I will not.' });
});

test('runTools calls the tool and takes its result back, streaming or not', async () => {
  for (const stream of [false, true] as const) {
    provider.reset();
    provider.script([{ toolCalls: [{ name: 'weather', arguments: { city: 'Lima' } }] }, { text: 'It rains.' }]);
    const seen: string[] = [];
    const tool = {
      type: 'function' as const,
      function: {
        name: 'weather',
        description: 'The weather in a city',
        parameters: { type: 'object', properties: { city: { type: 'string' } } },
        parse: JSON.parse,
        function: ({ city }: { city: string }) => {
          seen.push(city);
          return 'rain';
        },
      },
    };
    const runner = stream
      ? client.chat.completions.runTools({ model, messages, tools: [tool], stream })
      : client.chat.completions.runTools({ model, messages, tools: [tool] });
    expect(await runner.finalContent()).toBe('It rains.');
    expect(seen).toEqual(['Lima']);
    expect(provider.calls.at(-1)?.json).toMatchObject({
      messages: [{ role: 'user' }, { role: 'assistant' }, { role: 'tool', content: 'rain' }],
    });
  }
});

test('the stream helper ends with the whole completion', async () => {
  const stream = client.chat.completions.stream({ model, messages, stream_options: { include_usage: true } });
  const final = await stream.finalChatCompletion();
  expect(final.choices[0]?.message.content).toContain('What is a farthing?');
  expect(final.usage?.prompt_tokens).toBe(5);
});

test('withResponse gives the request id', async () => {
  const { request_id, response } = await client.chat.completions.create({ model, messages }).withResponse();
  expect(request_id).toMatch(/^req_/);
  expect(response.headers.get('content-type')).toBe('application/json');
});

test('responses: plain, streamed, parsed, with a tool, and continued', async () => {
  const plain = await client.responses.create({ model, input: 'What is a farthing?' });
  expect(plain.output_text).toContain('What is a farthing?');
  const stream = client.responses.stream({ model, input: 'What is a farthing?' });
  const types: string[] = [];
  const numbers: number[] = [];
  for await (const event of stream) {
    types.push(event.type);
    numbers.push(event.sequence_number);
  }
  expect(types[0]).toBe('response.created');
  expect(types.at(-1)).toBe('response.completed');
  expect(numbers).toEqual(numbers.map((_, index) => index));
  expect((await stream.finalResponse()).output_text).toBe(plain.output_text);
  const parsed = await client.responses.parse({ model, input: 'x', text: { format: zodTextFormat(City, 'city') } });
  expect(City.safeParse(parsed.output_parsed).success).toBe(true);
  provider.script([{ toolCalls: [{ name: 'weather', arguments: { city: 'Lima' } }], reasoningTokens: 7 }]);
  const called = await client.responses.stream({ model, input: 'x' }).finalResponse();
  expect(called.output.map(({ type }) => type)).toEqual(['reasoning', 'function_call']);
  expect(called.usage?.output_tokens_details.reasoning_tokens).toBe(7);
  const next = await client.responses.create({ model, input: 'Go on', previous_response_id: plain.id });
  expect(next.usage?.input_tokens).toBe(2 + (plain.usage?.total_tokens ?? 0));
});

test('a response that meets its limit is incomplete', async () => {
  const request = { model, input: 'x', max_output_tokens: 2 };
  expect(await client.responses.create(request)).toMatchObject({
    status: 'incomplete',
    incomplete_details: { reason: 'max_output_tokens' },
  });
  expect(await client.responses.stream(request).finalResponse()).toMatchObject({ status: 'incomplete' });
});

test('embeddings are unit vectors that depend on the text, in both encodings', async () => {
  const input = ['penny', 'pound', 'penny'];
  const packed = await client.embeddings.create({ model: 'text-embedding-3-small', input, dimensions: 64 });
  const [penny, pound, again] = packed.data.map(({ embedding }) => embedding);
  expect(penny).toEqual(again);
  expect(penny).not.toEqual(pound);
  expect(penny?.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 5);
  const plain = await client.embeddings.create({
    model: 'text-embedding-3-small',
    input,
    dimensions: 64,
    encoding_format: 'float',
  });
  expect(plain.data[0]?.embedding).toEqual(penny);
  expect(plain.usage).toEqual({ prompt_tokens: 4, total_tokens: 4 });
});

test("Azure's paths", async () => {
  const azure = new AzureOpenAI({
    endpoint: provider.url,
    apiKey: 'key',
    apiVersion: '2026-01-01',
    deployment: 'ours',
    maxRetries: 0,
  });
  const { choices } = await azure.chat.completions.create({ model: '', messages });
  expect(choices[0]?.message.content).toContain('farthing');
  expect(provider.calls[0]?.path).toBe('/openai/deployments/ours/chat/completions?api-version=2026-01-01');
  const [first] = await collect(await azure.chat.completions.create({ model: 'm', messages, stream: true }));
  expect(first).toMatchObject({ choices: [], prompt_filter_results: [{ prompt_index: 0 }] });
  const version1 = new OpenAI({ baseURL: `${provider.url}/openai/v1`, apiKey: 'key' });
  expect((await version1.responses.create({ model, input: 'x' })).status).toBe('completed');
});

test('errors are raised as the SDK’s own classes, with the status and what the body says', async () => {
  const classes = [
    [400, OpenAI.BadRequestError],
    [401, OpenAI.AuthenticationError],
    [403, OpenAI.PermissionDeniedError],
    [404, OpenAI.NotFoundError],
    [429, OpenAI.RateLimitError],
    [500, OpenAI.InternalServerError],
  ] as const;
  for (const [status, kind] of classes) {
    provider.script([{ error: { status, message: 'No more.' } }]);
    const error = await client.chat.completions.create({ model, messages }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ status, message: `${status} No more.` });
  }
  expect(provider.calls.map(({ billed }) => billed)).toEqual(classes.map(() => null));
});

test('a request that lacks what it needs is refused as by the provider', async () => {
  await expect(client.post('/chat/completions', { body: { model } })).rejects.toBeInstanceOf(OpenAI.BadRequestError);
  await expect(client.get('/nothing')).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  await expect(client.responses.create({ model, input: 'x', previous_response_id: 'resp_0' })).rejects.toThrow(
    "Previous response with id 'resp_0' not found.",
  );
});

test('the SDK retries after the time in retry-after', async () => {
  provider.script([{ error: { status: 429, retryAfter: 1, retryAfterMs: 30 } }, { text: 'Now.' }]);
  const patient = client.withOptions({ maxRetries: 1 });
  const { choices } = await patient.chat.completions.create({ model, messages });
  expect(choices[0]?.message.content).toBe('Now.');
  const [first, second] = provider.calls;
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(28);
});

test('an error inside a stream is raised where it comes', async () => {
  provider.script({ fault: { kind: 'error', at: 4, message: 'Broken.' } });
  const stream = await client.chat.completions.create({ model, messages, stream: true });
  let chunks = 0;
  const reading = (async () => {
    for await (const _chunk of stream) chunks++;
  })();
  await expect(reading).rejects.toThrow('Broken.');
  expect(chunks).toBe(4);
  await expect(client.responses.stream({ model, input: 'x' }).finalResponse()).rejects.toThrow('Broken.');
});
