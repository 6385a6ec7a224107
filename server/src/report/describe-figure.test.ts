import { describe, expect, test } from 'vitest';
import {
  costColumn,
  describeAmount,
  describeExpected,
  describeFigure,
  describeLeast,
  describeSpan,
} from './describe-figure.ts';

const range = (low: number, expected: number, high: number) => ({ low, expected, high, basis: 'assumed' as const });
const literal = (dollars: number) => ({ ...range(dollars, dollars, dollars), basis: 'literal' as const });

describe('a figure', () => {
  test.each([
    [range(0.00017, 0.000531, 0.0041), '~$0.53 per 1,000 calls ($0.17 to $4.10)'],
    [range(0.0011, 0.00431, 0.0096), '~$4.30 per 1,000 calls ($1.10 to $9.60)'],
    [range(0.0102, 0.0131, 0.016), '~$0.013 per call ($0.01 to $0.016)'],
    [range(0.0042, 0.0043, 0.0044), '$4.30 per 1,000 calls'],
    [literal(0.0000042), '$0.0042 per 1,000 calls'],
    [literal(1.28), '$1.28 per call'],
    [literal(0), '$0 per call'],
  ])('says what is expected before the bounds: %o', (cost, words) => {
    expect(describeFigure(cost)).toBe(words);
    expect(words.startsWith(describeExpected(cost))).toBe(true);
  });

  test('over several calls has no centre', () => {
    expect(describeSpan(range(0.0002, 0.02, 0.05))).toBe('$0.20 to $50.00 per 1,000 calls');
    expect(describeSpan(range(0.02, 0.03, 0.05))).toBe('$0.02 to $0.05 per call');
  });

  test('whose rest is unknown is its lower bound', () => {
    expect(describeLeast(range(0.0021, 0.0021, 0.0021))).toBe('$2.10 per 1,000 calls');
  });

  test('of a month has its unit around it', () => {
    expect(describeAmount(range(510, 650, 800))).toBe('~$650 ($510 to $800)');
  });

  test('is Spanish', () => {
    expect(describeFigure(range(0.00017, 0.000531, 0.0041), 'es')).toBe(
      '~0,53\u00a0$ por cada 1000 llamadas (de 0,17\u00a0$ a 4,10\u00a0$)',
    );
  });
});

test('the costs of a column are in the unit of the first', () => {
  const column = costColumn(range(0.0011, 0.0043, 0.0096), 'en');
  expect(column.head).toBe('per 1,000 calls');
  expect(column.cell(range(0.0102, 0.0131, 0.016))).toBe('~$13.00');
  expect(column.cell({ ...range(0.002, 0.002, 0.002), basis: 'unknown' })).toBe('from $2.00');
  expect(costColumn(null, 'en').head).toBe('per call');
});
