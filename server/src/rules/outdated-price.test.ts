import { describe, expect, it } from 'vitest';
import type { LlmCall } from '../calls/call.ts';
import type { PriceTable } from '../calls/facts/stated-prices.ts';
import { indexCalls } from '../calls/index-calls.ts';
import { outdatedPrice } from './outdated-price.ts';
import { CALL_ORIGIN, price, testCall, testCatalogue, testContext, testModel } from './support/testing.ts';

const model = (id: string, input: number, output: number) => testModel({ id, price: price(input, output) });
const catalogue = testCatalogue(model('m-1', 1, 4), model('m-2', 2, 8), model('m-3', 3, 12));

/** A table with the prices of three models per million tokens. */
function table(unit: number, ...prices: readonly (readonly [string, number, number])[]): PriceTable {
  const stated = prices.map(([name, input, output], index) => ({
    model: name,
    input: input / unit,
    output: output / unit,
    start: 10 * index,
    end: 10 * index + 5,
  }));
  return { path: '/app/prices.ts', prices: stated };
}
const using = (prices: PriceTable, changes: Partial<LlmCall> = {}) =>
  testCall({ ...changes, facts: { statedPrices: [prices] } });
const found = (...calls: readonly LlmCall[]) => [
  ...outdatedPrice.check(indexCalls(calls), { ...testContext(), catalogue }),
];

describe('outdated-price', () => {
  it.each([1, 1_000, 1_000_000])('says what the price is, whatever the table counts in: %d', (unit) => {
    const [finding, ...more] = found(using(table(unit, ['m-1', 1, 4], ['m-2', 5, 15], ['openai/m-3', 3, 12])));
    expect(more).toEqual([]);
    expect(finding?.origin).toEqual({ path: '/app/prices.ts', start: 10, end: 15 });
    expect(finding?.severity).toBe('information');
    expect(finding && outdatedPrice.message.en(finding.data)).toBe(
      'The code counts m-2 at $5.00 in and $15.00 out a million tokens; the list price is $2.00 in and $8.00 out. Whatever is counted or billed with them is wrong: correct them.',
    );
  });

  it('names a model that the project uses first, and counts the others', () => {
    const prices = table(1, ['m-1', 9, 9], ['m-2', 9, 9], ['m-3', 3, 12], ['openai/m-3', 3, 12]);
    const [finding] = found(using(prices, { model: { value: 'm-2', source: 'literal', hint: null, origin: null } }));
    expect(finding?.severity).toBe('warning');
    expect(finding?.data).toMatchObject({ model: 'm-2', others: 1, compared: 4 });
    expect(finding && outdatedPrice.message.es(finding.data)).toContain('Difieren 1 más de 4 precios.');
  });

  it('says it once, at a call of the same file', () => {
    const prices = table(1, ['m-1', 1, 4], ['m-2', 5, 15], ['m-3', 3, 12]);
    const beside = using(prices, { id: 'b', origin: { ...CALL_ORIGIN, path: '/app/prices.ts' } });
    expect(found(using(prices), beside).map(({ call }) => call.id)).toEqual(['b']);
  });

  it('leaves tables alone that agree, count something else, or name other sellers', () => {
    const tables = [
      table(1, ['m-1', 1, 4], ['m-2', 2, 8], ['m-3', 3, 12]),
      table(1, ['m-1', 7, 28], ['m-2', 14, 56], ['m-3', 3, 12]),
      table(1, ['m-1', 1, 4], ['m-2', 2, 8], ['azure/m-3', 4, 13]),
      table(1, ['m-1', 1, 4], ['m-2', 2, 8], ['m-4', 4, 13]),
    ];
    expect(tables.flatMap((one) => found(using(one)))).toEqual([]);
    expect(found(using(table(1, ['m-1', 1, 4], ['m-2', 5, 15], ['m-3', 3, 12]), { isTest: true }))).toEqual([]);
  });
});
