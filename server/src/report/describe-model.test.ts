import type { ReportModel } from '@farthing/shared/report';
import { expect, test } from 'vitest';
import { describeChoice } from './describe-model.ts';

const choice = (names: readonly string[], hint: string | null, unpriced: readonly string[] = []): string => {
  const alternatives = names.map((name) => ({ name, price: unpriced.includes(name) ? null : { input: 1, output: 2 } }));
  return describeChoice({ model: { alternatives, hint } as unknown as ReportModel });
};

test('two models are named, the default first; more are counted', () => {
  expect(choice(['large', 'small'], 'small')).toBe('small or large');
  expect(choice(['large', 'small'], null)).toBe('large or small');
  expect(choice(['large', 'small'], null, ['large', 'small'])).toBe('large or small');
  expect(choice(['large', 'small'], null, ['small'])).toBe('one of 2 models, 1 without a price');
  expect(choice(['large', 'small', 'other'], 'small', ['small'])).toBe('one of 3 models, 1 without a price');
  expect(choice(['large'], 'large')).toBe('');
});
