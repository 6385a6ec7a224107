import { readPriceTable } from '@farthing/shared/catalogue/read-price-table';
import { describe, expect, test } from 'vitest';
import type { RequestFacts } from '../wire/codec.ts';
import { type Fees, inputUsage, type Usage } from '../wire/usage.ts';
import { createPrices, type Prices } from './prices.ts';

const at = (time: string): Prices => createPrices({ overrides: [], now: () => Date.parse(time) });
const prices = at('2026-11-29T12:00:00Z');
const usage = (changes: Partial<Usage>): Usage => ({ ...inputUsage(1000), ...changes });

const modelOf = (...[provider, name]: Parameters<Prices['model']>) => {
  const model = prices.model(provider, name);
  if (model === null) throw new Error(`${name} is not known`);
  return model;
};

describe('what an answer cost', () => {
  test('each kind of token at its own rate', () => {
    const spoken = usage({ audioInput: 900, output: 300, audioOutput: 250 });
    expect(prices.cost(modelOf('openai', 'gpt-audio'), spoken, null)).toEqual({
      amount: 100 * 2500 + 900 * 32_000 + 50 * 10_000 + 250 * 64_000,
      basis: 'measured',
    });
  });

  test('a kind or a use without a known price makes it unknown: nothing known may be missing', () => {
    expect(prices.cost(modelOf('openai', 'gpt-4o'), usage({ audioInput: 900 }), null)).toBeNull();
    expect(prices.cost(modelOf('groq', 'openai/gpt-oss-120b'), usage({ fees: { 'web-search': 1 } }), null)).toBeNull();
  });

  test('why there is none: the model, the kind or the use, or the tier', () => {
    const why = (provider: Parameters<Prices['model']>[0], name: string, used: Usage, tier: string | null = null) =>
      prices.whyUnpriced(modelOf(provider, name), used, tier);
    expect(why('openai', 'gpt-4o', usage({ audioInput: 900 }))).toBe(
      'gpt-4o at openai has no known price for audioInput',
    );
    expect(why('ollama', 'llama3', usage({}))).toBe('the price of llama3 at ollama is unknown');
    expect(why('openai', 'gpt-4o', usage({}), 'flex')).toBe('gpt-4o at openai has no known price in the tier "flex"');
  });

  test('fees by use, and those of every request', () => {
    expect(prices.cost(modelOf('openai', 'gpt-5'), usage({ fees: { 'web-search': 2 } }), null)?.amount).toBe(
      21_250_000,
    );
    expect(prices.cost(modelOf('perplexity', 'sonar'), usage({}), null)?.amount).toBe(6_000_000);
    // Gemini counts both searches and the prompt that they ground: which of the two it bills depends on the model.
    const grounded = usage({ fees: { grounding: 1, 'web-search': 3 } });
    expect(prices.cost(modelOf('google', 'gemini-2.5-flash'), grounded, null)?.amount).toBe(300_000 + 35_000_000);
    expect(prices.cost(modelOf('google', 'gemini-3.8-flash'), grounded, null)?.amount).toBe(750_000 + 42_000_000);
  });

  test('data that is kept in a region costs what the model charges for it', () => {
    const model = modelOf('openai', 'gpt-5.4');
    expect(prices.cost(model, usage({}), null)?.amount).toBe(2_500_000);
    expect(prices.cost(model, usage({}), null, { isResident: true })?.amount).toBe(2_750_000);
  });
});

describe('whose price an answer has', () => {
  test('the model that served it, where that has a price', () => {
    expect(prices.billed('openai', 'gpt-4o', 'gpt-4o-2024-05-13')?.price.input).toBe(5000);
    expect(prices.billed('azure', 'prod-chat', 'gpt-4.1-2025-04-14')?.price.input).toBe(2000);
    expect(prices.billed('openrouter', 'openrouter/auto', 'mistralai/mistral-nemo')?.priceProvenance).not.toBeNull();
  });

  test('and else the one that was asked for', () => {
    expect(prices.billed('databricks', 'databricks-claude-3-7-sonnet', 'us.anthropic.claude-3-7')?.price.input).toBe(
      3000,
    );
    expect(prices.billed('openai', null, null)).toBeNull();
  });
});

