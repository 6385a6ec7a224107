import { describe, expect, test } from 'vitest';
import { exactly } from '../range.ts';
import type { ApiName, ProviderName } from '../vocabulary.ts';
import { lawFor } from './laws/index.ts';
import { requestTokens, schemaTokens, textTokens, toolTokens } from './measure.ts';
import { type RequestFrame, type ToolDefinition, UNKNOWN_JSON } from './request.ts';

const law = (model: string | null, api: ApiName = 'chat.completions', provider: ProviderName = 'any') =>
  lawFor({ provider, model, api });
const MODELS = [
  'gpt-4o',
  'gpt-4',
  'claude-sonnet-4-5',
  'claude-opus-5',
  'gemini-2.5-flash',
  'llama-3.3-70b',
  'qwen3',
  null,
];
const FRAME: RequestFrame = {
  tools: [],
  toolChoice: 'auto',
  hasSystem: false,
  isThinking: false,
  earlierAnswers: 0,
  schema: null,
  unknown: { low: 20, expected: 200, high: 2000, basis: 'assumed' },
};

const english = 'You are a careful assistant. Answer the question in one short paragraph. '.repeat(20);
const spanish = 'Eres un asistente cuidadoso. Responde la pregunta en un párrafo breve según corresponda. '.repeat(20);
const chinese = '你是一名细心的助手。请用一小段话回答问题，并说明你的资料来源。'.repeat(20);
const hindi = 'आप एक सावधान सहायक हैं। प्रश्न का उत्तर एक छोटे अनुच्छेद में दें। '.repeat(20);
const numbers = '2026-11-29, 1234567890, 3.14159\n'.repeat(20);

describe('textTokens', () => {
  test('is exact and literal for published vocabularies, and nothing for nothing', () => {
    expect(textTokens(law('gpt-4o'), 'Hello, world')).toEqual(exactly(3, 'literal'));
    expect(textTokens(law('gpt-4'), 'Hello, world')).toEqual(exactly(3, 'literal'));
    for (const model of MODELS) expect(textTokens(law(model), '')).toEqual(exactly(0, 'literal'));
  });

  test.each(MODELS.slice(2))('%s is an ordered, assumed range', (model) => {
    for (const text of ['x', english, spanish, chinese, hindi, numbers, english + chinese]) {
      const range = textTokens(law(model), text);
      expect(range.basis).toBe('assumed');
      expect(range.low).toBeLessThanOrEqual(range.expected);
      expect(range.expected).toBeLessThanOrEqual(range.high);
      expect(range.low).toBeGreaterThan(0);
      expect(range.high - range.low).toBeLessThanOrEqual(2 * range.expected);
      expect(Number.isInteger(range.low + range.expected + range.high)).toBe(true);
    }
  });

  test('follows what each vocabulary does with digits, lines and other alphabets', () => {
    const ratio = (model: string, text: string) =>
      textTokens(law(model), text).expected / textTokens(law('gpt-4o'), text).expected;
    expect(ratio('gemini-2.5-flash', numbers)).toBeGreaterThan(1.5 * ratio('gemini-2.5-flash', english));
    expect(ratio('qwen3', hindi)).toBeGreaterThan(1.5);
    expect(ratio('qwen3', english)).toBeCloseTo(1, 1);
    expect(ratio('gemini-2.5-flash', chinese)).toBeLessThan(0.8);
    expect(ratio('claude-opus-5', english)).toBeGreaterThan(1.25 * ratio('claude-sonnet-4-5', english));
  });
});

