/** The SQLite stores: the contract, and what only they promise. */
import { execFile } from 'node:child_process';
import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { encrypted } from '../../runtime/src/stores/encrypted.ts';
import { root } from '../../scripts/lib/root.ts';
import { collect } from '../support/collect.ts';
import { clockJumps } from './contract/clock-jumps.ts';
import { contract } from './contract/contract.ts';
import type { Driver } from './contract/driver.ts';
import { row } from './contract/ledger.ts';
import { boundedToTwo } from './contract/vectors.ts';
import { failure } from './failure.ts';
import { fakeClock } from './fake-clock.ts';
import { PATIENT } from './in-time.ts';
import { temporaryFiles } from './temporary.ts';

const { folder, path, open } = temporaryFiles();
const { now, pass } = fakeClock();
const driver: Driver = {
  name: 'sqlite',
  open: async () => open({ clock: now }),
  now,
  pass,
  isClockSet: true,
  runs: 40,
  address: () => ({ store: 'sqlite', options: { path: path(), busyTimeout: PATIENT } }),
};

contract(driver, ['budgets', 'cache', 'rates', 'ledger', 'vectors', 'records']);
contract(
  {
    ...driver,
    name: 'sqlite, encrypted',
    open: async () => ({ cache: encrypted(open({ clock: now }).cache, new Uint8Array(32).fill(1)) }),
  },
  ['cache'],
);

const jumping = path();
clockJumps(
  'sqlite',
  (clock) => open({ clock, path: jumping }),
  (clock) => open({ clock, path: jumping }),
);

const total = { key: 'total', window: 'month', cap: 100 } as const;

function count(file: string, table: string): number {
  const database = new DatabaseSync(file);
  const rows = database.prepare(`SELECT count(*) AS rows FROM ${table}`).get()?.rows;
  database.close();
  return Number(rows);
}

test.skipIf(process.platform === 'win32')(
  'only the owner can read the file and what SQLite puts beside it',
  async () => {
    const file = path();
    const before = process.umask(0);
    await open({ path: file }).budgets.reserve({ id: 'a', scopes: [total], amount: 1, lease: 1000 });
    process.umask(before);
    const modes = ['', '-wal', '-shm'].map((suffix) => statSync(file + suffix).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600, 0o600]);
  },
);

describe.skipIf(process.platform === 'win32')('a file that others could read', () => {
  const modesOf = (file: string) => ['', '-wal', '-shm'].map((suffix) => statSync(file + suffix).mode & 0o777);

  test("becomes its owner's, with what is beside it, and keeps what is in it", async () => {
    const file = path();
    const first = open({ path: file });
    await first.ledger.append([row('a')]);
    for (const suffix of ['', '-wal', '-shm']) chmodSync(file + suffix, 0o666);
    await open({ path: file }).ledger.append([row('b')]);
    expect(modesOf(file)).toEqual([0o600, 0o600, 0o600]);
    expect(await collect(first.ledger.rows())).toHaveLength(2);
  });

  test('is made private where it is empty, whatever the umask', async () => {
    const file = path();
    const before = process.umask(0);
    writeFileSync(file, '', { mode: 0o666 });
    chmodSync(file, 0o666);
    await open({ path: file }).ledger.append([row('a')]);
    process.umask(before);
    expect(modesOf(file)).toEqual([0o600, 0o600, 0o600]);
  });

  test('is left as it is where it is another program’s', () => {
    const file = path();
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE notes (text TEXT)');
    other.close();
    chmodSync(file, 0o644);
    expect(() => open({ path: file }).ledger.append([row('a')])).toThrow(/another program/);
    expect(statSync(file).mode & 0o777).toBe(0o644);
  });

  // Only the administrator can run a test as two users.
  test.skipIf(process.getuid?.() !== 0)(
    'is refused where it is another user’s: who put it there reads it',
    async () => {
      const file = path();
      await open({ path: file }).ledger.append([row('a')]);
      chmodSync(folder, 0o755);
      for (const suffix of ['', '-wal', '-shm']) chmodSync(file + suffix, 0o666);
      const rights = join(root, 'runtime', 'src', 'stores', 'sqlite', 'file-rights.ts');
      const program = `
      const { makePrivate } = await import(${JSON.stringify(rights)});
      process.setuid(65534);
      try { makePrivate(${JSON.stringify(file)}); } catch (error) { console.log(error.failure, error.message); }`;
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
      expect(stdout).toMatch(/^refused sqlite: .* belongs to another user/);
    },
  );
});