/** Of a request without tools. */
const facts: RequestFacts = {
  model: null,
  isStreaming: false,
  outputLimit: 100,
  choices: 1,
  temperature: null,
  hasTools: false,
  tier: 'default',
  unbounded: [],
};

describe('the most that a request can cost', () => {
  const bound = (...[provider, name]: Parameters<Prices['model']>) =>
    prices.bound(modelOf(provider, name), { bytes: 1000, facts }).amount;

  test('answers of the most expensive kind that the model gives, and the most expensive request fee', () => {
    expect(bound('openai', 'gpt-audio')).toBe(1000 * 2500 + 100 * 64_000);
    expect(bound('perplexity', 'sonar')).toBe(1_000_000 + 100_000 + 12_000_000);
  });

  test('where the body does not hold the input, the most expensive kind of that too', () => {
    const model = modelOf('google', 'gemini-2.5-flash');
    const unbounded = { ...facts, unbounded: ['a file'] };
    expect(prices.bound(model, { bytes: 1000, facts: unbounded }).amount).toBe(1_048_576 * 1000 + 100 * 2500);
  });
});

describe('the probable cost of a request', () => {
  const expected = (provider: 'openai', name: string, fees: Fees) =>
    prices.expected(modelOf(provider, name), { bytes: 4000, facts, use: { rounds: 1, texts: 1, fees, parts: [] } });

  test('has each fee once that may be incurred, and sizes whole', () => {
    const without = expected('openai', 'gpt-5', {}) ?? 0;
    expect(expected('openai', 'gpt-5', { 'web-search': 5 })).toBe(without + 10_000_000);
    expect(expected('openai', 'gpt-5', { 'web-search': Number.POSITIVE_INFINITY })).toBe(without + 10_000_000);
    expect(expected('openai', 'gpt-5', { 'code-execution': 4 })).toBe(without + 4 * 30_000_000);
    // A fee without a known price adds nothing.
    expect(expected('openai', 'gpt-5', { 'image-generation': 1 })).toBe(without);
    const ranking = { ...facts, outputLimit: 0 };
    const use = { rounds: 1, texts: 1, fees: { 'search-unit': 3 }, parts: [] };
    const model = modelOf('cohere', 'rerank-v3.5');
    expect(prices.expected(model, { bytes: 4000, facts: ranking, use })).toBe(3 * 2_000_000);
  });
});

describe('while a process runs', () => {
  test('prices follow the day and the hour', () => {
    let time = Date.parse('2026-11-30T23:00:00Z');
    const running = createPrices({ overrides: [], now: () => time });
    const input = (name: string) => running.model('google', name)?.price.input;
    expect(input('gemini-4-argon')).toBe(2000);
    time = Date.parse('2026-12-01T00:00:00Z');
    expect(input('gemini-4-argon')).toBe(4000);
    expect(running.model('deepseek', 'deepseek-v4-flash')?.price.input).toBe(150);
    time = Date.parse('2026-12-01T01:00:00Z');
    expect(running.model('deepseek', 'deepseek-v4-flash')?.price.input).toBe(300);
  });

  test('a table that is read again takes effect at the next call', () => {
    const tableOf = (input: number) =>
      readPriceTable(JSON.stringify({ models: [{ provider: 'openai', model: 'gpt-4o', input }] }), 'mine', '2026-11-29')
        .table;
    let table = tableOf(1);
    const running = createPrices({ overrides: [], table: () => table, now: () => Date.parse('2026-11-29T12:00:00Z') });
    expect(running.model('openai', 'gpt-4o')?.price.input).toBe(1000);
    table = tableOf(2);
    expect(running.model('openai', 'gpt-4o')?.price.input).toBe(2000);
  });

  test('deployments and discounts hold', () => {
    const own = createPrices({
      overrides: [],
      deployments: { 'prod-chat': 'gpt-4o' },
      discounts: [{ provider: 'azure', discount: 0.2 }],
      now: () => Date.parse('2026-11-29T12:00:00Z'),
    });
    expect(own.model('azure', 'prod-chat')?.price.input).toBe(2000);
  });
});
