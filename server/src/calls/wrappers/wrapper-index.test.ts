import { expect, test } from 'vitest';
import { WrapperIndex, type WrapperName } from './wrapper-index.ts';

const method = (name: string, className: string): WrapperName => ({ name, method: { className, ancestors: [] } });
const ask: WrapperName = { name: 'ask', method: null };

test('the meaning of a name changes with each function that comes or goes under it, and with no other', () => {
  const index = new WrapperIndex();
  index.set('a.py', [ask, method('send', 'A')]);
  const first = index.versionOf('send');
  expect(index.versionOf('ask')).toBe(first);
  index.set('b.py', [method('send', 'B')]);
  const second = index.versionOf('send');
  expect(second).toBeGreaterThan(first);
  expect(index.versionOf('ask')).toBe(first);
  index.set('b.py', []);
  expect(index.versionOf('send')).toBeGreaterThan(second);
  expect(index.has('send')).toBe(true);
  expect(index.versionOf('other')).toBe(0);
});

test('what stays as it was changes nothing, in whatever order a file names it', () => {
  const index = new WrapperIndex();
  index.set('a.py', [ask, method('send', 'A')]);
  const [before, { version }] = [index.versionOf('send'), index];
  index.set('a.py', [ask, method('send', 'A')]);
  expect(index.version).toBe(version);
  index.set('a.py', [method('send', 'A'), ask]);
  expect(index.versionOf('send')).toBe(before);
});

test('an object that is run is not a function of the same name', () => {
  const index = new WrapperIndex();
  index.set('a.py', [ask]);
  const before = index.versionOf('ask');
  index.set('a.py', [{ ...ask, isObject: true }]);
  expect(index.versionOf('ask')).toBeGreaterThan(before);
  expect(index.hasObject('ask')).toBe(true);
});
