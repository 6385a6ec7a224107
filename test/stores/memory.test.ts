/** The memory stores: the contract, and what only they promise. */
import { expect, test } from 'vitest';
import { encrypted } from '../../runtime/src/stores/encrypted.ts';
import { memoryCache } from '../../runtime/src/stores/memory/cache.ts';
import { memoryLedger } from '../../runtime/src/stores/memory/ledger.ts';
import { memoryStores } from '../../runtime/src/stores/memory/memory.ts';
import { memoryVectors } from '../../runtime/src/stores/memory/vectors.ts';
import { clockJumps } from './contract/clock-jumps.ts';
import { contract } from './contract/contract.ts';
import type { Driver } from './contract/driver.ts';
import { row } from './contract/ledger.ts';
import { boundedToTwo } from './contract/vectors.ts';
import { fakeClock } from './fake-clock.ts';

const { now, pass } = fakeClock();

const driver: Driver = {
  name: 'memory',
  open: async () => ({ ...memoryStores({ clock: now }), vectors: memoryVectors({ clock: now }) }),
  now,
  pass,
  isClockSet: true,
  runs: 300,
  address: null,
};

contract(driver, ['budgets', 'cache', 'rates', 'ledger', 'vectors', 'records']);

const key = new Uint8Array(32).fill(7);
contract(
  { ...driver, name: 'memory, encrypted', open: async () => ({ cache: encrypted(memoryCache({ clock: now }), key) }) },
  ['cache'],
);

clockJumps('memory', (clock) => memoryStores({ clock }));

test('the cache is bounded in bytes: the least recently used go first', () => {
  const cache = memoryCache({ maximumBytes: 10_000 });
  const set = (name: string, size: number) =>
    cache.set({ key: name, partition: '', bytes: new Uint8Array(size), meta: '', lifetime: 60_000 });
  for (const name of ['a', 'b', 'c']) set(name, 3000);
  cache.get('a');
  set('d', 3000);
  expect(['a', 'b', 'c', 'd'].map((name) => cache.get(name) !== null)).toEqual([true, false, true, true]);
  set('a', 20_000);
  expect(cache.get('a')).toBeNull();
});

test('vectors are bounded in number: the least recently found go first', async () => {
  const vectors = memoryVectors({ maximumEntries: 2 });
  await boundedToTwo(vectors);
});

test('the ledger keeps the last rows', async () => {
  const ledger = memoryLedger({ maximumRows: 3 });
  await ledger.append(['a', 'b', 'c', 'd'].map((id) => row(id)));
  const ids: string[] = [];
  for await (const { id } of ledger.rows()) ids.push(id);
  expect(ids).toEqual(['b', 'c', 'd']);
});
