/** Answers that are given once: those that call tools, rest on searches, say nothing, or are not what was asked for. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MeterOptions } from '../../runtime/src/index.ts';
import type { Step } from '../provider/script.ts';
import { collect, type SetUp, setUp } from './set-up.ts';

let on: SetUp;
beforeEach(async () => {
  on = await setUp({ cache: { mode: 'on' } });
});
afterEach(() => on.close());

const restart = async (options: MeterOptions): Promise<void> => {
  await on.close();
  on = await setUp(options);
};

const chat = { model: 'small', messages: [{ role: 'user' as const, content: 'What?' }], temperature: 0 };
const json = (answer: object): Step => ({
  body: { content: JSON.stringify(answer) },
  contentType: 'application/json',
});
const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
const completion = (message: object, more: object = {}, finish = 'stop'): Step =>
  json({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    model: 'small',
    choices: [{ index: 0, message: { role: 'assistant', content: 'So.', ...message }, finish_reason: finish }],
    usage,
    ...more,
  });
const sse = (events: readonly object[]): Step => ({
  body: {
    content: [...events.map((event) => JSON.stringify(event)), '[DONE]'].map((data) => `data: ${data}\n\n`).join(''),
  },
  contentType: 'text/event-stream',
});
const chunks = (...deltas: readonly object[]): Step =>
  sse([
    ...deltas.map((delta) => ({ object: 'chat.completion.chunk', model: 'small', choices: [{ index: 0, delta }] })),
    { object: 'chat.completion.chunk', model: 'small', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
  ]);

const call = { id: 'call_1', type: 'function', function: { name: 'look', arguments: '{}' } };
const citation = { type: 'url_citation', url_citation: { url: 'https://example.com', title: 'A page' } };
const CALLS_TOOLS = 'it calls tools';
const SOURCED = 'it depends on a search or another tool at the provider';

/** Why answers were not kept, as the calls note it. */
function reasons(): readonly (string | null)[] {
  const decisions = on.calls.flatMap((result) => result.decisions);
  return decisions.filter(({ outcome }) => outcome === 'not-cached').map(({ reason }) => reason);
}

async function twice(body: object): Promise<readonly (string | null)[]> {
  for (let i = 0; i < 2; i++) {
    const answer: unknown = await on.metered.openai.chat.completions.create({ ...chat, ...body });
    if ((body as { stream?: boolean }).stream === true) await collect(answer as AsyncIterable<unknown>);
  }
  await on.meter.flush();
  return reasons();
}

const wantsJson = { response_format: { type: 'json_object' } };