describe('toolTokens', () => {
  const weather = {
    name: 'get_current_weather',
    description: 'Get the current weather in a given location',
    parameters: {
      type: 'object',
      properties: {
        location: { type: 'string', description: 'The city and state, e.g. San Francisco, CA' },
        unit: { type: 'string', description: 'The unit of temperature to return', enum: ['celsius', 'fahrenheit'] },
      },
      required: ['location'],
    },
  };

  test('the worked example of the cookbook, 101 prompt tokens on gpt-4o, comes out exactly', () => {
    const texts = [
      'You are a helpful assistant that can answer to questions about the weather.',
      "What's the weather like in Pittsburgh today?",
    ].reduce((sum, text) => sum + textTokens(law('gpt-4o'), text).expected, 0);
    const tools = toolTokens(law('gpt-4o'), { ...FRAME, hasSystem: true, tools: [weather] });
    expect(texts + 2 * 4 + 3 + tools.expected).toBe(101);
  });

  test('a tool that is not known widens the range', () => {
    const unseen: ToolDefinition = { name: null, description: null, parameters: UNKNOWN_JSON };
    const range = toolTokens(law('gpt-4o'), { ...FRAME, tools: [unseen] });
    expect(range.high).toBeGreaterThan(2_000);
    expect(range.basis).toBe('assumed');
  });

  test('differs by provider for the same model: gateways pass chat on', () => {
    const frame = { ...FRAME, tools: [weather] };
    const at = (provider: ProviderName) => toolTokens(law('gpt-5', 'chat.completions', provider), frame).expected;
    expect(at('openai') - at('openrouter')).toBe(81);
    const gemini = (provider: ProviderName) =>
      toolTokens(law('gemini-2.5-flash', 'generate_content', provider), frame).expected;
    expect(gemini('google-vertex')).toBeLessThan(gemini('google'));
  });
});

describe('schemaTokens', () => {
  const schema = {
    type: 'object',
    properties: { required: { type: 'string' } },
    required: ['required'],
    additionalProperties: false,
  };

  test('leaves out the keywords that the model does not see, but no property of that name', () => {
    const tokens = (value: typeof schema | object) =>
      schemaTokens(law('gpt-4o'), { name: 'x', description: null, schema: value as never, isStrict: false }, FRAME)
        .expected;
    expect(tokens(schema)).toBe(tokens({ type: 'object', properties: { required: { type: 'string' } } }));
    expect(tokens(schema)).toBeGreaterThan(tokens({ type: 'object', properties: {} }));
  });

  test.each([
    ['gpt-4o', 2],
    ['gpt-5.4', 1],
  ])('of %s counts the name of a strict schema before each answer, unless there are tools', (model, around) => {
    const tokens = (name: string, isStrict: boolean, frame: Partial<RequestFrame> = {}) =>
      schemaTokens(law(model), { name, description: null, schema, isStrict }, { ...FRAME, ...frame }).expected;
    // One token and two, which the definition holds as well.
    const [short, long] = ['int', 'structured_data'];
    expect(tokens(long, false) - tokens(short, false)).toBe(1);
    expect(tokens(long, true) - tokens(short, true)).toBe(2);
    expect(tokens(short, true)).toBe(tokens(short, false));
    expect(tokens(long, true, { earlierAnswers: 3 }) - tokens(long, true)).toBe(3 * (around + 2));
    expect(tokens(long, false, { earlierAnswers: 3 })).toBe(tokens(long, false));
    const tools = [{ name: 'f', description: null, parameters: null }];
    expect(tokens(long, true, { tools, earlierAnswers: 3 })).toBe(tokens(long, false, { tools }));
  });

  test('is a tool that has to be used, for models of Claude that take no schema', () => {
    const frame = { ...FRAME, tools: [{ name: 'f', description: 'Finds it.', parameters: schema }] };
    const [tool] = frame.tools;
    const answer = { name: 'f', description: 'Finds it.', schema, isStrict: true };
    const older = law('databricks-claude-3-7-sonnet');
    expect(schemaTokens(older, answer, FRAME)).toEqual(toolTokens(older, { ...frame, toolChoice: 'forced' }));
    // The tools' own opening is counted once.
    expect(schemaTokens(older, answer, frame).expected).toBeLessThan(100);
    expect(tool && schemaTokens(law('claude-sonnet-4-5'), answer, FRAME).expected).toBeLessThan(250);
  });

  test('is nothing where a schema only guides the decoding', () => {
    const tokens = schemaTokens(
      law('gemini-2.5-pro', 'generate_content', 'google'),
      { name: null, description: null, schema, isStrict: false },
      FRAME,
    );
    expect(tokens).toEqual(exactly(0, 'literal'));
  });
});

test('reasoning that is switched on costs Claude 29 tokens', () => {
  const tokens = (isThinking: boolean) => requestTokens(law('claude-sonnet-4-5'), { isThinking }).expected;
  expect(tokens(true) - tokens(false)).toBe(29);
});
