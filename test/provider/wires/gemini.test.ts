/** The real Google SDK against the fake provider, with nothing in between. */
import { ApiError, FunctionCallingConfigMode, GoogleGenAI } from '@google/genai';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { collect } from '../../support/collect.ts';
import { type FakeProvider, startFakeProvider } from '../server.ts';

let provider: FakeProvider;
let client: GoogleGenAI;
beforeAll(async () => {
  provider = await startFakeProvider();
  client = new GoogleGenAI({ apiKey: 'key', httpOptions: { baseUrl: provider.url } });
});
afterEach(() => provider.reset());
afterAll(() => provider.close());

const request = { model: 'gemini-3.8-flash', contents: 'What is a farthing?' };

test('generateContent, and the same as a stream', async () => {
  const plain = await client.models.generateContent(request);
  expect(plain.text).toContain('What is a farthing?');
  expect(plain.usageMetadata).toMatchObject({ promptTokenCount: 5 });
  let text = '';
  let usage: unknown;
  for await (const chunk of await client.models.generateContentStream(request)) {
    text += chunk.text ?? '';
    usage = chunk.usageMetadata;
  }
  expect(text).toBe(plain.text);
  expect(usage).toEqual(plain.usageMetadata);
});

test('limit and reasoning', async () => {
  provider.script({ reasoningTokens: 6, outputTokens: 100 });
  const config = { maxOutputTokens: 10 };
  const plain = await client.models.generateContent({ ...request, config });
  expect(plain.candidates?.[0]?.finishReason).toBe('MAX_TOKENS');
  expect(plain.usageMetadata).toMatchObject({ candidatesTokenCount: 4, thoughtsTokenCount: 6, totalTokenCount: 15 });
  const chunks = await collect(await client.models.generateContentStream({ ...request, config }));
  expect(chunks.at(-1)?.usageMetadata).toEqual(plain.usageMetadata);
});

test('a schema is answered with a value, and candidates are counted together', async () => {
  const schema = { type: 'object', properties: { coin: { type: 'string', enum: ['farthing'] } }, required: ['coin'] };
  const { text } = await client.models.generateContent({
    ...request,
    config: { responseMimeType: 'application/json', responseJsonSchema: schema },
  });
  expect(JSON.parse(text ?? '')).toEqual({ coin: 'farthing' });
  const { candidates } = await client.models.generateContent({ ...request, config: { candidateCount: 2 } });
  expect(candidates).toHaveLength(2);
});

test('function calls, scripted and forced, whole and streamed', async () => {
  const functionDeclarations = [
    {
      name: 'weather',
      parametersJsonSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  ];
  const config = {
    tools: [{ functionDeclarations }],
    toolConfig: { functionCallingConfig: { mode: FunctionCallingConfigMode.ANY } },
  };
  const forced = await client.models.generateContent({ ...request, config });
  expect(forced.functionCalls).toMatchObject([{ name: 'weather', args: { city: 'text' } }]);
  provider.script({ toolCalls: [{ name: 'weather', arguments: { city: 'Lima' } }] });
  const chunks = await collect(await client.models.generateContentStream({ ...request, config }));
  expect(chunks.at(-1)?.functionCalls).toMatchObject([{ name: 'weather', args: { city: 'Lima' } }]);
});

test('a chat keeps its history', async () => {
  const chat = client.chats.create({ model: request.model });
  await chat.sendMessage({ message: 'One' });
  await chat.sendMessage({ message: 'Two' });
  expect(provider.calls[1]?.json).toMatchObject({ contents: [{ role: 'user' }, { role: 'model' }, { role: 'user' }] });
});

test('embedContent, one text or several', async () => {
  const { embeddings } = await client.models.embedContent({
    model: 'gemini-embedding-001',
    contents: ['penny', 'pound'],
    config: { outputDimensionality: 8 },
  });
  expect(embeddings?.map(({ values }) => values?.length)).toEqual([8, 8]);
  expect(provider.calls[0]?.billed).toMatchObject({ inputTokens: 3, outputTokens: 0 });
});

test('errors have the status and the provider’s body', async () => {
  provider.script([{ error: { status: 429, message: 'Quota.', retryAfter: 7 } }]);
  const error = await client.models.generateContent(request).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ status: 429 });
  expect(String(error)).toContain('RESOURCE_EXHAUSTED');
  expect(String(error)).toContain('"retryDelay":"7s"');
});

test('an error inside a stream is raised', async () => {
  provider.script({ fault: { kind: 'error', at: 2, status: 503, message: 'Busy.' } });
  const stream = await client.models.generateContentStream(request);
  await expect(collect(stream)).rejects.toThrow('Busy.');
});