describe('what an answer holds', () => {
  test.each<[string, Step, string, object]>([
    ['a call of a tool that ends with `stop`', completion({ content: null, tool_calls: [call] }), CALLS_TOOLS, {}],
    ['a call beside a text', completion({ tool_calls: [call] }), CALLS_TOOLS, {}],
    ['an older function call', completion({ content: null, function_call: call.function }), CALLS_TOOLS, {}],
    ['links to pages', completion({ annotations: [citation] }), SOURCED, {}],
    ["Perplexity's citations", completion({}, { citations: ['https://example.com'] }), SOURCED, {}],
    [
      "Perplexity's results",
      completion({}, { search_results: [{ title: 'A page', url: 'https://example.com' }] }),
      SOURCED,
      {},
    ],
    [
      "Azure's own data",
      completion({ context: { citations: [{ content: 'Page 4', filepath: 'a.pdf' }] } }),
      SOURCED,
      {},
    ],
    ["Groq's tools", completion({ executed_tools: [{ type: 'search', index: 0 }] }), SOURCED, {}],
    ["xAI's sources", completion({}, { usage: { ...usage, num_sources_used: 3 } }), SOURCED, {}],
    ["Zhipu's search", completion({}, { web_search: [{ link: 'https://example.com' }] }), SOURCED, {}],
    ['nothing', completion({ content: '' }), 'it has no text', {}],
    ['nothing but space', completion({ content: ' \n' }), 'it has no text', {}],
    ['nothing but reasoning', completion({ content: null, reasoning_content: 'Hm.' }), 'it has no text', {}],
    [
      'a picture',
      completion({ images: [{ image_url: { url: 'data:image/png;base64,AA' } }] }),
      'it contains images or audio',
      {},
    ],
    ['sound', completion({ audio: { id: 'audio_1', data: 'AA' } }), 'it contains images or audio', {}],
    ['no JSON', completion({ content: 'So: {}' }), 'it is not valid JSON, although JSON was requested', wantsJson],
    [
      'JSON in a fence',
      completion({ content: '```json\n{}\n```' }),
      'it is not valid JSON, although JSON was requested',
      wantsJson,
    ],
    ['half of JSON', completion({ content: '{"a":' }), 'it is not valid JSON, although JSON was requested', wantsJson],
    ['a refusal', completion({ content: null, refusal: 'I cannot.' }), 'it is a refusal', {}],
    ['a filtered text', completion({}, {}, 'content_filter'), 'it is a refusal', {}],
    ['a part', completion({}, {}, 'length'), 'it is truncated', {}],
    ['an end of its own', completion({}, {}, 'model_error'), 'it ended in an unknown way', {}],
  ])('%s', async (_, step, reason, body) => {
    on.provider.script(step);
    expect(await twice(body)).toEqual([reason, reason]);
    expect(on.provider.calls).toHaveLength(2);
  });

  test.each<[string, Step, string, object]>([
    ['a call', chunks({ tool_calls: [{ index: 0, ...call }] }), CALLS_TOOLS, {}],
    ['links', chunks({ content: 'So.' }, { annotations: [citation] }), SOURCED, {}],
    ['nothing', chunks({ role: 'assistant', content: '' }), 'it has no text', {}],
    [
      'no JSON',
      chunks({ content: '{"a"' }, { content: ': ' }),
      'it is not valid JSON, although JSON was requested',
      wantsJson,
    ],
  ])('%s in a stream', async (_, step, reason, body) => {
    on.provider.script(step);
    expect(await twice({ ...body, stream: true })).toEqual([reason, reason]);
    expect(on.provider.calls).toHaveLength(2);
  });

  test.each<[string, Step, object]>([
    ['JSON', completion({ content: ' {"a": 1} ' }), wantsJson],
    ['JSON in pieces', chunks({ content: '{"a"' }, { content: ': 1}' }), { ...wantsJson, stream: true }],
    ['a citation of a document that the request brought', completion({}, { citations: [{ start: 0, end: 2 }] }), {}],
    ['an empty list of annotations', completion({ annotations: [], tool_calls: null }), {}],
  ])('but %s is kept', async (_, step, body) => {
    on.provider.script(step);
    expect(await twice(body)).toEqual([]);
    expect(on.provider.calls).toHaveLength(1);
  });

  test('of several answers one is enough', async () => {
    const choice = (content: string | null, index: number) => ({
      index,
      message: { role: 'assistant', content },
      finish_reason: 'stop',
    });
    on.provider.script(
      json({ object: 'chat.completion', model: 'small', choices: [choice('So.', 0), choice(null, 1)], usage }),
    );
    expect(await twice({ n: 2 })).toEqual(['it has no text', 'it has no text']);
  });

  test('with `toolCalls` a call is kept whatever its end, unless its arguments are no JSON', async () => {
    await restart({ cache: { mode: 'on', toolCalls: true } });
    const broken = { ...call, function: { name: 'look', arguments: '{"a":' } };
    on.provider.script({ text: 'one' }, completion({ content: null, tool_calls: [call] }));
    on.provider.script({ text: 'two' }, completion({ content: null, tool_calls: [broken] }, {}, 'tool_calls'));
    const asking = (content: string) => ({ messages: [{ role: 'user', content }] });
    expect(await twice(asking('one'))).toEqual([]);
    const reason = 'it calls a tool with invalid JSON arguments';
    expect(await twice(asking('two'))).toEqual([reason, reason]);
    expect(on.provider.calls).toHaveLength(3);
  });
});

