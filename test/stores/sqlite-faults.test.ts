/** SQLite files that are locked, full, damaged or not ours: an error that says what to do, and never a crash. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { isStoreError } from '../../runtime/src/stores/store-error.ts';
import { failure } from './failure.ts';
import { PATIENT } from './in-time.ts';
import { temporaryFiles } from './temporary.ts';

const { folder, path, open } = temporaryFiles();
const total = { key: 'total', window: 'month', cap: 100 } as const;
const reservation = { id: 'a', scopes: [total], amount: 1, lease: 60_000 };

function lock(file: string): DatabaseSync {
  const other = new DatabaseSync(file);
  other.exec('BEGIN IMMEDIATE');
  return other;
}

test('a lock that is released in time is waited for, while other work goes on', async () => {
  const file = path();
  const { budgets } = open({ path: file, busyTimeout: PATIENT });
  await budgets.states([total]);
  const other = lock(file);
  // The lock is released by the other work: if that did not go on, it never would be.
  let ticks = 0;
  const ticking = setInterval(() => {
    if (++ticks === 10) other.exec('COMMIT');
  }, 10);
  expect(await budgets.reserve(reservation)).toEqual({ isGranted: true });
  clearInterval(ticking);
  other.close();
  expect(ticks).toBeGreaterThanOrEqual(10);
});

test('a lock that is held for too long is an error; reads go on, and all works again afterwards', async () => {
  const file = path();
  const { budgets, cache } = open({ path: file, busyTimeout: 100 });
  await cache.set({ key: 'k', partition: '', bytes: new Uint8Array(1), meta: 'm', lifetime: 60_000 });
  const other = lock(file);
  expect(await failure(() => budgets.reserve(reservation))).toMatchObject({ store: 'sqlite', failure: 'busy' });
  expect(await cache.get('k')).toMatchObject({ meta: 'm' });
  other.exec('COMMIT');
  other.close();
  expect(await budgets.reserve(reservation)).toEqual({ isGranted: true });
});

test('a file that is locked while it is made is waited for', async () => {
  const file = path();
  const other = lock(file);
  setTimeout(() => other.exec('ROLLBACK'), 100);
  expect(await open({ path: file, busyTimeout: PATIENT }).budgets.reserve(reservation)).toEqual({ isGranted: true });
  other.close();
});

test.skipIf(process.platform === 'win32')('a full disk is an error; what was written is still read', () => {
  const child = spawnSync(
    'sh',
    [
      '-c',
      'ulimit -f 1000; exec "$0" --conditions=farthing-source --no-warnings "$1" "$2"',
      process.execPath,
      join(import.meta.dirname, 'fill-disk.ts'),
      path(),
    ],
    { encoding: 'utf8' },
  );
  expect(child.stderr).toBe('');
  const result = JSON.parse(child.stdout);
  expect(result).toMatchObject({ failure: 'full', isRead: true, reserved: 7 });
  expect(result.written).toBeGreaterThan(5);
});

test('a file of other content is an error that says so, and is left as it was', async () => {
  const file = path();
  const content = 'these are notes, not a database\n'.repeat(100);
  writeFileSync(file, content);
  const { budgets, cache, ledger, rates } = open({ path: file });
  expect(await failure(() => budgets.reserve(reservation))).toMatchObject({ failure: 'corrupt' });
  expect(await failure(() => cache.get('k'))).toMatchObject({ failure: 'corrupt' });
  expect(await failure(() => ledger.append([]))).toMatchObject({ failure: 'corrupt' });
  expect(await failure(() => rates.take([]))).toMatchObject({ failure: 'corrupt' });
  expect(readFileSync(file, 'utf8')).toBe(content);
});

test('damaged pages are an error or a miss, never a crash or another answer', async () => {
  const file = path();
  const first = open({ path: file });
  const keys = Array.from({ length: 40 }, (_, index) => `key-${index}`);
  const answer = (key: string) => Buffer.from(key.repeat(300));
  for (const key of keys) {
    await first.cache.set({ key, partition: '', bytes: answer(key), meta: key, lifetime: 60_000 });
  }
  await first.close();
  const whole = readFileSync(file);
  for (let page = 1; page * 4096 < whole.length; page++) {
    const damaged = path();
    writeFileSync(damaged, Buffer.from(whole).fill(0x5a, page * 4096 + 100, page * 4096 + 1500));
    const { cache, budgets } = open({ path: damaged });
    for (const key of keys) {
      const entry = await Promise.resolve()
        .then(() => cache.get(key))
        .catch((error) => (isStoreError(error) ? null : Promise.reject(error)));
      if (entry !== null) expect(Buffer.compare(entry.bytes, answer(key))).toBe(0);
    }
    await Promise.resolve()
      .then(() => budgets.reserve(reservation))
      .catch((error) => expect(isStoreError(error)).toBe(true));
  }
});

test('a row whose bytes were changed is a miss', async () => {
  const file = path();
  const { cache } = open({ path: file });
  await cache.set({ key: 'k', partition: '', bytes: Buffer.from('true'), meta: '{}', lifetime: 60_000 });
  const other = new DatabaseSync(file);
  for (const change of ["bytes = x'66616c7365'", "bytes = 'true'", 'meta = \'{"status":500}\'', 'meta = 5']) {
    other.exec('SAVEPOINT change');
    other.exec(`UPDATE cache_entry SET ${change}`);
    other.exec('RELEASE change');
    expect(await cache.get('k')).toBeNull();
    await cache.set({ key: 'k', partition: '', bytes: Buffer.from('true'), meta: '{}', lifetime: 60_000 });
  }
  other.exec("UPDATE cache_entry SET key = 'other'");
  expect(await cache.get('other')).toBeNull();
  other.close();
});

test('the database of another program is refused, and so is a file of a later release', async () => {
  const foreign = path();
  const database = new DatabaseSync(foreign);
  database.exec('CREATE TABLE accounts (id INTEGER)');
  database.close();
  const before = readFileSync(foreign);
  const refused = await failure(() => open({ path: foreign }).budgets.states([total]));
  expect(refused).toMatchObject({
    failure: 'refused',
    message: expect.stringContaining('database of another program'),
  });

  expect(Buffer.compare(readFileSync(foreign), before)).toBe(0);

  const later = path();
  const ours = open({ path: later });
  await ours.budgets.states([total]);
  await ours.close();
  const changed = new DatabaseSync(later);
  changed.exec('PRAGMA user_version = 99');
  changed.close();
  const newer = await failure(() => open({ path: later }).budgets.states([total]));
  expect(newer).toMatchObject({ failure: 'refused', message: expect.stringContaining('schema 99') });
});

test('a path that cannot be written says so', async () => {
  expect(await failure(() => open({ path: folder }).budgets.states([total]))).toMatchObject({ failure: 'refused' });
  const file = path();
  writeFileSync(file, '');
  const blocked = join(file, 'inside-a-file.db');
  expect(await failure(() => open({ path: blocked }).budgets.states([total]))).toMatchObject({ failure: 'refused' });
});
