import { calcPrice } from '@pydantic/genai-prices';
import { expect, test } from 'vitest';
import { createCatalogue } from './create-catalogue.ts';
import { PRICE_TABLE } from './data/prices.generated.ts';
import { generatePriceTable, installedVersion, PUBLISHED } from './generate-price-table.ts';
import { priceTable } from './price-table.ts';

test('the generated table is that of the installed package: otherwise run npm run generate', () => {
  expect(installedVersion()).toBe(PUBLISHED.version);
  expect(priceTable().name).toBe(`genai-prices ${PUBLISHED.version}`);
  const generated = JSON.parse(PRICE_TABLE);
  const module = generatePriceTable();
  const literal = module.slice(module.indexOf("'") + 1, module.lastIndexOf("'"));
  expect(JSON.parse(literal.replace(/\\(.)/g, '$1'))).toEqual(generated);
});

test('where no patch stands above it, the catalogue computes what the package computes', () => {
  const timestamp = new Date('2026-11-22T18:00:00Z');
  const catalogue = createCatalogue({ now: timestamp });
  let compared = 0;
  for (const [provider, providerId] of [
    ['openai', 'openai'],
    ['anthropic', 'anthropic'],
    ['mistral', 'mistral'],
    ['xai', 'x-ai'],
  ] as const) {
    for (const { id } of priceTable().providers[providerId] ?? []) {
      const model = catalogue.find(provider, id);
      if (model?.priceProvenance?.source.startsWith('genai-prices') !== true) continue;
      const input = 1000;
      const output = 500;
      const theirs = calcPrice({ input_tokens: input, output_tokens: output }, id, { providerId, timestamp });
      if (theirs === null || model.price.output === null || model.price.input === null) continue;
      const ours = (input * model.price.input + output * model.price.output) / 1e9;
      const rates = theirs.model_price;
      if (rates.requests_kcount !== undefined) continue;
      expect([id, ours.toFixed(9)]).toEqual([id, theirs.total_price.toFixed(9)]);
      compared++;
    }
  }
  expect(compared).toBeGreaterThan(100);
});
