/** What `shape.context` leaves out of requests, as the provider receives them from the real SDKs. */
import { afterEach, expect, test } from 'vitest';
import { type MeterOptions, memoryStores } from '../../runtime/src/index.ts';
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

test('records in results of tools become tables; those in messages stay', async () => {
  await start({ shape: { context: { tabulateJson: true } } });
  const rows = '[{"id": 1, "price": 1.0}, {"id": 2, "price": 2.50}, {"id": 3, "price": 3e0}]';
  await chat(rows, {
    messages: [
      { role: 'user', content: rows },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look_up', arguments: rows } }],
      },
      { role: 'tool', tool_call_id: 'c1', content: rows },
    ],
  });
  const { messages } = JSON.parse(sent());
  expect([messages[0].content, messages[1].tool_calls[0].function.arguments, messages[2].content]).toEqual([
    rows,
    rows,
    '{"columns":["id","price"],"rows":[[1,1.0],[2,2.50],[3,3e0]]}',
  ]);
  expect(on.calls.at(-1)?.decisions).toMatchObject([{ outcome: 'shortened', reason: 'records as tables' }]);
});

test('results of tools have characters in place of escapes; messages keep theirs', async () => {
  await start({ shape: { context: { unescapeJson: true, exactTools: ['read_file'] } } });
  const result = String.raw`{"city": "K\u00f6ln", "quote": "\u0022", "id": 1.0, "path": "a\/b"}`;
  const call = (id: string, name: string): object => ({
    role: 'assistant',
    content: null,
    tool_calls: [{ id, type: 'function', function: { name, arguments: '{}' } }],
  });
  await chat(result, {
    messages: [
      { role: 'user', content: result },
      call('c1', 'look_up'),
      { role: 'tool', tool_call_id: 'c1', content: result },
      call('c2', 'read_file'),
      { role: 'tool', tool_call_id: 'c2', content: result },
    ],
  });
  const { messages } = JSON.parse(sent());
  const plain = String.raw`{"city": "Köln", "quote": "\u0022", "id": 1.0, "path": "a/b"}`;
  expect([messages[0].content, messages[2].content, messages[4].content]).toEqual([result, plain, result]);
  expect(on.calls.at(-1)?.decisions).toMatchObject([{ outcome: 'shortened', reason: 'characters for escapes' }]);
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

test('what is left out is recorded, and saved at the price that the provider would have counted', async () => {
  await start({ shape: { context: LOSSLESS } });
  const passage = 'farm hill lake road '.repeat(60).trim();
  const messages = [{ role: 'user' as const, content: `${passage}\n\n${passage}\n\n${passage}` }];
  await on.plain.openai.chat.completions.create({ model: 'large', max_completion_tokens: 50, messages });
  await chat('', { messages });
  const inputs = on.provider.calls.map(({ billed }) => billed?.inputTokens ?? 0) as [number, number];
  const [call] = on.calls;
  const [decision] = call?.decisions ?? [];
  if (decision?.outcome !== 'shortened') throw new Error('nothing was left out');
  expect(decision.reason).toBe('the same in fewer tokens');
  expect(decision.tokens).toBeGreaterThan(400);
  const saved = call?.savedBy.shape ?? 0;
  expect(Math.abs(saved / 10_000 - (inputs[0] - inputs[1]))).toBeLessThan(0.05 * inputs[0]);
  const [group] = await on.meter.report('feature');
  expect(group?.savedBy.shape).toBe(saved);
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
  [{ shortenToolResults: {} }, 'shape.context.shortenToolResults.tokens is missing'],
  [
    { clearToolResults: { keepLast: -1 } },
    'shape.context.clearToolResults.keepLast must be an integer of at least 0; got -1.',
  ],
  [{ clearToolResults: { keep: 1 } }, '"keep" is not an option of shape.context.clearToolResults.'],
  [{ exactTools: 'read' }, 'shape.context.exactTools must be a list; got "read".'],
])('%j is refused', async (context, message) => {
  await expect(start({ shape: { context: context as never } })).rejects.toThrow(message);
});

const long = (fact: string): string =>
  Array.from({ length: 400 }, (_, index) =>
    index === 200 ? fact : `Line ${index} is about the weather in ${index}.`,
  ).join('\n');

test('long tool results are cut to what was asked, and stay the same while the conversation goes on', async () => {
  await start({ shape: { context: { shortenToolResults: { tokens: 500 } } } });
  const result = long('A zebra costs 900 crowns.');
  const messages = [
    { role: 'user' as const, content: 'What does a zebra cost?' },
    {
      role: 'assistant' as const,
      content: null,
      tool_calls: [{ id: 'c1', type: 'function' as const, function: { name: 'read', arguments: '{}' } }],
    },
    { role: 'tool' as const, tool_call_id: 'c1', content: result },
  ];
  await chat('', { messages });
  const first = JSON.parse(sent()).messages[2].content as string;
  expect(first.length).toBeLessThan(result.length / 5);
  expect(first).toContain('A zebra costs 900 crowns.');
  await chat('', { messages: [...messages, { role: 'user', content: 'And what about the weather in 77?' }] });
  expect(JSON.parse(sent()).messages[2].content).toBe(first);
  expect(on.calls[0]?.decisions).toMatchObject([{ outcome: 'shortened', reason: 'long tool results' }]);
});

/** A conversation in which each turn adds a call of a tool with its result. */
function turns(count: number, characters = 8000) {
  return [
    { role: 'system' as const, content: 'You look things up.' },
    { role: 'user' as const, content: 'Look up everything.' },
    ...Array.from({ length: count }, (_, turn) => [
      {
        role: 'assistant' as const,
        content: null,
        tool_calls: [{ id: `c${turn}`, type: 'function' as const, function: { name: 'read', arguments: '{}' } }],
      },
      { role: 'tool' as const, tool_call_id: `c${turn}`, content: `Result ${turn}. `.padEnd(characters, 'abc ') },
    ]).flat(),
  ];
}

const ask = (messages: ReturnType<typeof turns>, model = 'gpt-4.1') =>
  on.metered.openai.chat.completions.create({ model, max_completion_tokens: 20, messages });

const HANDLE = /Handle: (r_[0-9a-f]{16})/;
const results = (): readonly string[] =>
  (JSON.parse(sent()).messages as { role: string; content: string }[])
    .filter(({ role }) => role === 'tool')
    .map(({ content }) => content);

test('old tool results are cleared, and given back by their handle to their tenant alone', async () => {
  await start({ shape: { context: { clearToolResults: { keepLast: 2, recallTool: 'recall' } } } });
  const messages = turns(5);
  await on.meter.run({ tenant: 'a' }, () => ask(messages));
  const [first = '', , third = '', ...kept] = results();
  expect(first).toMatch(/^\[This result of 8000 characters was cleared\. .* Call recall with this handle/);
  expect(third).toMatch(HANDLE);
  expect(kept).toEqual(messages.flatMap((one) => (one.role === 'tool' ? [one.content] : [])).slice(3));
  const handle = HANDLE.exec(first)?.[1] ?? '';
  expect(await on.meter.run({ tenant: 'a' }, () => on.meter.clearedResult(handle))).toBe(
    'Result 0. '.padEnd(8000, 'abc '),
  );
  expect(await on.meter.run({ tenant: 'b' }, () => on.meter.clearedResult(handle))).toBeNull();
  expect(await on.meter.clearedResult('r_0000000000000000')).toBeNull();
});

test('nothing is cleared that must not be kept, that is exact, or that is too little', async () => {
  await start({
    shape: { context: { clearToolResults: { keepLast: 1 } } },
    features: {
      exact: { context: { exactTools: ['read'] } },
      little: { context: { clearToolResults: { atLeast: 1e6 } } },
    },
  });
  const messages = turns(5);
  for (const run of [{ noStore: true }, { feature: 'exact' }, { feature: 'little' }]) {
    await on.meter.run(run, () => ask(messages));
    expect(results().join()).not.toMatch(HANDLE);
  }
  await ask(messages);
  expect(results().join()).toMatch(HANDLE);
});

/** The cost by the ledger, and what it says was saved, of a session of so many turns. */
async function session(options: MeterOptions, count: number, characters: number) {
  await start(options);
  for (let turn = 1; turn <= count; turn++) await ask(turns(turn, characters));
  await on.meter.flush();
  const cost = on.calls.reduce((sum, { cost }) => sum + (cost?.amount ?? 0), 0);
  const saved = on.calls.map(({ savedBy }) => savedBy.shape ?? 0);
  const cleared = results().filter((text) => HANDLE.test(text)).length;
  return { cost, saved, total: saved.reduce((sum, amount) => sum + amount, 0), cleared };
}

test("clearing breaks the provider's cache once, which is counted, and the whole session costs less", async () => {
  const plain = await session({}, 24, 8000);
  await on.close();
  const cleared = await session({ shape: { context: { clearToolResults: {} } } }, 24, 8000);
  expect(cleared.cleared).toBeGreaterThan(5);
  expect(cleared.cost).toBeLessThan(plain.cost * 0.85);
  expect(Math.min(...cleared.saved)).toBeLessThan(0);
  // What the ledger says was saved is what the same session costs without it.
  expect(Math.abs(plain.cost - cleared.cost - cleared.total)).toBeLessThan(plain.cost * 0.05);
});

test('what would cost more than it saves is not cleared while the provider has what stands behind it', async () => {
  const options = { shape: { context: { clearToolResults: { keepLast: 3, atLeast: 100 } } } };
  const [system, user, call, result, ...later] = turns(4, 20_000);
  const short = { ...result, content: 'Result 0. '.padEnd(1200, 'abc ') } as (typeof later)[number];
  const messages = [system, user, call, short, ...later] as ReturnType<typeof turns>;
  await start(options);
  await ask(messages.slice(0, -2));
  await ask(messages);
  expect(results().join()).not.toMatch(HANDLE);
  await on.close();
  // Nothing is known to be cached of a conversation that was not seen before.
  await start(options);
  await ask(messages);
  expect(results()[0]).toMatch(HANDLE);
});

test('cleared results stay cleared while the conversation goes on', async () => {
  await start({ shape: { context: { clearToolResults: { keepLast: 2 } } } });
  await ask(turns(6));
  const before = results().filter((text) => HANDLE.test(text));
  await ask(turns(7));
  expect(results().slice(0, before.length)).toEqual(before);
});

test('a store that fails to keep a cleared result is reported, and the call goes on', async () => {
  const stores = memoryStores();
  const set = (): never => {
    throw new Error('down');
  };
  await start({
    stores: { ...stores, cache: { ...stores.cache, set } },
    cache: { mode: 'off' },
    shape: { context: { clearToolResults: { keepLast: 1 } } },
  });
  await ask(turns(4));
  await on.meter.flush();
  expect(on.events[0]).toMatchObject({ type: 'store-failed', layer: 'shape', effect: 'open' });
});
