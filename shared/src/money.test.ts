import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatDollars,
  formatMoney,
  formatTokens,
  formatVolume,
  isExactAmount,
  isMoneyError,
  MoneyError,
  nanoDollars,
  nanoDollarsPerToken,
  toDollars,
} from './money.ts';
import type { Basis } from './vocabulary.ts';

const range = (low: number, expected: number, high: number, basis: Basis = 'assumed') => ({
  low: low * 1e9,
  expected: expected * 1e9,
  high: high * 1e9,
  basis,
});

describe('amounts', () => {
  test.each([
    [2.5, 2500],
    [0.15, 150],
    [0.0375, 37.5],
    [0.0028, 2.8],
    [0.003625, 3.625],
    [150, 150_000],
    [0, 0],
    [0.1, 100],
    [0.7, 700],
  ])('$%d per million is %d nano-dollars per token, exactly', (dollars, nanos) => {
    expect(nanoDollarsPerToken(dollars)).toBe(nanos);
  });

  test('a price finer than a thousandth of a nano-dollar is rounded up', () => {
    expect(nanoDollarsPerToken(0.08333333333333334)).toBe(83.334);
  });

  test('every price with up to six decimals is exact', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (micro) => {
        expect(Math.round(nanoDollarsPerToken(micro / 1e6) * 1000)).toBe(micro);
      }),
    );
  });

  test('dollars go to nano-dollars and back', () => {
    expect(nanoDollars(0.0043)).toBe(4_300_000);
    expect(toDollars(4_300_000)).toBe(0.0043);
  });

  test.each([9_000_001, -1, Number.NaN, Number.POSITIVE_INFINITY])('%d is refused', (dollars) => {
    for (const convert of [nanoDollars, nanoDollarsPerToken]) {
      expect(() => convert(dollars)).toThrow(MoneyError);
    }
  });

  test('the error is recognised by its brand, with the remedy in its message', () => {
    try {
      nanoDollars(10_000_000);
      expect.unreachable();
    } catch (error) {
      expect(isMoneyError(error)).toBe(true);
      expect(String(error)).toContain('$9,000,000');
    }
    expect(isMoneyError(new Error('other'))).toBe(false);
    expect(isMoneyError(null)).toBe(false);
  });

  test('exact amounts are whole and bounded', () => {
    expect(isExactAmount(9e15)).toBe(true);
    expect(isExactAmount(9e15 + 2)).toBe(false);
    expect(isExactAmount(0.5)).toBe(false);
  });
});

describe('money in words', () => {
  test.each([
    [0, '$0'],
    [0.00042, '$0.00042'],
    [0.0043, '$0.0043'],
    [0.0000123456, '$0.00001235'],
    [0.000000001, '$0.000000001'],
    [0.0114, '$0.0114'],
    [0.015, '$0.015'],
    [0.1, '$0.10'],
    [1.28, '$1.28'],
    [215, '$215'],
    [12_345.6, '$12,346'],
    [9_000_000, '$9,000,000'],
  ])('%d dollars', (dollars, words) => {
    expect(formatDollars(Math.round(dollars * 1e9))).toBe(words);
  });

  test('nothing above zero reads as zero', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9e15 }), (nanos) => {
        expect(formatDollars(nanos)).toMatch(/[1-9]/);
      }),
    );
  });

  test('a narrow range collapses, a wide one shows both ends', () => {
    expect(formatMoney(range(0.0043, 0.0043, 0.0043, 'literal'))).toBe('$0.0043');
    expect(formatMoney(range(0.00419, 0.0043, 0.00441))).toBe('$0.0043');
    expect(formatMoney(range(0.002, 0.005, 0.009))).toBe('$0.002 to $0.009');
  });

  test('an unknown price is never zero', () => {
    expect(formatMoney(null)).toBe('price unknown');
    expect(formatMoney(range(0, 0, 0, 'unknown'))).toBe('price unknown');
    expect(formatMoney(range(0, 0, 0, 'declared'))).toBe('$0');
  });

  test.each([
    [800, '800'],
    [50_000, '50k'],
    [1_200_000, '1.2M'],
    [2_000_000_000, '2B'],
  ])('%d calls', (calls, words) => {
    expect(formatVolume(calls)).toBe(words);
  });
});

describe('in Spanish', () => {
  // Between a number and its unit is a no-break space.
  const spaced = (text: string) => text.replaceAll('\u00A0', ' ');

  test.each([
    [0, '0 $'],
    [0.0114, '0,0114 $'],
    [1.28, '1,28 $'],
    [1_234.5, '1235 $'],
    [9_000_000, '9.000.000 $'],
  ])('%d dollars', (dollars, words) => {
    expect(spaced(formatDollars(Math.round(dollars * 1e9), 4, 'es'))).toBe(words);
  });

  test('ranges and what is not known', () => {
    expect(spaced(formatMoney(range(0.002, 0.005, 0.009), 'es'))).toBe('de 0,002 $ a 0,009 $');
    expect(formatMoney(null, 'es')).toBe('precio desconocido');
    expect(formatTokens({ low: 1100, expected: 1240, high: 1400, basis: 'assumed' }, 'es')).toBe('unos 1240');
    expect(formatTokens({ low: 100, expected: 500, high: 20_000, basis: 'assumed' }, 'es')).toBe('de 100 a 20.000');
    expect(formatTokens(null, 'es')).toBe('tamaño desconocido');
  });

  test.each([
    [800, '800'],
    [50_000, '50 mil'],
    [1_200_000, '1,2 M'],
    [2_000_000_000, '2000 M'],
  ])('%d calls', (calls, words) => {
    expect(spaced(formatVolume(calls, 'es'))).toBe(words);
  });
});

describe('tokens in words', () => {
  test.each([
    [{ low: 1240, expected: 1240, high: 1240, basis: 'literal' as const }, '1,240'],
    [{ low: 1100, expected: 1240, high: 1400, basis: 'assumed' as const }, 'about 1,240'],
    [{ low: 100, expected: 500, high: 2000, basis: 'assumed' as const }, '100 to 2,000'],
    [{ low: 0, expected: 0, high: 0, basis: 'unknown' as const }, 'size unknown'],
  ])('%j', (tokens, words) => {
    expect(formatTokens(tokens)).toBe(words);
  });
});
