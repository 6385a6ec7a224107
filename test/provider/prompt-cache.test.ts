/** Tokens that the providers' prompt caches give back, through the real SDKs. */
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type FakeProvider, startFakeProvider } from './server.ts';

let provider: FakeProvider;
let openai: OpenAI;
let anthropic: Anthropic;
beforeAll(async () => {
  provider = await startFakeProvider();
  openai = new OpenAI({ baseURL: `${provider.url}/v1`, apiKey: 'key', maxRetries: 0 });
  anthropic = new Anthropic({ baseURL: provider.url, apiKey: 'key', maxRetries: 0 });
});
afterEach(() => {
  vi.useRealTimers();
  provider.reset();
});
afterAll(() => provider.close());

/** A text of this many tokens. */
const long = (tokens: number) => 'pay '.repeat(tokens);

async function cachedByOpenai(system: string, question: string, client = openai): Promise<number | undefined> {
  const { usage } = await client.chat.completions.create({
    model: 'gpt-6-luna',
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: question },
    ],
  });
  return usage?.prompt_tokens_details?.cached_tokens;
}

test('OpenAI finds a repeated beginning by itself, from 1,024 tokens in steps of 128', async () => {
  expect(await cachedByOpenai(long(1200), 'One?')).toBe(0);
  expect(await cachedByOpenai(long(1200), 'Two?')).toBe(1152);
  expect(await cachedByOpenai(long(1000), 'One?')).toBe(0);
  expect(await cachedByOpenai(long(1000), 'Two?')).toBe(0);
});

test('another key is another cache', async () => {
  const other = openai.withOptions({ apiKey: 'other' });
  await cachedByOpenai(long(1200), 'One?');
  expect(await cachedByOpenai(long(1200), 'One?', other)).toBe(0);
});

test('OpenAI reports writes where the request has cache options', async () => {
  const request = {
    model: 'gpt-6.1-sol',
    messages: [{ role: 'user' as const, content: long(1100) }],
    prompt_cache_options: { ttl: '30m' as const },
  };
  const first = await openai.chat.completions.create(request);
  expect(first.usage?.prompt_tokens_details).toMatchObject({ cached_tokens: 0, cache_write_tokens: 1024 });
  const second = await openai.chat.completions.create(request);
  expect(second.usage?.prompt_tokens_details).toMatchObject({ cached_tokens: 1024, cache_write_tokens: 0 });
});

async function anthropicUsage(
  system: Anthropic.TextBlockParam[],
  messages: Anthropic.MessageParam[],
): Promise<readonly (number | null)[]> {
  const { usage } = await anthropic.messages.create({ model: 'claude-sonnet-5-5', max_tokens: 9, system, messages });
  return [usage.input_tokens, usage.cache_creation_input_tokens, usage.cache_read_input_tokens];
}

const marked = (tokens: number, ttl?: '1h'): Anthropic.TextBlockParam => ({
  type: 'text',
  text: long(tokens),
  cache_control: { type: 'ephemeral', ...(ttl === undefined ? {} : { ttl }) },
});
const question = (content: string): Anthropic.MessageParam => ({ role: 'user', content });

test('Anthropic writes a marked prefix once and then reads it; the counts do not overlap', async () => {
  expect(await anthropicUsage([marked(2000)], [question('One?')])).toEqual([1, 2000, 0]);
  expect(await anthropicUsage([marked(2000)], [question('Two?')])).toEqual([1, 0, 2000]);
});

test('Anthropic caches nothing without a marker, nor below 1,024 tokens', async () => {
  const plain: Anthropic.TextBlockParam = { type: 'text', text: long(2000) };
  for (let time = 0; time < 2; time++) {
    expect(await anthropicUsage([plain], [question('One?')])).toEqual([2001, 0, 0]);
    expect(await anthropicUsage([marked(900)], [question('One?')])).toEqual([901, 0, 0]);
  }
});

test('a conversation reads what its last turn wrote, and writes the rest', async () => {
  const turn = (content: string): Anthropic.MessageParam => ({
    role: 'user',
    content: [{ type: 'text', text: content, cache_control: { type: 'ephemeral' } }],
  });
  expect(await anthropicUsage([], [turn(long(1500))])).toEqual([0, 1500, 0]);
  const said: Anthropic.MessageParam = { role: 'assistant', content: long(50) };
  expect(await anthropicUsage([], [question(long(1500)), said, turn(long(100))])).toEqual([0, 150, 1500]);
});

test('writes for an hour are counted separately, and outlive those for five minutes', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { usage } = await anthropic.messages.create({
    model: 'claude-sonnet-5-5',
    max_tokens: 9,
    system: [marked(2000, '1h'), marked(1000)],
    messages: [question('One?')],
  });
  expect(usage.cache_creation).toMatchObject({ ephemeral_1h_input_tokens: 2000, ephemeral_5m_input_tokens: 1000 });
  expect(provider.calls[0]?.billed).toMatchObject({ cacheWriteTokens: 3000, longCacheWriteTokens: 2000 });
  vi.setSystemTime(Date.now() + 6 * 60_000);
  expect(await anthropicUsage([marked(2000, '1h'), marked(1000)], [question('Two?')])).toEqual([1, 1000, 2000]);
});
