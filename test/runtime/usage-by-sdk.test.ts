/** The methods of the real SDKs whose usage the runtime reads beside chats: the answers stay what they are. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type SetUp, setUp } from './set-up.ts';

let on: SetUp;
beforeAll(async () => {
  on = await setUp();
});
beforeEach(() => on.provider.reset());
afterAll(() => on.close());

const counts = { prompt_tokens: 20, completion_tokens: 5, total_tokens: 25 };

function answerAt(path: string, body: object | string): void {
  const content = typeof body === 'string' ? body : JSON.stringify(body);
  const contentType = typeof body === 'string' ? 'text/event-stream' : 'application/json';
  on.provider.script({ path }, { body: { content }, contentType });
}

test('openai: an older completion, whole and streamed', async () => {
  const choice = { text: 'Hi', index: 0, finish_reason: 'stop' };
  answerAt('/v1/completions', { object: 'text_completion', model: 'small', choices: [choice], usage: counts });
  const whole = await on.metered.openai.completions.create({ model: 'small', prompt: 'Well?', max_tokens: 9 });
  expect(whole.choices[0]?.text).toBe('Hi');
  expect(on.calls.at(-1)).toMatchObject({ endpoint: 'openai-completions', usage: { input: 20, output: 5 } });

  on.provider.reset();
  const chunks = [
    { model: 'small', choices: [choice], usage: null },
    { model: 'small', choices: [], usage: counts },
  ];
  answerAt(
    '/v1/completions',
    `${chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('')}data: [DONE]\n\n`,
  );
  const seen: object[] = [];
  const request = { model: 'small', prompt: 'Well?', max_tokens: 9, stream: true } as const;
  for await (const chunk of await on.metered.openai.completions.create(request)) seen.push(chunk);
  // What the runtime asked for is not shown.
  expect(seen).toEqual([{ model: 'small', choices: [choice] }]);
  expect(on.calls.at(-1)?.usage).toMatchObject({ input: 20, output: 5 });
});

test('openai: a history that is compacted', async () => {
  const usage = { input_tokens: 20, output_tokens: 5, total_tokens: 25 };
  answerAt('/responses/compact', { id: 'r', object: 'response.compaction', created_at: 1, output: [], usage });
  const answer = await on.metered.openai.responses.compact({ model: 'small', input: 'Well?' });
  expect(answer.usage.input_tokens).toBe(20);
  expect(on.calls.at(-1)).toMatchObject({ endpoint: 'openai-responses', usage: { input: 20, output: 5 } });
});

test('anthropic: counting tokens is free', async () => {
  answerAt('/messages/count_tokens', { input_tokens: 20 });
  const messages = [{ role: 'user' as const, content: 'Well?' }];
  const answer = await on.metered.anthropic.messages.countTokens({ model: 'unheard-of', messages });
  expect(answer.input_tokens).toBe(20);
  expect(on.calls.at(-1)).toMatchObject({ endpoint: 'token-count', usage: { input: 20 }, cost: { amount: 0 } });
});

test('google: embeddings, counting, and a stream as server-sent events', async () => {
  const { models } = on.metered.google;
  answerAt(':batchEmbedContents', { embeddings: [{ values: [1] }], usageMetadata: { promptTokenCount: 20 } });
  answerAt(':countTokens', { totalTokens: 20 });
  const { embeddings } = await models.embedContent({ model: 'small', contents: ['Well?', 'Yes.'] });
  expect(embeddings).toHaveLength(1);
  expect(on.calls.at(-1)).toMatchObject({ endpoint: 'gemini-embeddings', model: 'small', usage: { input: 20 } });
  expect((await models.countTokens({ model: 'small', contents: 'Well?' })).totalTokens).toBe(20);
  expect(on.calls.at(-1)).toMatchObject({ endpoint: 'token-count', cost: { amount: 0, basis: 'measured' } });
});
