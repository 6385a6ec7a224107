/** The provider in a separate process. */
import OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ProviderProcess, startProviderProcess } from './process.ts';

let provider: ProviderProcess;
beforeAll(async () => {
  provider = await startProviderProcess();
});
beforeEach(() => provider.reset());
afterAll(() => provider.close());

const request = { model: 'gpt-6-luna', messages: [{ role: 'user' as const, content: 'What is a farthing?' }] };
const client = () => new OpenAI({ baseURL: `${provider.url}/v1`, apiKey: 'key', maxRetries: 0 });

test('scripts are posted, and log and bill are read', async () => {
  await provider.script({ model: 'gpt-6-luna' }, [{ text: 'Yes.' }, { error: { status: 429 } }]);
  const { choices } = await client().chat.completions.create(request);
  expect(choices[0]?.message.content).toBe('Yes.');
  await expect(client().chat.completions.create(request)).rejects.toBeInstanceOf(OpenAI.RateLimitError);
  await provider.idle();
  const { calls, peak } = await provider.log({ hasBodies: true });
  expect(peak).toBe(1);
  expect(calls.map(({ status }) => status)).toEqual([200, 429]);
  expect(JSON.parse(calls[0]?.body ?? '')).toEqual(request);
  expect(await provider.spend({ 'gpt-6-luna': { input: 100, output: 500 } })).toBe(5 * 100 + 500);
});

test('a bill without a price is an error that names the model', async () => {
  await client().chat.completions.create(request);
  await expect(provider.spend({})).rejects.toThrow('No price for gpt-6-luna');
});

test('2,000 requests at once are all answered and all in the log', async () => {
  await provider.script({}, { delayMs: 200, outputTokens: 7 });
  const answers = await Promise.all(
    Array.from({ length: 2000 }, () =>
      fetch(`${provider.url}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(request) }).then((answer) =>
        answer.json(),
      ),
    ),
  );
  expect(answers).toHaveLength(2000);
  expect(await provider.spend({ 'gpt-6-luna': { input: 1, output: 1 } })).toBe(2000 * 12);
});
