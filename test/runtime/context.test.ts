/** What `shape.context` leaves out of requests, as the provider receives them from the real SDKs. */
import { afterEach, expect, test } from 'vitest';
import type { MeterOptions } from '../../runtime/src/index.ts';
import { type SetUp, setUp } from './set-up.ts';

let on: SetUp;
afterEach(() => on.close());

const LOSSLESS = { minifyJson: true, trimSpace: true, dropRepeats: true };
const RESULT = '{"price": 1.0, "id": 12345678901234567890, "tags": ["a", "b"]}';
const MINIFIED = '{"price":1.0,"id":12345678901234567890,"tags":["a","b"]}';

async function start(options: MeterOptions): Promise<void> {
  on = await setUp(options);
}

const sent = (index = -1): string => on.provider.calls.at(index)?.body?.toString() ?? '';

const chat = (result: string, more: object = {}) =>
  on.metered.openai.chat.completions.create({
    model: 'large',
    max_completion_tokens: 50,
    messages: [
      { role: 'user', content: 'What does it cost?  \n\n\n\nTell me.' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look_up', arguments: '{"id": 1}' } }],
      },
      { role: 'tool', tool_call_id: 'c1', content: result },
    ],
    ...more,
  });

test('chat completions: messages and tool results; what the model wrote stays', async () => {
  await start({ shape: { context: LOSSLESS } });
  await chat(RESULT);
  const { messages } = JSON.parse(sent());
  expect(messages[0].content).toBe('What does it cost?\n\nTell me.');
  expect(messages[1].tool_calls[0].function.arguments).toBe('{"id": 1}');
  expect(messages[2].content).toBe(MINIFIED);
});

test('responses: instructions, input and outputs of calls', async () => {
  await start({ shape: { context: LOSSLESS } });
  await on.metered.openai.responses.create({
    model: 'large',
    instructions: 'Be brief.  \nAlways.',
    input: [
      { role: 'user', content: [{ type: 'input_text', text: `Look: ${RESULT}` }] },
      { type: 'function_call', call_id: 'c1', name: 'look_up', arguments: '{"id": 1}' },
      { type: 'function_call_output', call_id: 'c1', output: RESULT },
    ],
  });
  const { instructions, input } = JSON.parse(sent());
  expect([instructions, input[0].content[0].text, input[1].arguments, input[2].output]).toEqual([
    'Be brief.\nAlways.',
    `Look: ${MINIFIED}`,
    '{"id": 1}',
    MINIFIED,
  ]);
});

test("messages: the system prompt, texts and results of tools, beside the application's own marks", async () => {
  await start({ shape: { context: LOSSLESS } });
  await on.metered.anthropic.messages.create({
    model: 'claude-sonnet-5',
    max_tokens: 9,
    system: [{ type: 'text', text: 'Be brief.  \nAlways.', cache_control: { type: 'ephemeral' } }],
    messages: [
      { role: 'user', content: 'What does it cost?' },
      { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'look_up', input: { id: 1 } }] },
      {
        role: 'user',
        content: [{ type: 'tool_result', tool_use_id: 't1', content: [{ type: 'text', text: RESULT }] }],
      },
    ],
  });
  const { system, messages } = JSON.parse(sent());
  expect(system).toEqual([{ type: 'text', text: 'Be brief.\nAlways.', cache_control: { type: 'ephemeral' } }]);
  expect(messages[2].content[0].content[0].text).toBe(MINIFIED);
});

test('Gemini: texts in a result; numbers of the rest keep their spelling', async () => {
  await start({ shape: { context: LOSSLESS } });
  const body = `{"contents": [{"role": "user", "parts": [{"text": "Cost?"}]},
    {"role": "model", "parts": [{"functionCall": {"name": "look_up", "args": {"id": 1.0}}}]},
    {"role": "user", "parts": [{"functionResponse": {"name": "look_up", "response": {"output": ${JSON.stringify(RESULT)}, "total": 1.0}}}]}]}`;
  await on.meter.fetch(`${on.provider.url}/v1beta/models/gemini-2.5-flash:generateContent`, { method: 'POST', body });
  expect(sent()).toBe(body.replace(JSON.stringify(RESULT), JSON.stringify(MINIFIED)));
});

