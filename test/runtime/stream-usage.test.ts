/** Which requests are asked for the usage of their stream. All others leave byte for byte as they came. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMeter, type MeterOptions } from '../../runtime/src/index.ts';

const sent: string[] = [];
beforeEach(() => {
  sent.length = 0;
  const answer = 'data: {"model":"m","choices":[]}\n\ndata: [DONE]\n\n';
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (_, init) => {
    sent.push(String(init?.body));
    return new Response(answer, { headers: { 'content-type': 'text/event-stream' } });
  });
});
afterEach(() => vi.restoreAllMocks());

// Spelled as no JSON writer would, so that a rewritten request is noticed.
const BODY = '{ "model":"m",  "stream" : true, "messages": [] }';
const AZURE = 'https://r.openai.azure.com/openai';

async function sentTo(url: string, options: MeterOptions = {}, body = BODY): Promise<string | undefined> {
  const meter = createMeter(options);
  await (await meter.fetch(url, { method: 'POST', body })).text();
  await meter.close();
  return sent.at(-1);
}

test.each([
  'https://api.openai.com/v1/chat/completions',
  'https://api.openai.com/v1/completions',
  'https://api.deepseek.com/chat/completions',
  `${AZURE}/v1/chat/completions`,
  `${AZURE}/deployments/d/chat/completions?api-version=2024-10-21`,
  `${AZURE}/deployments/d/chat/completions?api-version=2025-01-01-preview`,
])('%s is asked', async (url) => {
  expect(JSON.parse((await sentTo(url)) ?? '')).toMatchObject({ stream_options: { include_usage: true } });
});

test.each([
  'https://api.mistral.ai/v1/chat/completions',
  'https://api.groq.com/openai/v1/chat/completions',
  'https://openrouter.ai/api/v1/chat/completions',
  'https://llm.example.com/v1/chat/completions',
  `${AZURE}/deployments/d/chat/completions?api-version=2024-06-01`,
  `${AZURE}/deployments/d/chat/completions?api-version=2024-02-15-preview`,
  `${AZURE}/deployments/d/chat/completions`,
  'https://r.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview',
])('%s is left alone', async (url) => {
  expect(await sentTo(url)).toBe(BODY);
});

test('a search of own data at Azure refuses the option', async () => {
  const body = '{"model":"m","stream":true,"data_sources":[]}';
  expect(await sentTo(`${AZURE}/deployments/d/chat/completions?api-version=2024-10-21`, {}, body)).toBe(body);
});

test('the switch stands over what is known', async () => {
  expect(await sentTo('https://api.openai.com/v1/chat/completions', { streamUsage: 'never' })).toBe(BODY);
  const asked = await sentTo('https://llm.example.com/v1/chat/completions', { streamUsage: 'always' });
  expect(JSON.parse(asked ?? '')).toMatchObject({ stream_options: { include_usage: true } });
});