test.each<[string, object, string]>([
  ["OpenAI's search", { web_search_options: {} }, 'web search'],
  ["OpenAI's models that search", { model: 'gpt-4o-search-preview' }, 'a search by gpt-4o-search-preview'],
  ['their successors', { model: 'gpt-5-search-api-2025-10-14' }, 'a search by gpt-5-search-api-2025-10-14'],
  ['Perplexity', { model: 'sonar-pro' }, 'a search by sonar-pro'],
  ['Perplexity at a gateway', { model: 'perplexity/sonar' }, 'a search by perplexity/sonar'],
  ["OpenRouter's shortcut", { model: 'openai/gpt-4o:online' }, 'a search by openai/gpt-4o:online'],
  ['a second choice at OpenRouter', { models: ['a/b', 'perplexity/sonar'] }, 'a search by perplexity/sonar'],
  ["OpenRouter's plugins", { plugins: [{ id: 'web' }] }, 'plugins'],
  ["OpenRouter's tools", { tools: [{ type: 'openrouter:web_search' }] }, 'tool openrouter:web_search'],
  ["xAI's live search", { search_parameters: { mode: 'auto' } }, 'search_parameters'],
  ["Azure's own data", { data_sources: [{ type: 'azure_search' }] }, 'data_sources'],
  ["Qwen's search", { enable_search: true }, 'enable_search'],
  ["Groq's systems", { model: 'groq/compound-mini' }, 'a search by groq/compound-mini'],
  [
    "Moonshot's tools",
    { tools: [{ type: 'builtin_function', function: { name: '$web_search' } }] },
    'tool builtin_function',
  ],
])('an answer that rests on %s is neither looked for nor kept', async (_, body, source) => {
  const reason = `it depends on more than the request: ${source}`;
  expect(await twice(body)).toEqual([reason, reason]);
  expect(on.provider.calls).toHaveLength(2);
});

test.each<[string, object]>([
  ['a search that is switched off', { search_parameters: { mode: 'off' }, enable_search: false, disable_search: true }],
  ['a tool of the application', { tools: [{ type: 'function', function: { name: 'web_search' } }] }],
])('but with %s it is kept', async (_, body) => {
  on.provider.script(completion({}));
  expect(await twice(body)).toEqual([]);
  expect(on.provider.calls).toHaveLength(1);
});

test.each(['x-litellm-attempted-fallbacks', 'cf-aig-step', 'helicone-fallback-index'])(
  "a gateway's own fallback, as %s says it",
  async (name) => {
    on.provider.script([{ headers: { [name]: '1' } }]);
    on.provider.script({ headers: { [name]: '0' } });
    expect(await twice({})).toEqual(['a different model from the requested one produced it']);
    expect(on.provider.calls).toHaveLength(2);
    // The second was the requested model's own.
    await twice({});
    expect(on.provider.calls).toHaveLength(2);
  },
);

const message = { model: 'small', max_tokens: 50, messages: chat.messages, temperature: 0 };
const anthropic = (content: readonly object[]): Step =>
  json({
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'small',
    content,
    stop_reason: 'end_turn',
    usage: { input_tokens: 1, output_tokens: 1 },
  });

test.each<[string, Step, object, string]>([
  ['a call', anthropic([{ type: 'tool_use', id: 'a', name: 'look', input: {} }]), {}, CALLS_TOOLS],
  ['no block', anthropic([]), {}, 'it has no text'],
  ['only thought', anthropic([{ type: 'thinking', thinking: 'Hm.', signature: 'a' }]), {}, 'it has no text'],
  [
    'pages',
    anthropic([{ type: 'text', text: 'So.', citations: [{ type: 'web_search_result_location', url: 'https://a.b' }] }]),
    {},
    SOURCED,
  ],
  [
    'no JSON',
    anthropic([{ type: 'text', text: 'So.' }]),
    { output_config: { format: { type: 'json_schema', schema: { type: 'object' } } } },
    'it is not valid JSON, although JSON was requested',
  ],
])('Anthropic: %s', async (_, step, body, reason) => {
  on.provider.script(step);
  for (let i = 0; i < 2; i++) await on.metered.anthropic.messages.create({ ...message, ...body });
  expect(on.provider.calls).toHaveLength(2);
  expect(reasons()).toEqual([reason, reason]);
});