test('embeddings, and requests with a signature, are never changed', async () => {
  await start({ shape: { context: LOSSLESS } });
  const input = 'Two.  \n\n\n\nParts.';
  await on.metered.openai.embeddings.create({ model: 'text-embedding-3-small', input });
  expect(JSON.parse(sent()).input).toBe(input);
  await chat(RESULT);
  const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=AKIA/x, Signature=abc' };
  await on.metered.openai.chat.completions.create(
    { model: 'large', messages: [{ role: 'user', content: input }] },
    { headers },
  );
  expect(JSON.parse(sent()).messages[0].content).toBe(input);
});

test('results of tools that are exact stay as they are, and so does a request without options', async () => {
  await start({
    shape: { context: LOSSLESS },
    features: { edit: { context: { exactTools: ['look_up'] } }, off: { context: { minifyJson: false } } },
  });
  await on.meter.run({ feature: 'edit' }, () => chat(RESULT));
  expect(JSON.parse(sent()).messages[2].content).toBe(RESULT);
  await on.meter.run({ feature: 'off' }, () => chat(RESULT));
  const { messages } = JSON.parse(sent());
  // The other options still hold.
  expect([messages[0].content, messages[2].content]).toEqual(['What does it cost?\n\nTell me.', RESULT]);
  await on.close();
  await start({});
  await chat(RESULT);
  expect(JSON.parse(sent()).messages[2].content).toBe(RESULT);
});

test('a conversation that grows keeps its beginning', async () => {
  await start({ shape: { context: LOSSLESS } });
  const messages: { role: 'user' | 'assistant'; content: string }[] = [];
  const passage = `${'All of this was said before, and it is said again here. '.repeat(6)}`;
  for (let turn = 0; turn < 4; turn++) {
    messages.push({ role: 'user', content: `${passage}\n\n\n\n${RESULT}` }, { role: 'assistant', content: 'Yes.' });
    await on.metered.openai.chat.completions.create({ model: 'large', messages: [...messages] });
  }
  const bodies = on.provider.calls.map(({ json }) => (json as { messages: unknown[] }).messages);
  for (const [turn, body] of bodies.entries()) expect(bodies.at(-1)?.slice(0, body.length), `${turn}`).toEqual(body);
  expect(JSON.stringify(bodies.at(-1)).split('said before').length).toBeLessThan(12);
});

test('the tokens that are left out are recorded, and saved at the price of the others', async () => {
  await start({ shape: { context: LOSSLESS } });
  const rows = JSON.stringify(
    Array.from({ length: 200 }, (_, id) => ({ id, name: `Item ${id}`, price: id / 4 })),
    null,
    2,
  );
  await chat(rows);
  const [call] = on.calls;
  const [decision] = call?.decisions ?? [];
  if (decision?.outcome !== 'shortened') throw new Error('nothing was left out');
  expect(decision.tokens).toBeGreaterThan(1000);
  expect(call?.savedBy.shape).toBe(decision.tokens * 10_000);
  const [group] = await on.meter.report('feature');
  expect(group?.savedBy.shape).toBe(call?.savedBy.shape);
});

test("text in the provider's cache is saved at the price of a cache read", async () => {
  await start({ shape: { context: { minifyJson: true } } });
  const system = JSON.stringify(
    Array.from({ length: 400 }, (_, id) => ({ id, name: `Item ${id}` })),
    null,
    2,
  );
  const ask = (content: string) =>
    on.metered.openai.chat.completions.create({
      model: 'gpt-4.1',
      messages: [
        { role: 'system', content: system },
        { role: 'user', content },
      ],
    });
  await ask('One?');
  await ask('Two?');
  const [first, second] = on.calls.map(({ savedBy }) => savedBy.shape ?? 0) as [number, number];
  expect(on.calls[1]?.usage?.cachedInput).toBeGreaterThan(1024);
  expect(second).toBe(first / 4);
});

test.each([
  [{ minifyJson: 'yes' }, 'shape.context.minifyJson must be true or false; got "yes".'],
  [{ minifyJSON: true }, '"minifyJSON" is not an option of shape.context. Did you mean "minifyJson"?'],
  [{ exactTools: 'read' }, 'shape.context.exactTools must be a list; got "read".'],
])('%j is refused', async (context, message) => {
  await expect(start({ shape: { context: context as never } })).rejects.toThrow(message);
});
