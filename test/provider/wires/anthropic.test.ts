/** The real Anthropic SDK against the fake provider, with nothing in between. */
import Anthropic from '@anthropic-ai/sdk';
import { betaZodTool } from '@anthropic-ai/sdk/helpers/beta/zod';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { collect } from '../../support/collect.ts';
import { type FakeProvider, startFakeProvider } from '../server.ts';

let provider: FakeProvider;
let client: Anthropic;
beforeAll(async () => {
  provider = await startFakeProvider();
  client = new Anthropic({ baseURL: provider.url, apiKey: 'key', maxRetries: 0 });
});
afterEach(() => provider.reset());
afterAll(() => provider.close());

const request = {
  model: 'claude-sonnet-5-5',
  max_tokens: 200,
  messages: [{ role: 'user' as const, content: 'What is a farthing?' }],
};

test('a message, and the same as a stream', async () => {
  const plain = await client.messages.create(request);
  expect(plain.content).toMatchObject([{ type: 'text', text: expect.stringContaining('What is a farthing?') }]);
  expect(plain).toMatchObject({ stop_reason: 'end_turn', usage: { input_tokens: 5 } });
  const final = await client.messages.stream(request).finalMessage();
  expect(final.content).toEqual(plain.content);
  expect(final.usage.output_tokens).toBe(plain.usage.output_tokens);
});

test('a stream has the events of the real one, in order', async () => {
  const events = await collect(await client.messages.create({ ...request, stream: true }));
  const types = events.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1]);
  expect(types).toEqual([
    'message_start',
    'content_block_start',
    'content_block_delta',
    'content_block_stop',
    'message_delta',
    'message_stop',
  ]);
});

test('the limit ends the message', async () => {
  const message = await client.messages.create({ ...request, max_tokens: 4 });
  expect(message).toMatchObject({ stop_reason: 'max_tokens', usage: { output_tokens: 4 } });
});

test('thinking comes first, and bills as output', async () => {
  provider.script({ reasoningTokens: 30, text: 'Four to the penny.' });
  const plain = await client.messages.create(request);
  const streamed = await client.messages.stream(request).finalMessage();
  for (const { content, usage } of [plain, streamed]) {
    expect(content).toMatchObject([{ type: 'thinking', thinking: 'Thinking.' }, { type: 'text' }]);
    expect(usage.output_tokens).toBe(35);
  }
});

test('parse gives a value of the schema', async () => {
  const Coin = z.object({ name: z.string(), pence: z.number() });
  const message = await client.messages.parse({ ...request, output_config: { format: zodOutputFormat(Coin) } });
  expect(Coin.safeParse(message.parsed_output).success).toBe(true);
});

test('toolRunner calls the tool and takes its result back, streaming or not', async () => {
  for (const stream of [false, true]) {
    provider.reset();
    provider.script([{ toolCalls: [{ name: 'weather', arguments: { city: 'Lima' } }] }, { text: 'It rains.' }]);
    const seen: string[] = [];
    const weather = betaZodTool({
      name: 'weather',
      description: 'The weather in a city',
      inputSchema: z.object({ city: z.string() }),
      run: ({ city }) => {
        seen.push(city);
        return 'rain';
      },
    });
    const final = await client.beta.messages.toolRunner({ ...request, tools: [weather], stream }).runUntilDone();
    expect(final.content).toMatchObject([{ type: 'text', text: 'It rains.' }]);
    expect(seen).toEqual(['Lima']);
  }
});

test('a tool that has to be called is called', async () => {
  const { content, stop_reason } = await client.messages.create({
    ...request,
    tools: [
      { name: 'save', input_schema: { type: 'object', properties: { note: { type: 'string' } }, required: ['note'] } },
    ],
    tool_choice: { type: 'tool', name: 'save' },
  });
  expect(stop_reason).toBe('tool_use');
  expect(content).toMatchObject([{ type: 'tool_use', name: 'save', input: { note: 'text' } }]);
});

test('errors are raised as the SDK’s own classes', async () => {
  const classes = [
    [400, Anthropic.BadRequestError, 'invalid_request_error'],
    [401, Anthropic.AuthenticationError, 'authentication_error'],
    [429, Anthropic.RateLimitError, 'rate_limit_error'],
    [500, Anthropic.InternalServerError, 'api_error'],
    [529, Anthropic.InternalServerError, 'overloaded_error'],
  ] as const;
  for (const [status, kind, type] of classes) {
    provider.script([{ error: { status } }]);
    const error = await client.messages.create(request).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ status, error: { type: 'error', error: { type } } });
  }
});

test('an error inside a stream is raised', async () => {
  provider.script({ fault: { kind: 'error', at: 'middle', status: 529, message: 'Overloaded' } });
  const error = await client.messages
    .stream(request)
    .finalMessage()
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Anthropic.APIError);
  expect(String(error)).toContain('overloaded_error');
});

test('a request without max_tokens is refused as by the provider', async () => {
  const { max_tokens: _limit, ...body } = request;
  await expect(client.post('/v1/messages', { body })).rejects.toThrow('max_tokens: Field required');
});
