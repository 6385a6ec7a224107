/** The SQLite stores: the contract, and what only they promise. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { encrypted } from '../../runtime/src/stores/encrypted.ts';
import { sqliteStores } from '../../runtime/src/stores/sqlite.ts';
import type { Closable } from '../../runtime/src/stores/store.ts';
import { clockJumps } from './clock-jumps.ts';
import { contract } from './contract.ts';
import type { Driver } from './driver.ts';
import { fakeClock } from './fake-clock.ts';

const folder = mkdtempSync(join(tmpdir(), 'farthing-sqlite-'));
const opened: Closable[] = [];
let files = 0;
const path = () => join(folder, `${files++}.db`);
afterAll(async () => {
  for (const stores of opened) await stores.close();
  rmSync(folder, { recursive: true });
});

function open(clock: () => number, file = path()) {
  const stores = sqliteStores({ path: file, clock });
  opened.push(stores);
  return stores;
}

const { now, pass } = fakeClock();
const driver: Driver = {
  name: 'sqlite',
  open: async () => open(now),
  now,
  pass,
  isClockSet: true,
  runs: 40,
  address: () => ({ store: 'sqlite', options: { path: path() } }),
};

contract(driver, ['budgets', 'cache', 'rates', 'ledger']);
contract(
  {
    ...driver,
    name: 'sqlite, encrypted',
    open: async () => ({ cache: encrypted(open(now).cache, new Uint8Array(32).fill(1)) }),
  },
  ['cache'],
);

const jumping = path();
clockJumps(
  'sqlite',
  (clock) => open(clock, jumping),
  (clock) => open(clock, jumping),
);
