/** Hard caps on requests for which the provider works on its own: searches, fetched pages, code in a container. */
import { describe, expect, test } from 'vitest';
import { type BudgetOptions, createMeter } from '../../runtime/src/index.ts';

const OPENAI = 'https://api.openai.com/v1';
const XAI = 'https://api.x.ai/v1';
const OPENROUTER = 'https://openrouter.ai/api/v1';
const PERPLEXITY = 'https://api.perplexity.ai';
const GROQ = 'https://api.groq.com/openai/v1';
const MISTRAL = 'https://api.mistral.ai/v1';
const COHERE = 'https://api.cohere.com/v1/chat';
const AZURE = 'https://mine.openai.azure.com/openai/v1';
const GOOGLE = 'https://generativelanguage.googleapis.com/v1beta/models';
const BEDROCK = 'https://bedrock-runtime.us-east-1.amazonaws.com/model';

type Ask = readonly [url: string, body: Readonly<Record<string, unknown>>];

const TIER = { service_tier: 'default' };
const HELLO = [{ role: 'user', content: 'Hello' }];
const chat = (base: string, model: string, more: object = {}): Ask => [
  `${base}/chat/completions`,
  { model, messages: HELLO, max_tokens: 10, ...TIER, ...more },
];
const responses = (base: string, model: string, more: object): Ask => [
  `${base}/responses`,
  { model, input: 'Hello', max_output_tokens: 10, ...TIER, ...more },
];
const claude = (more: object): Ask => [
  'https://api.anthropic.com/v1/messages',
  { model: 'claude-sonnet-4-5', messages: HELLO, max_tokens: 10, inference_geo: 'global', ...more },
];
const gemini = (model: string, tool: object): Ask => [
  `${GOOGLE}/${model}:generateContent`,
  { contents: [{ parts: [{ text: 'Hello' }] }], generationConfig: { maxOutputTokens: 10 }, tools: [tool] },
];

/** What a cap of $0 says: what the request could cost, in dollars, or why that is not known. */
async function refusal([url, body]: Ask): Promise<number | string> {
  const meter = createMeter({ budgets: [{ per: 'total', window: 'day', dollars: 0 }] });
  const response = await meter.fetch(url, { method: 'POST', body: JSON.stringify(body) });
  await meter.close();
  expect(response.status).toBe(402);
  const text = await response.text();
  const dollars = /could cost up to \$([\d.]+\d)/.exec(text)?.[1];
  return dollars === undefined ? (/cannot be bounded: ([^.]+)/.exec(text)?.[1] ?? text) : Number(dollars);
}

const nothingLimits = (part: string) =>
  expect.stringContaining(`nothing limits what the provider may do on its own (${part})`);

test.each<[string, Ask, string]>([
  ["OpenRouter's plugins", chat(OPENROUTER, 'openai/gpt-4o', { plugins: [{ id: 'web' }] }), 'plugins'],
  ["OpenRouter's suffix", chat(OPENROUTER, 'openai/gpt-4o:online'), 'a search by openai/gpt-4o:online'],
  [
    "OpenRouter's list of models",
    chat(OPENROUTER, 'openai/gpt-4o', { models: ['openai/gpt-4o:online'] }),
    'a search by openai/gpt-4o:online',
  ],
  ["Azure's data", chat(AZURE, 'gpt-4o', { data_sources: [{ type: 'azure_search' }] }), 'data_sources'],
  ['a search by a parameter', chat(MISTRAL, 'mistral-large-latest', { enable_search: true }), 'enable_search'],
  [
    "Mistral's connectors",
    chat(MISTRAL, 'mistral-large-latest', { tools: [{ type: 'web_search' }] }),
    'tool web_search',
  ],
  ["Groq's tools", chat(GROQ, 'openai/gpt-oss-120b', { tools: [{ type: 'browser_search' }] }), 'tool browser_search'],
  [
    "Cohere's connectors",
    [COHERE, { model: 'command-r-plus', message: 'Hello', connectors: [{ id: 'web' }] }],
    'connectors',
  ],
  ["Perplexity's deep research", chat(PERPLEXITY, 'sonar-deep-research'), 'a search by sonar-deep-research'],
  [
    "Perplexity's agent",
    chat(PERPLEXITY, 'sonar-pro', { web_search_options: { search_type: 'pro' } }),
    'a search by sonar-pro',
  ],
  ["OpenAI's search", responses(OPENAI, 'gpt-5', { tools: [{ type: 'web_search' }] }), 'tool web_search'],
  ['a stored prompt', responses(OPENAI, 'gpt-5', { prompt: { id: 'pmpt_1' } }), 'a stored prompt'],
  // xAI does not document this limit.
  [
    "xAI's agent tools",
    responses(XAI, 'grok-4', { tools: [{ type: 'web_search' }], max_tool_calls: 2 }),
    'tool web_search',
  ],
  ["Claude's search", claude({ tools: [{ type: 'web_search_20250305' }] }), 'tool web_search_20250305'],
  ['a model that Claude asks', claude({ tools: [{ type: 'advisor_20260301' }] }), 'tool advisor_20260301'],
  ["Gemini 3's search", gemini('gemini-3-pro-preview', { google_search: {} }), 'tool google_search'],
  ["Gemini's maps", gemini('gemini-2.5-flash', { googleMaps: {} }), 'tool googleMaps'],
  ['a tool that Gemini may add', gemini('gemini-2.5-flash', { newTool: {} }), 'tool newTool'],
  [
    "Amazon's grounding",
    [
      `${BEDROCK}/us.amazon.nova-pro-v1%3A0/converse`,
      {
        messages: [],
        inferenceConfig: { maxTokens: 10 },
        toolConfig: { tools: [{ systemTool: { name: 'nova_grounding' } }] },
      },
    ],
    'tool systemTool',
  ],
])('a hard cap refuses what has no limit: %s', async (_, ask, part) => {
  expect(await refusal(ask)).toEqual(nothingLimits(part));
});

