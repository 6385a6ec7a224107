/** `farthing prices`: which prices every figure rests on. */
import { expect, test } from 'vitest';
import { farthing, folderWith } from '../run-bundle.ts';

const prices = (config: object, files: Readonly<Record<string, string>> = {}) =>
  farthing(['prices'], { cwd: folderWith({ 'farthing.config.json': JSON.stringify(config), ...files }) });

test('without a configuration, the built-in table with its source and date', () => {
  const { status, out } = farthing(['prices'], { cwd: folderWith({}) });
  expect(status).toBe(0);
  expect(out).toMatch(/^prices: genai-prices of \d{4}-\d\d-\d\d, patched \d{4}-\d\d-\d\d\n$/);
});

test('your own table, prices, discounts and deployments', () => {
  const table = { date: '2026-11-30', models: [{ provider: 'openai', model: 'gpt-6-sol', input: 1, output: 5 }] };
  const { status, out } = prices(
    {
      priceTable: 'prices.json',
      prices: [
        { model: 'our-llama', provider: 'vllm', input: 0, output: 0 },
        { model: 'gpt-6-luna', input: 0.08, fees: { 'web-search': 0.008 } },
      ],
      discounts: [
        { provider: 'azure', discount: 0.15 },
        { model: 'claude-sonnet-5-5', discount: -0.1 },
      ],
      deployments: { 'prod-chat': 'gpt-4o' },
    },
    { 'prices.json': JSON.stringify(table) },
  );
  expect(status).toBe(0);
  const [first, ...rest] = out.trimEnd().split('\n');
  expect(first).toMatch(/^prices: prices\.json of 2026-11-30, over genai-prices of /);
  expect(rest).toEqual([
    'prices.json comes before the built-in table',
    'your price of our-llama at vllm: $0 input, $0 output per million tokens',
    'your price of gpt-6-luna at every provider: $0.08 input per million tokens, $0.008 per web-search',
    '15% off list prices at azure',
    '10% more than the list price of claude-sonnet-5-5',
    'the deployment prod-chat is gpt-4o',
  ]);
});

test('a table that cannot be used is said, and so is one that is old', () => {
  expect(prices({ priceTable: 'none.json' }).err).toContain('"none.json" is not used');
  const old = JSON.stringify({ date: '2025-01-01', models: [] });
  expect(prices({ priceTable: 'prices.json' }, { 'prices.json': old }).err).toMatch(/last checked [\d,]+ days ago/);
});