const gemini = (candidate: object): Step =>
  json({
    candidates: [{ index: 0, finishReason: 'STOP', ...candidate }],
    usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
  });
const said = (text: string) => ({ content: { role: 'model', parts: [{ text }] } });

test.each<[string, Step, object, string]>([
  ['no part', gemini({ content: { role: 'model' } }), {}, 'it has no text'],
  ['pages', gemini({ ...said('So.'), groundingMetadata: { webSearchQueries: ['so'] } }), {}, SOURCED],
  [
    'no JSON',
    gemini(said('So.')),
    { responseMimeType: 'application/json' },
    'it is not valid JSON, although JSON was requested',
  ],
  [
    'a picture',
    gemini({ content: { parts: [{ inlineData: { mimeType: 'image/png', data: 'AA' } }] } }),
    {},
    'it contains images or audio',
  ],
])('Gemini: %s', async (_, step, config, reason) => {
  on.provider.script(step);
  const ask = { model: 'small', contents: 'What?', config: { temperature: 0, ...config } };
  for (let i = 0; i < 2; i++) await on.metered.google.models.generateContent(ask);
  expect(on.provider.calls).toHaveLength(2);
  expect(reasons()).toEqual([reason, reason]);
});

test('a call that a stream of Ollama has before its last line', async () => {
  const lines = [
    { model: 'small', message: { role: 'assistant', content: '', tool_calls: [call] }, done: false },
    {
      model: 'small',
      message: { role: 'assistant', content: '' },
      done: true,
      done_reason: 'stop',
      prompt_eval_count: 1,
    },
  ];
  const content = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  on.provider.script({ body: { content }, contentType: 'application/x-ndjson' });
  const body = JSON.stringify({ model: 'small', messages: chat.messages, options: { temperature: 0 } });
  for (let i = 0; i < 2; i++) {
    await (await on.meter.fetch(`${on.provider.url}/api/chat`, { method: 'POST', body })).text();
  }
  expect(reasons()).toEqual([CALLS_TOOLS, CALLS_TOOLS]);
  expect(on.provider.calls).toHaveLength(2);
});

test('responses: no JSON, and a search', async () => {
  const ask = { model: 'small', input: 'What?', temperature: 0 };
  on.provider.script({ text: 'So.' });
  const text = { format: { type: 'json_object' as const } };
  for (let i = 0; i < 2; i++) await on.metered.openai.responses.create({ ...ask, text });
  for (let i = 0; i < 2; i++) await on.metered.openai.responses.create({ ...ask, tools: [{ type: 'web_search' }] });
  expect(on.provider.calls).toHaveLength(4);
  expect(reasons()).toEqual([
    'it is not valid JSON, although JSON was requested',
    'it is not valid JSON, although JSON was requested',
    'it depends on more than the request: tool web_search',
    'it depends on more than the request: tool web_search',
  ]);
});

test('a cache that only watches says so as well, and promises no hit', async () => {
  await restart({});
  on.provider.script(completion({ content: '' }));
  expect(await twice({})).toEqual(['it has no text', 'it has no text']);
  expect(on.calls.map(({ decisions }) => decisions.map(({ outcome, isShadow }) => [outcome, isShadow]))).toEqual([
    [['not-cached', true]],
    [['not-cached', true]],
  ]);
});

test.each<[string, () => unknown, string]>([
  ['false', () => false, '`accepts` returned false'],
  ['nothing', () => undefined, '`accepts` must return true or false, but returned neither'],
  ['a promise', async () => true, '`accepts` must return true or false, but returned a promise'],
  [
    'an error',
    () => {
      throw new Error('no');
    },
    '`accepts` threw an error',
  ],
])('an answer for which `accepts` gives %s says so', async (_, accepts, reason) => {
  await restart({ cache: { mode: 'on', accepts: accepts as () => boolean } });
  expect(await twice({})).toEqual([reason, reason]);
});

test('an answer that quotes a key says so', async () => {
  on.provider.script(completion({ content: 'Your key is test-key.' }));
  expect(await twice({})).toEqual(Array(2).fill('it quotes a key from its request'));
});
