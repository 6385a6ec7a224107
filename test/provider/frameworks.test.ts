/** The Vercel AI SDK and LangChain against the fake provider, with nothing in between. */
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { ChatAnthropic } from '@langchain/anthropic';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { APICallError, embedMany, generateObject, generateText, stepCountIs, streamText, tool } from 'ai';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type FakeProvider, startFakeProvider } from './server.ts';

let provider: FakeProvider;
beforeAll(async () => {
  provider = await startFakeProvider();
});
afterEach(() => provider.reset());
afterAll(() => provider.close());

const prompt = 'What is a farthing?';
const Coin = z.object({ name: z.string(), pence: z.number() });

describe('Vercel AI SDK', () => {
  const openai = () => createOpenAI({ baseURL: `${provider.url}/v1`, apiKey: 'key' });
  const anthropic = () => createAnthropic({ baseURL: `${provider.url}/v1`, apiKey: 'key' });
  const models = () => [openai()('gpt-6-luna'), openai().chat('gpt-6-luna'), anthropic()('claude-sonnet-5-5')];

  test('generateText and streamText give the same text and usage', async () => {
    for (const model of models()) {
      const plain = await generateText({ model, prompt, maxOutputTokens: 100 });
      expect(plain.text).toContain(prompt);
      expect(plain.usage.inputTokens).toBe(5);
      const streamed = streamText({ model, prompt, maxOutputTokens: 100 });
      expect(await streamed.text).toBe(plain.text);
      expect(await streamed.usage).toMatchObject({ outputTokens: plain.usage.outputTokens });
    }
  });

  test('generateObject gives a value of the schema', async () => {
    for (const model of models()) {
      const { object } = await generateObject({ model, prompt, schema: Coin, maxOutputTokens: 100 });
      expect(Coin.safeParse(object).success).toBe(true);
    }
  });

  test('a tool is called in a loop of steps', async () => {
    for (const model of models()) {
      provider.reset();
      provider.script([{ toolCalls: [{ name: 'weather', arguments: { city: 'Lima' } }] }, { text: 'It rains.' }]);
      const weather = tool({ inputSchema: z.object({ city: z.string() }), execute: async () => 'rain' });
      const { text } = await generateText({ model, prompt, tools: { weather }, stopWhen: stepCountIs(3) });
      expect(text).toBe('It rains.');
      expect(provider.stepsLeft).toBe(0);
    }
  });

  test('embedMany', async () => {
    const { embeddings, usage } = await embedMany({
      model: openai().embeddingModel('text-embedding-3-small'),
      values: ['penny', 'pound'],
    });
    expect(embeddings.map(({ length }) => length)).toEqual([1536, 1536]);
    expect(usage.tokens).toBe(3);
  });

  test('an error is raised with its status', async () => {
    provider.script({ error: { status: 402, message: 'No money.' } });
    for (const model of models()) {
      const error = await generateText({ model, prompt, maxRetries: 0 }).catch((reason: unknown) => reason);
      expect(APICallError.isInstance(error) && error.statusCode).toBe(402);
      expect(String(error)).toContain('No money.');
    }
  });
});

describe('LangChain', () => {
  const models = () => [
    new ChatOpenAI({
      model: 'gpt-6-luna',
      apiKey: 'key',
      maxRetries: 0,
      configuration: { baseURL: `${provider.url}/v1` },
    }),
    new ChatAnthropic({ model: 'claude-sonnet-5-5', apiKey: 'key', maxRetries: 0, anthropicApiUrl: provider.url }),
  ];

  test('invoke and stream give the same text', async () => {
    for (const model of models()) {
      const answer = await model.invoke(prompt);
      const { text } = answer;
      expect(text).toContain(prompt);
      expect(answer).toMatchObject({ usage_metadata: { input_tokens: 5 } });
      let streamed = '';
      for await (const chunk of await model.stream(prompt)) streamed += chunk.text;
      expect(streamed).toBe(text);
    }
  });

  test('withStructuredOutput gives a value of the schema', async () => {
    for (const model of models()) {
      expect(Coin.safeParse(await model.withStructuredOutput(Coin).invoke(prompt)).success).toBe(true);
    }
  });

  test('an error is raised with its status', async () => {
    provider.script({ error: { status: 402, message: 'No money.' } });
    for (const model of models()) await expect(model.invoke(prompt)).rejects.toMatchObject({ status: 402 });
  });

  test('embeddings', async () => {
    const embeddings = new OpenAIEmbeddings({
      model: 'text-embedding-3-small',
      apiKey: 'key',
      maxRetries: 0,
      configuration: { baseURL: `${provider.url}/v1` },
    });
    expect(await embeddings.embedQuery('penny')).toHaveLength(1536);
  });
});