test('a tool without a known price is refused for its price', async () => {
  const images = responses(OPENAI, 'gpt-5', { tools: [{ type: 'image_generation' }], max_tool_calls: 1 });
  expect(await refusal(images)).toBe('its price for image-generation is unknown');
});

const WINDOW = { 'gpt-5': 400_000, 'grok-4': 256_000, claude: 200_000, gemini: 1_048_576, gpt4o: 128_000 };
/** Dollars per token of the most expensive kind: Claude's cache writes, Gemini's audio. */
const INPUT = { 'gpt-5': 1.25e-6, 'grok-4': 3e-6, claude: 6e-6, gemini: 1e-6, gpt4o: 2.5e-6 };
const rounds = (count: number, model: keyof typeof INPUT): number => count * WINDOW[model] * INPUT[model];

test.each<[string, Ask, number]>([
  ['sources', chat(XAI, 'grok-4', { search_parameters: { max_search_results: 4 } }), rounds(2, 'grok-4') + 4 * 0.025],
  ['the most sources', chat(XAI, 'grok-4', { search_parameters: { mode: 'on' } }), rounds(2, 'grok-4') + 50 * 0.025],
  [
    'a model that searches once',
    chat(OPENAI, 'gpt-4o-search-preview', { web_search_options: {} }),
    rounds(2, 'gpt4o') + 0.025,
  ],
  [
    'searches',
    responses(OPENAI, 'gpt-5', { tools: [{ type: 'web_search' }], max_tool_calls: 2 }),
    rounds(3, 'gpt-5') + 2 * 0.01,
  ],
  [
    'a container by its memory',
    responses(OPENAI, 'gpt-5', {
      tools: [{ type: 'code_interpreter', container: { memory_limit: '4g' } }],
      max_tool_calls: 2,
    }),
    rounds(3, 'gpt-5') + 4 * 0.03,
  ],
  [
    'two tools under one limit',
    responses(OPENAI, 'gpt-5', { tools: [{ type: 'web_search' }, { type: 'mcp' }], max_tool_calls: 2 }),
    rounds(3, 'gpt-5') + 2 * 0.01,
  ],
  ['tools of the application', responses(OPENAI, 'gpt-5', { tools: [{ type: 'local_shell' }] }), rounds(1, 'gpt-5')],
  ['uses', claude({ tools: [{ type: 'web_search_20250305', max_uses: 2 }] }), rounds(3, 'claude') + 2 * 0.01],
  ['iterations', claude({ tools: [{ type: 'web_fetch_20250910' }] }), rounds(11, 'claude')],
  [
    'iterations of all tools together',
    claude({ mcp_servers: [{}], tools: [{ type: 'web_search_20250305', max_uses: 20 }, { type: 'mcp_toolset' }] }),
    rounds(11, 'claude') + 20 * 0.01,
  ],
  [
    'a history that is shortened',
    claude({ context_management: { edits: [{ type: 'compact_20260112' }] } }),
    rounds(2, 'claude'),
  ],
  [
    'a history that may be shortened before each iteration',
    claude({
      context_management: { edits: [{ type: 'compact_20260112' }] },
      tools: [{ type: 'web_search_20250305', max_uses: 2 }],
    }),
    rounds(2 * 3, 'claude') + 2 * 0.01,
  ],
  [
    'a container that the request only names, by the largest memory',
    responses(OPENAI, 'gpt-5', { tools: [{ type: 'code_interpreter', container: 'cntr_1' }], max_tool_calls: 2 }),
    rounds(3, 'gpt-5') + 64 * 0.03,
  ],
  ['an answer that may be grounded', gemini('gemini-2.5-flash', { googleSearch: {} }), rounds(2, 'gemini') + 0.035],
  ['pages and code', gemini('gemini-2.5-flash', { urlContext: {}, codeExecution: {} }), rounds(3, 'gemini')],
])('a hard cap reserves the maximum: %s', async (_, ask, dollars) => {
  const reserved = await refusal(ask);
  expect(reserved).toBeGreaterThanOrEqual(Math.floor(dollars * 100) / 100);
  // Besides the answer of a few tokens and rounding.
  expect(reserved).toBeLessThan(dollars * 1.01 + 0.01);
});

