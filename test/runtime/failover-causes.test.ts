/** Which failures move a request to the next target, and which are waited for. */
import { afterEach, expect, test } from 'vitest';
import type { AttemptOptions } from '../../runtime/src/layers/attempt/options.ts';
import type { Step } from '../provider/script.ts';
import { collect, type SetUp, setUp } from './set-up.ts';

let on: SetUp;
afterEach(() => on.close());

const chat = { model: 'large', messages: [{ role: 'user' as const, content: 'Hi' }], max_completion_tokens: 50 };
const failover = { large: [{ model: 'small' }] };

function failing(status: number, error: object): Step {
  return { body: { content: JSON.stringify(error), status }, contentType: 'application/json' };
}

async function start(options: AttemptOptions, first: Step | readonly Step[]): Promise<void> {
  on = await setUp(options);
  on.provider.script({ model: 'large' }, first);
}

const ask = () => on.metered.openai.chat.completions.create(chat);
const reasons = () => on.calls.at(-1)?.decisions.map(({ outcome, reason }) => `${outcome}: ${reason}`);

test.each([401, 402, 403, 404])(
  'status %i is an answer by default, and moves on where it is listed',
  async (status) => {
    await start({ failover }, { error: { status } });
    await expect(ask()).rejects.toMatchObject({ status });
    expect(on.provider.calls).toHaveLength(1);
    await on.close();
    await start({ failover, retries: 2, failoverOn: [401, 402, 403, 404] }, { error: { status } });
    expect((await ask()).model).toBe('small');
    expect(reasons()).toEqual([`failed-over: status ${status}`]);
  },
);

test.each<[string, number, object]>([
  ['OpenAI', 400, { error: { code: 'context_length_exceeded', message: '' } }],
  ['Anthropic', 400, { type: 'error', error: { message: 'prompt is too long: 210000 tokens > 200000 maximum' } }],
  [
    'Gemini',
    400,
    [{ error: { message: 'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).' } }],
  ],
  ['vLLM', 400, { object: 'error', message: "This model's maximum context length is 8192 tokens." }],
  ['Bedrock', 400, { message: 'Input is too long for requested model.' }],
])('a prompt that is too long moves on where that is listed, as %s says it', async (_, status, error) => {
  await start({ failover, failoverOn: ['context-length'] }, failing(status, error));
  expect((await ask()).model).toBe('small');
  expect(reasons()).toEqual(['failed-over: context-length']);
});

test.each<[string, Step]>([
  ['of the prompt, at OpenAI', failing(400, { error: { code: 'content_policy_violation', message: '' } })],
  ['of the prompt, at Azure', failing(400, { error: { code: 'content_filter', innererror: { code: 'x' } } })],
  ['of the whole answer', { finish: 'content_filter' }],
])('a content filter %s moves on where that is listed', async (_, step) => {
  await start({ failover, failoverOn: ['content-filter'] }, step);
  expect((await ask()).model).toBe('small');
  expect(reasons()).toEqual(['failed-over: content-filter']);
});

test('another fault of the request is an answer, whatever causes are listed', async () => {
  const fault = failing(400, { error: { code: 'invalid_value', message: 'temperature must be at most 2' } });
  await start({ failover, failoverOn: ['context-length', 'content-filter', 'stream-error'] }, fault);
  await expect(ask()).rejects.toMatchObject({ status: 400, code: 'invalid_value' });
  expect(on.provider.calls).toHaveLength(1);
});

test('a stream whose first event is an error moves on where that is listed, and only then', async () => {
  const error: Step = { fault: { kind: 'error', at: 0, status: 529, message: 'Overloaded' } };
  const stream = async () =>
    collect(
      await on.metered.anthropic.messages.create({
        model: 'large',
        max_tokens: 20,
        messages: chat.messages,
        stream: true,
      }),
    );
  await start({ failover }, error);
  await expect(stream()).rejects.toThrow('Overloaded');
  await on.close();
  await start({ failover, failoverOn: ['stream-error'] }, error);
  const [first] = await stream();
  expect(first).toMatchObject({ type: 'message_start', message: { model: 'small' } });
  expect(reasons()).toContain('failed-over: stream-error');
});

test('a stream that begins well passes unchanged, and an error at the last target is the answer', async () => {
  await start({ failover, failoverOn: ['stream-error'] }, { text: 'Yes, it is.', chunks: 3 });
  const stream = async (model: string) =>
    collect(await on.metered.openai.chat.completions.create({ ...chat, model, stream: true }));
  const texts = (await stream('large')).map(({ choices }) => choices[0]?.delta.content ?? '');
  expect(texts.join('')).toBe('Yes, it is.');
  on.provider.reset();
  on.provider.script({ fault: { kind: 'error', at: 0, message: 'Overloaded' } });
  await expect(stream('large')).rejects.toThrow('Overloaded');
  expect(on.provider.calls).toHaveLength(2);
});

test('an account without money is not tried again', async () => {
  const empty = failing(429, { error: { code: 'insufficient_quota', type: 'insufficient_quota', message: 'Quota.' } });
  await start({ retries: 3 }, empty);
  await expect(ask()).rejects.toMatchObject({ status: 429, code: 'insufficient_quota' });
  expect(on.provider.calls).toHaveLength(1);
  await on.close();
  await start({ retries: 3, failover }, empty);
  expect((await ask()).model).toBe('small');
  expect(on.provider.calls).toHaveLength(2);
});

test.each([
  ['0.3s', 2],
  ['3600s', 1],
])("Gemini's RetryInfo of %s is honoured", async (retryDelay, requests) => {
  const details = [
    { '@type': 'type.googleapis.com/google.rpc.Help', links: [] },
    { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay },
  ];
  const limited = failing(429, { error: { code: 429, message: 'Quota.', status: 'RESOURCE_EXHAUSTED', details } });
  await start({ retries: 1 }, [limited]);
  const began = performance.now();
  const answer = on.metered.google.models.generateContent({ model: 'large', contents: 'Hi' });
  await (requests === 1 ? expect(answer).rejects.toMatchObject({ status: 429 }) : answer);
  if (requests === 2) expect(performance.now() - began).toBeGreaterThan(295);
  expect(on.provider.calls).toHaveLength(requests);
});
