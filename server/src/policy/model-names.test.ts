import type { ModelLimit } from '@farthing/shared/config-parts/policy';
import type { ReportCall, ReportModel } from '@farthing/shared/report';
import { expect, test } from 'vitest';
import { modelsOutside } from './model-names.ts';

const limit = (allow: readonly string[] | null, deny: readonly string[] = []): ModelLimit => ({
  allow,
  deny,
  mode: 'block',
  message: null,
});
const model = (value: string | null, names: readonly string[] = [], open = false) =>
  ({ value, hint: null, alternatives: names.map((name) => ({ name })), open }) as unknown as ReportModel;
const outside = (of: ModelLimit, used: ReportModel, canonical: string | null = null) =>
  modelsOutside(of, { model: used, path: 'a.ts', provider: 'openai' } as ReportCall, () => canonical);

test.each([
  ['gpt-6-sol', 'gpt-6-sol', true],
  ['GPT-6-sol', 'gpt-6-sol', true],
  ['gpt-6', 'gpt-6-sol', false],
  ['gpt-*', 'gpt-6-sol', true],
  ['*-sol', 'gpt-6-sol', true],
  ['*6*', 'gpt-6-sol', true],
  ['gpt-*-sol', 'gpt-6-sol', true],
  // Text that two parts of the pattern would need is there once.
  ['gpt-6*6-sol', 'gpt-6-sol', false],
  ['*', 'gpt-6-sol', true],
  ['gpt.6.sol', 'gpt-6-sol', false],
])('%s of %s: %s', (pattern, name, isDenied) => {
  expect(outside(limit(null, [pattern]), model(name)).outside).toEqual(isDenied ? [name] : []);
  expect(outside(limit([pattern]), model(name)).outside).toEqual(isDenied ? [] : [name]);
});

test("a name is also the catalogue's name for it", () => {
  const used = model('gpt-6-sol-2026-05-01');
  expect(outside(limit(null, ['gpt-6-sol']), used, 'gpt-6-sol').outside).toEqual(['gpt-6-sol-2026-05-01']);
  expect(outside(limit(['gpt-6-sol']), used, 'gpt-6-sol').outside).toEqual([]);
  expect(outside(limit(null, ['gpt-6-sol']), used).outside).toEqual([]);
});

test('a call certainly breaks it only if it can use nothing else', () => {
  const denied = limit(null, ['a', 'b']);
  expect(outside(denied, model(null, ['a', 'b']))).toMatchObject({ isCertain: true, isUnknown: false });
  expect(outside(denied, model(null, ['a', 'b'], true))).toMatchObject({ isCertain: false });
  expect(outside(denied, model(null, ['a', 'c']))).toMatchObject({ outside: ['a'], isCertain: false });
  expect(outside(denied, model(null))).toEqual({ outside: [], isCertain: false, isUnknown: true });
});