test.each<[string, Ask]>([
  ['a search that is off', chat(XAI, 'grok-4', { search_parameters: { mode: 'off' } })],
  [
    'tools of the application',
    chat(OPENAI, 'gpt-4o', { tools: [{ type: 'function', function: { name: 'web_search' } }] }),
  ],
  ["Gemini's functions", gemini('gemini-2.5-flash', { functionDeclarations: [{ name: 'search' }] })],
  ["Claude's functions", claude({ tools: [{ name: 'search', input_schema: {} }] })],
])('a hard cap reserves by the size of the body: %s', async (_, ask) => {
  expect(await refusal(ask)).toBeLessThan(0.02);
});

test("Perplexity's fee for each request is reserved, and its searches are free", async () => {
  expect(await refusal(chat(PERPLEXITY, 'sonar', { search_mode: 'web' }))).toBeCloseTo(0.012, 3);
});

const part = { fileData: { fileUri: 'gs://bucket/a.mp4' } };
const google = (body: object): Ask => [
  `${GOOGLE}/gemini-2.5-flash:generateContent`,
  { generationConfig: { maxOutputTokens: 5 }, ...body },
];
const image = { type: 'input_image', image_url: 'https://example.com/a.png' };

test.each<[string, Ask, number]>([
  ['a single value for a list', google({ contents: { parts: part } }), rounds(1, 'gemini')],
  ['a system prompt', google({ contents: [], system_instruction: { parts: [part] } }), rounds(1, 'gemini')],
  [
    "a tool's result",
    responses(OPENAI, 'gpt-5', { input: [{ type: 'function_call_output', call_id: 'a', output: [image] }] }),
    rounds(1, 'gpt-5'),
  ],
  [
    'the sound of an earlier answer',
    chat(OPENAI, 'gpt-4o', { messages: [{ role: 'assistant', audio: { id: 'audio_1' } }] }),
    rounds(1, 'gpt4o'),
  ],
])('a hard cap reserves the context for what the body only names: %s', async (_, ask, dollars) => {
  expect(await refusal(ask)).toBeGreaterThanOrEqual(Math.floor(dollars * 100) / 100);
});

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

// Some models bill thousands of tokens for an image of 100 bytes.
test.each<[string, Ask, keyof typeof WINDOW]>([
  [
    'responses',
    responses(OPENAI, 'gpt-5', {
      input: [{ type: 'function_call_output', output: [{ image_url: `data:image/png;base64,${PNG}` }] }],
    }),
    'gpt-5',
  ],
  [
    'Gemini',
    google({
      contents: [{ parts: [{ functionResponse: { response: {}, parts: [{ inlineData: { data: PNG } }] } }] }],
    }),
    'gemini',
  ],
  [
    'Bedrock',
    [
      `${BEDROCK}/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse`,
      {
        messages: [
          {
            role: 'user',
            content: [{ toolResult: { content: [{ image: { format: 'png', source: { bytes: PNG } } }] } }],
          },
        ],
        inferenceConfig: { maxTokens: 10 },
      },
    ],
    'claude',
  ],
])("a hard cap reserves the context for a small image in a tool's result: %s", async (_, ask, model) => {
  // Without the surcharge of a cache that the model may not have.
  expect(await refusal(ask)).toBeGreaterThan(rounds(1, model) / 2);
});

