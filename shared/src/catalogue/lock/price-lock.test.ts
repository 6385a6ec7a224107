import { expect, test } from 'vitest';
import { createCatalogue } from '../create-catalogue.ts';
import { lockedModel, lockText, type PriceLock, sortedModels } from './price-lock.ts';
import { readPriceLock } from './read-price-lock.ts';

const now = new Date('2026-12-01T12:00:00Z');
const source = 'a table';
const all = createCatalogue({ now })
  .models()
  .filter(({ priceProvenance }) => priceProvenance !== null);

test('every price of the catalogue is written and read as it is', () => {
  const lock: PriceLock = { date: '2026-12-01', source, models: sortedModels(all.map(lockedModel)) };
  expect(lock.models.length).toBeGreaterThan(500);
  expect(readPriceLock(lockText(lock))).toEqual({ lock, problem: null });
});

test('it comes before the tables, and after what the user pays', () => {
  const model = createCatalogue({ now }).find('openai', 'gpt-6-sol');
  if (model === null) throw new Error('no such model');
  const pinned = { ...lockedModel(model), price: { ...model.price, input: 9000 } };
  const lock: PriceLock = { date: '2026-11-01', source, models: [pinned] };
  const catalogue = createCatalogue({ now, lock });
  expect(catalogue.find('openai', 'gpt-6-sol')?.price.input).toBe(9000);
  expect(catalogue.models('openai').find(({ id }) => id === 'gpt-6-sol')?.price.input).toBe(9000);
  expect(catalogue.find('openai', 'gpt-6-luna')?.price).toEqual(
    createCatalogue({ now }).find('openai', 'gpt-6-luna')?.price,
  );
  expect(catalogue.provenance).toMatchObject({
    asOf: '2026-11-01',
    source: /^farthing\.lock\.json of 2026-11-01, over /,
  });
  const paid = createCatalogue({ now, lock, discounts: [{ model: 'gpt-6-sol', discount: 0.5 }] });
  expect(paid.find('openai', 'gpt-6-sol')?.price.input).toBe(4500);
  const own = createCatalogue({ now, lock, overrides: [{ model: 'gpt-6-sol', input: 1 }] });
  expect(own.find('openai', 'gpt-6-sol')?.price.input).toBe(1000);
});

test('a dated name is priced by its own entry, never by that of a shorter one', () => {
  const catalogue = createCatalogue({ now });
  const [long, short] = ['gpt-4o-2024-05-13', 'gpt-4o'].map((id) => catalogue.find('openai', id));
  if (long == null || short == null) throw new Error('no such model');
  expect(long.price.input).not.toBe(short.price.input);
  const lock: PriceLock = { date: '2026-11-01', source, models: [lockedModel(short)] };
  expect(createCatalogue({ now, lock }).find('openai', long.id)?.price).toEqual(long.price);
});

test('a model that no table has any longer keeps its price', () => {
  const [some] = all;
  if (some === undefined) throw new Error('no models');
  const gone = { ...lockedModel(some), provider: 'openai' as const, id: 'gone-1' };
  const lock: PriceLock = { date: '2026-11-01', source, models: [gone] };
  expect(createCatalogue({ now, lock }).find('openai', 'gone-1')?.price).toEqual(some.price);
  expect(createCatalogue({ now }).find('openai', 'gone-1')).toBeNull();
});

const VALID = { version: 1, date: '2026-12-01', source, models: [{ provider: 'openai', model: 'x', input: 1 }] };

test.each<[string, unknown, string]>([
  ['another version', { ...VALID, version: 2 }, 'version: another version of Farthing wrote it'],
  ['no version', { ...VALID, version: undefined }, 'version: another version'],
  ['an unknown key', { ...VALID, extra: 1 }, 'unknown key "extra"'],
  ['an unknown provider', { ...VALID, models: [{ provider: 'nobody', model: 'x' }] }, 'models[0].provider: "nobody"'],
  ['a negative price', { ...VALID, models: [{ provider: 'openai', model: 'x', input: -1 }] }, 'models[0].input: -1'],
  [
    'a model twice',
    { ...VALID, models: [...VALID.models, ...VALID.models] },
    'models[1]: this model is in the file twice',
  ],
  ['a list', [], 'is not an object'],
])('%s is refused with its place', (_, value, problem) => {
  expect(readPriceLock(JSON.stringify(value))).toMatchObject({ lock: null, problem: expect.stringContaining(problem) });
});

test('half a file is refused', () => {
  expect(readPriceLock('{ "version": 1,').problem).toContain('it is not JSON');
});
