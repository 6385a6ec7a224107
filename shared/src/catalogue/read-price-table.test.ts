import { describe, expect, test } from 'vitest';
import { createCatalogue } from './create-catalogue.ts';
import { readPriceTable } from './read-price-table.ts';

const NOW = new Date('2026-11-29T12:00:00Z');
const read = (table: unknown) => readPriceTable(JSON.stringify(table), 'prices.json', '2026-11-29');
const catalogueOf = (table: unknown) => createCatalogue({ now: NOW, table: read(table).table });

describe('a table in our own form', () => {
  const table = {
    date: '2026-11-28',
    models: [
      {
        provider: 'openai',
        model: 'gpt-6-sol',
        input: 1.8,
        output: 9,
        cacheRead: 0.18,
        steps: [{ above: 272_000, input: 3.6, output: 13.5 }],
      },
      {
        provider: 'openai',
        model: 'gpt-7',
        aliases: ['gpt-7-2026-11-20'],
        context: 2_000_000,
        input: 3,
        output: 12,
        fees: { 'web-search': 0.02 },
      },
      { provider: 'mistral', model: 'mistral-small-latest', input: 0.2, output: 0.8, from: '2026-11-01' },
      { provider: 'mistral', model: 'mistral-small-latest', input: 0.15, output: 0.6 },
      { provider: 'vercel', model: 'xai/grok-9', input: 5, output: 6, until: '2026-11-28' },
    ],
  };

  test('stands above what is built in, with its name and date', () => {
    const catalogue = catalogueOf(table);
    expect(catalogue.find('openai', 'gpt-6-sol')).toMatchObject({
      price: { input: 1800, output: 9000, cacheRead: 180 },
      tiers: [{ aboveInputTokens: 272_000, input: 3600 }],
      priceProvenance: { source: 'prices.json', asOf: '2026-11-28' },
      maxOutput: 128_000,
    });
    expect(catalogue.find('openai', 'gpt-7-2026-11-20')).toMatchObject({
      price: { input: 3000 },
      fees: { 'web-search': { low: 20_000_000 } },
      contextWindow: 2_000_000,
    });
    expect(catalogue.find('openai', 'gpt-4o')?.priceProvenance?.source).toContain('genai-prices');
    expect(catalogue.provenance).toMatchObject({ asOf: '2026-11-28', source: expect.stringContaining('prices.json') });
  });

  test('several entries of a model are its prices by date, and a price has an end', () => {
    const catalogue = catalogueOf(table);
    expect(catalogue.find('mistral', 'mistral-small-latest')?.price.input).toBe(200);
    expect(catalogue.find('vercel', 'xai/grok-9')?.price.input).toBeNull();
    expect(catalogue.models('openai').some(({ id }) => id === 'gpt-7')).toBe(true);
  });

  test.each<[unknown, string]>([
    [
      { models: [{ provider: 'openai', model: 'gpt-7', input: '3' }] },
      'models[0].input: "3" is not a number of dollars',
    ],
    [
      { models: [{ provider: 'opnai', model: 'gpt-7' }] },
      'models[0].provider: "opnai" is not a provider. "farthing sdks" lists them',
    ],
    [{ models: [{ provider: 'openai', model: 'a', input: -1 }] }, 'models[0].input: -1 is not a number of dollars'],
    [{ models: [{ provider: 'openai', input: 1 }] }, 'models[0].model: a missing value is not a text'],
    [
      { models: [{ provider: 'openai', model: 'a', until: 'soon' }] },
      'models[0].until: "soon" is not a date like 2026-11-29',
    ],
    [
      { models: [{ provider: 'openai', model: 'a', steps: [{ input: 1 }] }] },
      'models[0].steps[0].above: a missing value is not a whole number',
    ],
    [{ models: {} }, 'models: {} is not a list'],
    [{}, 'models: a missing value is not a list'],
    [7, 'the file: 7 is not an object'],
    [
      {
        models: [
          { provider: 'openai', model: 'a', input: 1 },
          { provider: 'openai', model: 'a', input: 2 },
        ],
      },
      'models[1]: two prices of this model hold from the beginning',
    ],
  ])('a mistake is refused with its place: %j', (broken, problem) => {
    expect(read(broken)).toEqual({ table: null, problems: [problem] });
  });

  test('an unknown key is refused, and so is what is not JSON', () => {
    expect(read({ models: [{ provider: 'openai', model: 'a', inptu: 1 }] }).problems[0]).toMatch(
      /^models\[0\]: unknown key "inptu"\. Known are provider, model/,
    );
    expect(readPriceTable('{', 'prices.json', '2026-11-29').problems[0]).toMatch(/^it is not JSON/);
  });
});

describe('a table in the form of genai-prices', () => {
  const provider = (...models: unknown[]) => [{ id: 'openai', name: 'OpenAI', models }];
  const model = (prices: unknown) => ({
    id: 'gpt-7',
    match: { or: [{ equals: 'gpt-7' }, { starts_with: 'gpt-7-' }] },
    prices,
  });

  test('is read as the built-in table was', () => {
    const table = provider(
      model([
        {
          prices: {
            input_mtok: { base: 3, tiers: [{ start: 200_000, price: 6 }] },
            output_mtok: 9,
            input_audio_mtok: 30,
          },
        },
        { constraint: { start_date: '2027-01-01' }, prices: { input_mtok: 4, output_mtok: 9 } },
      ]),
    );
    expect(catalogueOf(table).find('openai', 'gpt-7')).toMatchObject({
      price: { input: 3000, output: 9000, audioInput: 30_000 },
      tiers: [{ aboveInputTokens: 200_000, input: 6000 }],
      priceUntil: '2026-12-31',
      priceProvenance: { source: 'prices.json', asOf: '2026-11-29' },
    });
  });

  test('a unit that is not known leaves the model out, and says so', () => {
    const { table, problems } = read(provider(model({ input_mtok: 1, input_smell_mtok: 2 })));
    expect(table?.providers.openai).toEqual([]);
    expect(problems).toEqual(['gpt-7 of openai is skipped: this version does not know the unit "input_smell_mtok"']);
  });

  test.each<[unknown, string]>([
    [
      provider({ id: 'a', match: { equals: 'a' }, prices: { input_mtok: 'x' } }),
      '[0].models[0].prices.input_mtok: "x" is not an object',
    ],
    [provider({ id: 'a', match: { is: 'a' }, prices: {} }), '[0].models[0].match: it matches nothing that is known'],
    [[{ id: 'openai' }], '[0].models: a missing value is not a list'],
  ])('a mistake is refused with its place: %j', (broken, problem) => {
    expect(read(broken)).toEqual({ table: null, problems: [problem] });
  });
});