test('a hard cap reserves the context for each image to embed', async () => {
  const embed = (count: number): Ask => [
    'https://api.cohere.com/v2/embed',
    { model: 'embed-v4.0', images: Array(count).fill('https://example.com/a.png') },
  ];
  // 128,000 tokens at $0.12 per million.
  expect(await refusal(embed(1))).toBeCloseTo(0.01536, 3);
  expect(await refusal(embed(3))).toBeCloseTo(3 * 0.01536, 3);
});

describe('ranking', () => {
  const rank = (url: string, model: string, query: string, documents: readonly unknown[]): Ask => [
    url,
    { model, query, documents },
  ];
  const cohere = (query: string, documents: readonly unknown[]) =>
    refusal(rank('https://api.cohere.com/v2/rerank', 'rerank-v3.5', query, documents));
  const short = (count: number) => Array.from({ length: count }, () => 'A short document.');

  test('by Cohere reserves search units: 100 documents each, of 500 tokens with the query', async () => {
    expect(await cohere('Who?', short(1))).toBe(0.002);
    expect(await cohere('Who?', short(100))).toBe(0.002);
    expect(await cohere('Who?', short(101))).toBe(0.004);
    // A document of 5,000 bytes is at most 11 chunks.
    expect(await cohere('Who?', Array(10).fill('x'.repeat(5000)))).toBe(0.004);
    expect(await cohere('Who?', [{ text: 'A document with fields.', title: 'Title' }])).toBe(0.002);
    // Nothing is left of a chunk, so each byte may be one.
    expect(await cohere('x'.repeat(600), ['x'.repeat(1000)])).toBe(0.02);
  });

  test('elsewhere reserves the query once for each document', async () => {
    const voyage = (query: string, documents: readonly unknown[]) =>
      refusal(rank('https://api.voyageai.com/v1/rerank', 'rerank-2.5', query, documents));
    const query = 'x'.repeat(10_000);
    const one = await voyage(query, short(1));
    expect(await voyage(query, short(100))).toBeGreaterThan(95 * Number(one));
  });

  test('without a list of documents is refused', async () => {
    const ask: Ask = ['https://api.cohere.com/v2/rerank', { model: 'rerank-v3.5', queries: ['Who?'] }];
    expect(await refusal(ask)).toEqual(expect.stringContaining('a form that is not understood'));
  });
});

test.each<[string, Ask]>([
  ['an image by its name', chat(OPENAI, 'gpt-4o', { messages: [{ role: 'user', content: 'x', image: 'auto' }] })],
  ["a tool's arguments", claude({ messages: [{ content: [{ type: 'tool_use', input: { file_id: 'a' } }] }] })],
  ['a text with an address', chat(OPENAI, 'gpt-4o', { messages: [{ role: 'user', content: 'https://example.com' }] })],
  ['metadata', chat(OPENAI, 'gpt-4o', { metadata: { file_id: 'a' } })],
])('and not for %s', async (_, ask) => {
  expect(await refusal(ask)).toBeLessThan(0.02);
});

test('of two output limits the larger is reserved', async () => {
  const both = (newer: number, older: number) =>
    chat(OPENAI, 'gpt-4o', { max_completion_tokens: newer, max_tokens: older });
  expect(await refusal(both(10, 10_000))).toBe(await refusal(both(10_000, 10)));
});

test('a limit for Gemini keeps the number of answers in snake case', async () => {
  const answers = (count: number): Ask => [
    `${GOOGLE}/gemini-2.5-flash:generateContent`,
    { contents: [], generation_config: { candidate_count: count } },
  ];
  expect(await refusal(answers(8))).toBeCloseTo(8 * Number(await refusal(answers(1))), 2);
});

test('what is sent without a limit counts at its real cost when it ends', async () => {
  const budget: BudgetOptions = { per: 'total', window: 'day', dollars: 1 };
  const meter = createMeter({ unread: 'allow', budgets: [budget] });
  const real = globalThis.fetch;
  const usage = { input_tokens: 1000, output_tokens: 100, total_tokens: 1100 };
  const output = [{ type: 'web_search_call', action: { type: 'search' } }];
  globalThis.fetch = async () => Response.json({ model: 'gpt-5', status: 'completed', output, usage });
  try {
    const [url, body] = responses(OPENAI, 'gpt-5', { tools: [{ type: 'web_search' }] });
    expect((await meter.fetch(url, { method: 'POST', body: JSON.stringify(body) })).status).toBe(200);
    await meter.flush();
    // $1.25 and $10 per million tokens, $0.01 per search: nano-dollars.
    expect(await meter.remaining(budget)).toMatchObject({ spent: 1_250_000 + 1_000_000 + 10_000_000, reserved: 0 });
  } finally {
    globalThis.fetch = real;
    await meter.close();
  }
});
