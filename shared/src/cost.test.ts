import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Model } from './catalogue/catalogue.ts';
import { costPerCall, perMonth, priceAt, unpricedParts } from './cost.ts';
import { isExactAmount, nanoDollars } from './money.ts';
import { exactly, type Range } from './range.ts';
import { NO_PRICE } from './rates.ts';

const rates = NO_PRICE;

function model(changes: Partial<Model> = {}): Model {
  return {
    id: 'test',
    provider: 'openai',
    price: { ...rates, input: 2500, output: 10_000, cacheRead: 1250 },
    tiers: [],
    priceProvenance: null,
    priceUntil: null,
    fees: {},
    units: [],
    contextWindow: null,
    maxOutput: null,
    cacheMinimum: null,
    cacheMode: null,
    batchFactor: 0.5,
    flexFactor: null,
    priorityFactor: 2,
    residencyFactor: null,
    generation: null,
    retirement: null,
    capabilities: null,
    tokenizer: 'o200k',
    family: 'text',
    provenance: { source: 'test', asOf: '2026-11-22' },
    ...changes,
  };
}

const literal = (tokens: number): Range => exactly(tokens, 'literal');

describe('costPerCall', () => {
  test('the article: 100,000 queries of 1,500 + 500 tokens on gpt-4o are 875 dollars', () => {
    const cost = costPerCall(model(), { input: literal(1500), output: literal(500) });
    expect(cost).toEqual(exactly(8_750_000, 'literal'));
    expect(perMonth(cost as Range, 100_000, 'declared')?.expected).toBe(nanoDollars(875));
  });

  test('carries both bounds and the weaker basis', () => {
    const output: Range = { low: 100, expected: 300, high: 1000, basis: 'assumed' };
    expect(costPerCall(model(), { input: literal(1000), output })).toEqual({
      low: 3_500_000,
      expected: 5_500_000,
      high: 12_500_000,
      basis: 'assumed',
    });
  });

  test('cached and written tokens are part of the input', () => {
    const priced = model({ price: { ...rates, input: 4000, output: 20_000, cacheRead: 200, cacheWrite: 5000 } });
    const usage = { input: literal(1240), output: literal(500) };
    expect(costPerCall(priced, usage)?.expected).toBe(14_960_000);
    expect(costPerCall(priced, { ...usage, cachedInput: 1180 })?.expected).toBe(10_476_000);
    expect(costPerCall(priced, { ...usage, cacheWriteInput: 1180 })?.expected).toBe(16_140_000);
    expect(costPerCall(priced, { ...usage, cachedInput: 99_999 })?.expected).toBe(10_248_000);
  });

  test('a missing cache rate is billed as input', () => {
    const usage = { input: literal(1000), output: literal(0), cacheWriteInput: 500 };
    expect(costPerCall(model(), usage)?.expected).toBe(2_500_000);
  });

  test('batch and tiers multiply, and what is not sold is unknown', () => {
    const usage = { input: literal(1500), output: literal(500) };
    expect(costPerCall(model(), { ...usage, batch: true })?.expected).toBe(4_375_000);
    expect(costPerCall(model(), { ...usage, tier: 'priority' })?.expected).toBe(17_500_000);
    expect(costPerCall(model(), { ...usage, tier: 'flex' })).toBeNull();
    expect(costPerCall(model({ batchFactor: null }), { ...usage, batch: true })).toBeNull();
  });

  test('an unknown price is unknown, but only where it is needed', () => {
    const embedding = model({ price: { ...rates, input: 20, output: null } });
    expect(costPerCall(embedding, { input: literal(1000), output: literal(0) })?.expected).toBe(20_000);
    expect(costPerCall(embedding, { input: literal(1000), output: literal(1) })).toBeNull();
    expect(
      costPerCall(model({ price: { ...rates, input: null, output: null } }), {
        input: literal(1),
        output: literal(0),
      }),
    ).toBeNull();
  });

  describe('kinds of tokens', () => {
    const audio = model({
      price: {
        ...rates,
        input: 4000,
        output: 16_000,
        cacheRead: 400,
        audioInput: 32_000,
        audioOutput: 64_000,
        audioCacheRead: 500,
      },
    });

    test('each has its own rate, and is part of the input or the output', () => {
      const usage = { input: literal(1000), output: literal(300), audioInput: 900, audioOutput: 250 };
      expect(costPerCall(audio, usage)?.expected).toBe(100 * 4000 + 900 * 32_000 + 50 * 16_000 + 250 * 64_000);
    });

    test('cached audio is neither fresh audio nor cached text', () => {
      const usage = {
        input: literal(1000),
        output: literal(0),
        cachedInput: 600,
        audioInput: 900,
        cachedAudioInput: 500,
      };
      expect(costPerCall(audio, usage)?.expected).toBe(500 * 500 + 100 * 400 + 400 * 32_000);
    });

    test('a kind without a rate makes the cost unknown, and says so: never the rate of text', () => {
      const usage = { input: literal(1000), output: literal(10), audioInput: 900, imageOutput: 5 };
      expect(costPerCall(model(), usage)).toBeNull();
      expect(unpricedParts(model(), usage)).toEqual(['audioInput', 'imageOutput']);
      expect(costPerCall(model(), { ...usage, audioInput: 0, imageOutput: 0 })).not.toBeNull();
    });

    test('reasoning costs what output does, unless it has a rate', () => {
      const usage = { input: literal(0), output: literal(100), reasoning: 80 };
      expect(costPerCall(model(), usage)?.expected).toBe(1_000_000);
      const dearer = model({ price: { ...rates, input: 2000, output: 8000, reasoning: 3000 } });
      expect(costPerCall(dearer, usage)?.expected).toBe(20 * 8000 + 80 * 3000);
    });

    test('an impossible detail is cut to what there is, and the rest is billed', () => {
      const usage = { input: literal(10), output: literal(0), audioInput: 50, cachedInput: 4, cachedAudioInput: 9 };
      expect(costPerCall(audio, usage)?.expected).toBe(4 * 500 + 6 * 32_000);
    });
  });

  describe('fees', () => {
    const fee = (low: number, medium = low, high = low) => ({ low, medium, high });
    const searching = model({
      fees: { request: fee(5_000_000, 8_000_000, 12_000_000), 'web-search': fee(10_000_000) },
    });
    const usage = { input: literal(1000), output: literal(0) };

    test('a request fee is part of every call, by the context that was searched', () => {
      expect(costPerCall(searching, usage)?.expected).toBe(7_500_000);
      expect(costPerCall(searching, { ...usage, searchContext: 'high' })?.expected).toBe(14_500_000);
      expect(costPerCall(searching, { ...usage, fees: { request: 0 } })?.expected).toBe(2_500_000);
    });

    test('uses are counted, and are the same in a batch', () => {
      const cost = costPerCall(searching, { ...usage, fees: { 'web-search': 3 }, batch: true });
      expect(cost?.expected).toBe(1_250_000 + 5_000_000 + 30_000_000);
    });

    test('a use whose fee is not known makes the cost unknown', () => {
      const unpriced = model({ fees: { 'web-search': { low: null, medium: null, high: null } } });
      expect(costPerCall(unpriced, usage)).not.toBeNull();
      expect(costPerCall(unpriced, { ...usage, fees: { 'web-search': 1 } })).toBeNull();
      expect(unpricedParts(unpriced, { ...usage, fees: { 'tool-call': 2 } })).toEqual(['tool-call']);
    });

    test('a use may be a part of one', () => {
      const spoken = model({ fees: { 'code-execution': fee(50_000_000) } });
      expect(costPerCall(spoken, { ...usage, fees: { 'code-execution': 0.1 } })?.expected).toBe(2_500_000 + 5_000_000);
    });
  });

  test('data that is kept in a region costs more where the model says so', () => {
    const usage = { input: literal(1000), output: literal(0), isResident: true };
    expect(costPerCall(model(), usage)?.expected).toBe(2_500_000);
    expect(costPerCall(model({ residencyFactor: 1.1 }), usage)?.expected).toBe(2_750_000);
  });

  test('a price of 0 is a price', () => {
    const free = model({ price: { ...rates, input: 0, output: 0 } });
    expect(costPerCall(free, { input: literal(1000), output: literal(10) })).toEqual(exactly(0, 'literal'));
  });

  test('a step in the price applies to each bound by its own length, above the threshold only', () => {
    const stepped = model({ tiers: [{ ...rates, aboveInputTokens: 200_000, input: 5000, output: 15_000 }] });
    const input: Range = { low: 200_000, expected: 200_001, high: 300_000, basis: 'assumed' };
    const cost = costPerCall(stepped, { input, output: literal(0) });
    expect(cost).toMatchObject({ low: 500_000_000, expected: 1_000_005_000, high: 1_500_000_000 });
  });

  test('the highest exceeded step wins, in whatever order they are listed', () => {
    const tiers = [200, 100, 300].map((aboveInputTokens) => ({
      ...rates,
      aboveInputTokens,
      input: aboveInputTokens,
      output: 1,
    }));
    expect(priceAt(model({ tiers }), 250).input).toBe(200);
    expect(priceAt(model({ tiers }), 1000).input).toBe(300);
    expect(priceAt(model({ tiers }), 100).input).toBe(2500);
  });

  test('fractions are rounded up to whole nano-dollars', () => {
    const fine = model({ price: { ...rates, input: 37.5, output: 2.8 } });
    expect(costPerCall(fine, { input: literal(1), output: literal(0) })?.expected).toBe(38);
    expect(costPerCall(fine, { input: literal(2), output: literal(0) })?.expected).toBe(75);
    expect(costPerCall(fine, { input: literal(0), output: literal(10) })?.expected).toBe(28);
    expect(costPerCall(fine, { input: literal(2), output: literal(0), batch: true })?.expected).toBe(38);
  });

  test('amounts that are not exact are refused: unknown, not wrong', () => {
    const dear = model({ price: { ...rates, input: 9e12, output: 0 } });
    expect(costPerCall(dear, { input: literal(1_000_000), output: literal(0) })).toBeNull();
    expect(costPerCall(model(), { input: literal(Number.NaN), output: literal(0) })).toBeNull();
    expect(costPerCall(model(), { input: literal(-5), output: literal(0) })).toBeNull();
  });

  test('is exact to the last nano-dollar, rounded up, whatever the size', () => {
    const tokens = fc.integer({ min: 0, max: 2_000_000_000 });
    const rate = fc.integer({ min: 0, max: 4_000_000 });
    fc.assert(
      fc.property(tokens, tokens, rate, rate, fc.boolean(), (input, output, inputRate, outputRate, batch) => {
        const priced = model({ price: { ...rates, input: inputRate / 8, output: outputRate / 8 } });
        const thousandths = (count: number, eighths: number) => BigInt(count) * BigInt(eighths) * 125n;
        const sum = (thousandths(input, inputRate) + thousandths(output, outputRate)) * (batch ? 500n : 1_000n);
        const exact = Number((sum + 999_999n) / 1_000_000n);
        const cost = costPerCall(priced, { input: literal(input), output: literal(output), batch });
        expect(cost?.expected ?? null).toBe(isExactAmount(exact) ? exact : null);
      }),
    );
  });

  test('more tokens never cost less, and bounds stay in order', () => {
    const count = fc.integer({ min: 0, max: 2_000_000 });
    fc.assert(
      fc.property(count, count, count, (a, b, c) => {
        const [low, expected, high] = [a, b, c].sort((x, y) => x - y) as [number, number, number];
        const cost = costPerCall(model(), { input: { low, expected, high, basis: 'assumed' }, output: literal(100) });
        expect(cost?.low).toBeLessThanOrEqual(cost?.expected ?? -1);
        expect(cost?.expected).toBeLessThanOrEqual(cost?.high ?? -1);
        expect(Number.isInteger(cost?.high)).toBe(true);
      }),
    );
  });
});

describe('perMonth', () => {
  test('the volume may be the weaker basis', () => {
    expect(perMonth(exactly(10, 'literal'), 5, 'declared')?.basis).toBe('literal');
    expect(perMonth(exactly(10, 'declared'), 5, 'unknown')?.basis).toBe('unknown');
  });

  test('is unknown above what is exact and for a broken volume', () => {
    expect(perMonth(exactly(nanoDollars(10), 'literal'), 1_000_000, 'declared')).toBeNull();
    expect(perMonth(exactly(10, 'literal'), 1.5, 'declared')).toBeNull();
    expect(perMonth(exactly(10, 'literal'), -1, 'declared')).toBeNull();
  });
});
