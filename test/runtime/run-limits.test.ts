/** Limits of one run, with the real SDKs. */
import OpenAI from 'openai';
import { afterEach, expect, test } from 'vitest';
import { isRunLimitError, type RunLimits } from '../../runtime/src/index.ts';
import { type SetUp, setUp } from './set-up.ts';

let on: SetUp;
afterEach(() => on.close());

const chat = (content = 'Go on.') => ({ model: 'large', messages: [{ role: 'user' as const, content }] });
const ask = (content?: string) => on.metered.openai.chat.completions.create(chat(content));

async function loop(limits: RunLimits, step: (round: number) => Promise<unknown> = () => ask()): Promise<unknown> {
  return on.meter
    .run({ feature: 'agent', limits }, async () => {
      for (let round = 0; round < 50; round++) await step(round);
    })
    .catch((error: unknown) => error);
}

test('a loop ends at its number of calls, with an error that says so', async () => {
  on = await setUp();
  const error = await loop({ calls: 3 });
  expect(isRunLimitError(error)).toBe(true);
  expect(error).toMatchObject({ name: 'RunLimitError', limit: 'calls', max: 3, used: 3 });
  expect(String(error)).toContain('this run has made 3 of 3 model calls');
  expect((error as Error).cause).toBeInstanceOf(OpenAI.APIError);
  expect(on.provider.calls).toHaveLength(3);
  expect(on.calls.map(({ origin, status }) => [origin, status])).toEqual([
    ...Array(3).fill(['provider', 200]),
    ['refusal', 402],
  ]);
  expect(on.events).toMatchObject([{ type: 'refused', layer: 'run', feature: 'agent' }]);
});

test('no call begins once the dollars are spent', async () => {
  on = await setUp();
  on.provider.script({ usage: { inputTokens: 1000, outputTokens: 0 } });
  // Each call costs one cent.
  expect(await loop({ dollars: 0.025 })).toMatchObject({ limit: 'dollars', max: 0.025, used: 30_000_000 });
  expect(on.provider.calls).toHaveLength(3);
});

test('results of tools are counted once each, in all formats', async () => {
  on = await setUp();
  const chatHistory: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: 'Go.' }];
  const error = await loop({ tools: 4 }, async (round) => {
    const id = `call_${round}`;
    const fn = { name: 'look', arguments: '{}' };
    chatHistory.push(
      { role: 'assistant', tool_calls: [{ id, type: 'function', function: fn }] },
      { role: 'tool', tool_call_id: id, content: 'Nothing.' },
    );
    await on.metered.openai.chat.completions.create({ model: 'large', messages: chatHistory });
  });
  expect(error).toMatchObject({ limit: 'tools', max: 4, used: 5 });
  expect(on.provider.calls).toHaveLength(4);

  const tools = (count: number) => Array.from({ length: count }, (_, index) => index);
  const anthropic = (count: number) =>
    on.metered.anthropic.messages.create({
      model: 'large',
      max_tokens: 10,
      messages: tools(count).flatMap((index) => [
        {
          role: 'assistant' as const,
          content: [{ type: 'tool_use' as const, id: `t${index}`, name: 'look', input: {} }],
        },
        {
          role: 'user' as const,
          content: [{ type: 'tool_result' as const, tool_use_id: `t${index}`, content: 'No.' }],
        },
      ]),
    });
  const google = (count: number) =>
    on.metered.google.models.generateContent({
      model: 'large',
      contents: tools(count).flatMap(() => [
        { role: 'model', parts: [{ functionCall: { name: 'look', args: {} } }] },
        { role: 'user', parts: [{ functionResponse: { name: 'look', response: { output: 'No.' } } }] },
      ]),
    });
  const responses = (count: number) =>
    on.metered.openai.responses.create({
      model: 'large',
      input: tools(count).flatMap((index) => [
        { type: 'function_call' as const, call_id: `r${index}`, name: 'look', arguments: '{}' },
        { type: 'function_call_output' as const, call_id: `r${index}`, output: 'No.' },
      ]),
    });
  for (const call of [anthropic, google, responses]) {
    expect(await loop({ tools: 2 }, (round) => call(round + 1))).toMatchObject({ limit: 'tools', used: 3 });
  }
});

test('the limits of the runs around it hold as well, and only the run that reached its limit ends', async () => {
  on = await setUp();
  const result = await on.meter.run({ limits: { calls: 5 } }, async () => {
    const inner = await on.meter
      .run({ limits: { calls: 2 } }, async () => {
        for (;;) await ask();
      })
      .catch((error: unknown) => error);
    await ask();
    return inner;
  });
  expect(result).toMatchObject({ limit: 'calls', max: 2 });
  expect(on.provider.calls).toHaveLength(3);
  const outer = await on.meter
    .run({ limits: { calls: 1 } }, () => on.meter.run({ limits: { calls: 9 } }, async () => [await ask(), await ask()]))
    .catch((error: unknown) => error);
  expect(outer).toMatchObject({ limit: 'calls', max: 1 });
});

test('a run that handles the refusal, or has no call refused, ends as it likes', async () => {
  on = await setUp();
  expect(await on.meter.run({ limits: { calls: 1 } }, async () => (await ask()).model)).toBe('large');
  const handled = await on.meter.run({ limits: { calls: 0 } }, () => ask().catch(() => 'handled'));
  expect(handled).toBe('handled');
  expect(() =>
    on.meter.run({ limits: { calls: 1 } }, () => {
      throw new RangeError('own');
    }),
  ).toThrow(RangeError);
  expect(on.meter.run({ limits: { calls: 1 } }, () => 7)).toBe(7);
});

test('limits that are not known are refused', async () => {
  on = await setUp();
  expect(() => on.meter.run({ limits: {} }, () => 1)).toThrow('limits must have one of: calls, tools, dollars');
  expect(() => on.meter.run({ limits: { call: 1 } as RunLimits }, () => 1)).toThrow('"call" is not an option');
  expect(() => on.meter.run({ limits: { calls: -1 } }, () => 1)).toThrow('run.limits.calls must be');
});
