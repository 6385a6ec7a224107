/** The schema takes what the reader takes, and refuses what it refuses. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { RATES } from '../rates.ts';
import { FEES, PROVIDERS } from '../vocabulary.ts';
import { priceTableJsonSchema } from './price-table-schema.ts';
import { readPriceTable } from './read-price-table.ts';

const schema = z.fromJSONSchema(priceTableJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);
const isTaken = (table: unknown): { readonly schema: boolean; readonly reader: boolean } => ({
  schema: schema.safeParse(table).success,
  reader: readPriceTable(JSON.stringify(table), 'prices.json', '2026-11-29').table !== null,
});
const with1 = (more: object) => ({ models: [{ provider: 'openai', model: 'gpt-7', ...more }] });

const GOOD: Readonly<Record<string, unknown>> = {
  'no models': { models: [] },
  'a date and a schema': { $schema: './farthing-prices.schema.json', date: '2026-11-29', models: [] },
  'all rates': with1(Object.fromEntries(RATES.map((name) => [name, 1.5]))),
  'all fees': with1({ fees: Object.fromEntries(FEES.map((name) => [name, 0.01])) }),
  'fees by context': with1({ fees: { 'web-search': { low: 1, medium: 2, high: 3 } } }),
  steps: with1({ input: 1, steps: [{ above: 200_000, input: 2 }] }),
  hours: with1({ input: 1, hours: [{ from: '16:30', to: '00:30', weekdays: true, input: 0.5 }] }),
  'aliases, a context and days': with1({ aliases: ['gpt-7-pro'], context: 9, from: '2026-01-01', until: '2026-12-31' }),
  'every provider': { models: PROVIDERS.map((provider) => ({ provider, model: 'm' })) },
};

const BAD: Readonly<Record<string, unknown>> = {
  'no list of models': {},
  'another key': { models: [], prices: [] },
  'another key of a model': with1({ outputs: 1 }),
  'another provider': { models: [{ provider: 'openia', model: 'gpt-7' }] },
  'no model': { models: [{ provider: 'openai' }] },
  'an empty model': with1({ model: '' }),
  'a text for a price': with1({ input: '2.5' }),
  'a price below 0': with1({ input: -1 }),
  'a price above what money can be': with1({ input: 1e9 }),
  'a part of a token': with1({ context: 1.5 }),
  'another form of date': { date: '29.11.2026', models: [] },
  'another form of time': with1({ hours: [{ from: '4pm', to: '00:30' }] }),
  'a step without its size': with1({ steps: [{ input: 2 }] }),
  'another fee': with1({ fees: { lunch: 1 } }),
  'a fee without a context': with1({ fees: { 'web-search': { low: 1 } } }),
};

describe('a table with', () => {
  test.each(Object.entries(GOOD))('%s is taken', (_, table) => {
    expect(isTaken(table)).toEqual({ schema: true, reader: true });
  });
  test.each(Object.entries(BAD))('%s is refused', (_, table) => {
    expect(isTaken(table)).toEqual({ schema: false, reader: false });
  });
});

test('the example of the documents is taken', () => {
  const document = readFileSync(join(import.meta.dirname, '../../../docs/prices.md'), 'utf8');
  const [, example = ''] = /```json\n(\{\n {2}"\$schema": .*?)```/s.exec(document) ?? [];
  expect(isTaken(JSON.parse(example))).toEqual({ schema: true, reader: true });
});