test('budgets, entries and rows outlive the process', async () => {
  const file = path();
  const first = open({ path: file });
  await first.budgets.reserve({ id: 'a', scopes: [total], amount: 60, lease: 60_000 });
  await first.cache.set({ key: 'k', partition: '', bytes: new Uint8Array(4), meta: 'm', lifetime: 60_000 });
  await first.ledger.append([row('a')]);
  await first.close();
  await first.close();
  const second = open({ path: file });
  expect(await second.budgets.states([total])).toMatchObject([{ reserved: 60 }]);
  expect(await second.cache.get('k')).toMatchObject({ meta: 'm' });
  expect(await second.ledger.prune(Number.MAX_SAFE_INTEGER)).toBe(1);
});

test('ended windows and finished reservations are removed in time', async () => {
  const file = path();
  const clock = fakeClock();
  const { budgets } = open({ path: file, clock: clock.now });
  for (let call = 0; call < 3000; call++) {
    const scopes = [{ key: `user:${call % 7}`, window: 1000, cap: 100 }];
    const id = `id-${call}`;
    const { isGranted } = await budgets.reserve({ id, scopes, amount: 60, lease: 5000 });
    if (isGranted && call % 3 === 0) await budgets.settle(id, 10);
    await clock.pass(250);
  }
  // The last minute contains 240 calls; unsettled reservations stay for a day beyond their lease.
  expect(count(file, 'budget_window')).toBeLessThan(1000);
  await clock.pass(2 * 86_400_000);
  for (let call = 0; call < 60; call++)
    await budgets.reserve({ id: `late-${call}`, scopes: [total], amount: 1, lease: 1 });
  expect(count(file, 'budget_window')).toBeLessThan(10);
  expect(count(file, 'budget_reservation')).toBeLessThan(70);
});

test('the cache is bounded in bytes: expired entries go first, then the least recently used', async () => {
  const clock = fakeClock();
  const { cache } = open({ clock: clock.now, cache: { maximumBytes: 10_500 } });
  const set = async (key: string, size: number, lifetime = 60_000) => {
    await clock.pass(10);
    await cache.set({ key, partition: '', bytes: new Uint8Array(size), meta: '', lifetime });
  };
  const present = async (...keys: string[]) => {
    const found = await Promise.all(keys.map(async (key) => ((await cache.get(key)) === null ? '' : key)));
    return found.join('');
  };
  await set('a', 3000);
  await set('b', 3000);
  await set('c', 3000, 15);
  await clock.pass(30);
  await set('d', 3000);
  expect(await present('a', 'b', 'c', 'd')).toBe('abd');
  await clock.pass(10);
  await cache.get('a');
  await set('e', 3000);
  expect(await present('a', 'b', 'd', 'e')).toBe('ade');
  await set('a', 20_000);
  expect(await present('a', 'd', 'e')).toBe('de');
});

test('a read writes nothing', async () => {
  const file = path();
  const { cache } = open({ path: file });
  await cache.set({ key: 'k', partition: '', bytes: new Uint8Array(100), meta: '', lifetime: 60_000 });
  const size = statSync(`${file}-wal`).size;
  for (let read = 0; read < 500; read++) await cache.get('k');
  expect(statSync(`${file}-wal`).size).toBe(size);
});

test('the ledger is bounded where that was asked for', async () => {
  const { ledger } = open({ ledger: { maximumRows: 100 } });
  for (let index = 0; index < 1000; index++) await ledger.append([row(String(index))]);
  const ids: string[] = [];
  for await (const { id } of ledger.rows()) ids.push(id);
  expect(ids.length).toBeGreaterThanOrEqual(90);
  expect(ids.length).toBeLessThanOrEqual(100);
  expect(ids.at(-1)).toBe('999');
});

test('vectors are bounded in number: the least recently found go first', async () => {
  const clock = fakeClock();
  const { vectors } = open({ clock: clock.now, vectors: { maximumEntries: 2 } });
  await boundedToTwo(vectors, () => clock.pass(1));
});

test('a damaged vector is not found, and the others are', async () => {
  const file = path();
  const { vectors } = open({ path: file });
  const write = { space: 's', partition: '', vector: Float32Array.of(1, 2), lifetime: 60_000 };
  for (const id of ['a', 'b', 'c', 'd']) await vectors.set({ ...write, id, meta: id });
  const database = new DatabaseSync(file);
  database.exec("UPDATE vector_entry SET meta = 'b' WHERE id = 'a'");
  database.exec("UPDATE vector_entry SET vector = x'01' WHERE id = 'b'");
  database.exec("UPDATE vector_entry SET stored_at = 9e15, expires_at = 9e15 WHERE id = 'c'");
  database.close();
  expect((await vectors.nearest('s', Float32Array.of(1, 2), 4)).map(({ id }) => id)).toEqual(['d']);
  expect((await open({ path: file }).vectors.nearest('s', Float32Array.of(1, 2), 4)).map(({ id }) => id)).toEqual([
    'd',
  ]);
});

test('what was closed stays closed', async () => {
  const stores = open();
  expect(await stores.cache.get('key')).toBeNull();
  await stores.close();
  expect((await failure(() => stores.cache.get('key'))).failure).toBe('closed');
});
