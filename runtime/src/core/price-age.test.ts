import { PATCH_DATE } from '@farthing/shared/catalogue/data/patches';
import type { PriceTable } from '@farthing/shared/catalogue/price-table';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

let time: number;
let warnings: [message: string | Error, options: unknown][];
let createPrices: typeof import('./prices.ts').createPrices;

const DAY = 86_400_000;
const daysAfter = (date: string, days: number): number => Date.parse(`${date}T12:00:00Z`) + days * DAY;

beforeEach(async () => {
  warnings = [];
  vi.spyOn(process, 'emitWarning').mockImplementation((message: string | Error, options?: unknown) => {
    warnings.push([message, options]);
  });
  // Each process warns once.
  vi.resetModules();
  ({ createPrices } = await import('./prices.ts'));
});
afterEach(() => vi.restoreAllMocks());

const ask = (prices: ReturnType<typeof createPrices>) => prices.model('openai', 'gpt-6-sol');

test('the built-in prices are warned about once in a process, as soon as they are older than 60 days', () => {
  const prices = createPrices({ overrides: [], now: () => time });
  time = daysAfter(PATCH_DATE, 60);
  ask(prices);
  expect(warnings).toEqual([]);
  time += DAY;
  for (let day = 0; day < 3; day++, time += DAY) ask(prices);
  ask(createPrices({ overrides: [], now: () => time }));
  expect(warnings).toEqual([
    [
      expect.stringMatching(`61 days ago \\(${PATCH_DATE}\\).*priceTable: \\{ from: .* a file or an https address`),
      { type: 'FarthingWarning', code: 'FARTHING_STALE_PRICES' },
    ],
  ]);
});

test("a table of the application's is warned about by its own date, and not before it has come", () => {
  const tableOf = (date: string): PriceTable => ({ name: 'prices.json', date, providers: {} });
  let table: PriceTable | null = null;
  const prices = createPrices({ overrides: [], table: () => table, now: () => time });
  time = daysAfter(PATCH_DATE, 365);
  ask(prices);
  table = tableOf(new Date(time).toISOString().slice(0, 10));
  ask(prices);
  expect(warnings).toEqual([]);
  table = tableOf(PATCH_DATE);
  ask(prices);
  expect(warnings).toMatchObject([[expect.stringContaining('365 days ago'), {}]]);
});
