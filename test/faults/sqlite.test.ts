/** A SQLite file that is locked, full, damaged or lost under a meter: calls end in time, and go on where they may. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test } from 'vitest';
import { type MeterOptions, sqliteStores } from '../../runtime/src/index.ts';
import { priceTable } from '../provider/log.ts';
import { type SetUp, setUp } from '../runtime/set-up.ts';
import { temporaryFiles } from '../stores/temporary.ts';

const { path } = temporaryFiles();
let on: SetUp;
afterEach(() => on.close());

const total = { per: 'total', window: 'month', dollars: 1 } as const;
const priceOf = priceTable({ small: { input: 1000, output: 2000 } });
const BUSY = 200;

async function start(file: string, options: MeterOptions = {}): Promise<void> {
  on = await setUp({
    stores: sqliteStores({ path: file, busyTimeout: BUSY }),
    cache: { mode: 'on' },
    limits: [{ per: 'total', requests: 1000 }],
    ...options,
  });
}

let questions = 0;
async function ask(content = `Question ${questions++}`): Promise<unknown> {
  const body = { model: 'small', messages: [{ role: 'user' as const, content }], max_completion_tokens: 20 };
  return on.metered.openai.chat.completions.create({ ...body, temperature: 0 }).then(
    ({ choices }) => choices[0]?.message.content,
    (error: { status?: number }) => error.status ?? String(error),
  );
}

const effects = (): string[] => [
  ...new Set(on.events.map((event) => (event.type === 'store-failed' ? `${event.layer} ${event.effect}` : event.type))),
];

test('locked by another process: kept answers are given, hard budgets refuse in time, and later all is settled', async () => {
  const file = path();
  await start(file, { budgets: [total] });
  const answer = await ask('kept');
  await on.meter.flush();
  on.provider.script([{ text: 'Later.', hold: 'start' }]);
  on.provider.script({ text: 'Later.' });
  const running = ask();
  await on.provider.until(([, call]) => call?.isHeld === true);
  const other = new DatabaseSync(file);
  other.exec('BEGIN IMMEDIATE');
  on.provider.release();
  expect(await running).toBe('Later.');
  // Each ends, though the lock is held until they have.
  expect(await Promise.all(Array.from({ length: 20 }, () => ask()))).toEqual(Array(20).fill(402));
  expect(await ask('kept')).toBe(answer);
  expect(effects()).toEqual(expect.arrayContaining(['budget closed', 'rate-limit open', 'ledger open']));
  other.exec('ROLLBACK');
  other.close();
  expect(await ask()).toBe('Later.');
  await on.meter.flush();
  await on.meter.flush();
  expect(await on.meter.remaining(total)).toMatchObject({ reserved: 0, spent: on.provider.spend(priceOf) });
  const [group] = await on.meter.report('provider');
  expect(group?.calls).toBe(on.calls.length);
});

test('of other content: calls go on without it, a hard budget refuses, and the file stays as it was', async () => {
  const file = path();
  const content = 'these are notes, not a database\n'.repeat(200);
  writeFileSync(file, content);
  await start(file);
  on.provider.script({ text: 'Sent.' });
  expect(await ask()).toBe('Sent.');
  await on.meter.flush();
  expect(effects()).toEqual(['rate-limit open', 'exact-cache open', 'ledger open']);
  await on.close();
  await start(file, { budgets: [total] });
  expect(await ask()).toBe(402);
  expect(on.provider.calls).toHaveLength(0);
  expect(readFileSync(file, 'utf8')).toBe(content);
});

test('damaged while it is used: no other answer is given, and nothing crashes', async () => {
  const file = path();
  await start(file);
  const answers = new Map<string, unknown>();
  for (let index = 0; index < 30; index++) answers.set(`kept ${index}`, await ask(`kept ${index}`));
  await on.meter.flush();
  await on.close();
  const whole = readFileSync(file);
  for (let page = 2; page * 4096 < whole.length; page += 3) whole.fill(0x5a, page * 4096 + 50, page * 4096 + 2000);
  const damaged = path();
  writeFileSync(damaged, whole);
  await start(damaged);
  for (const [question, answer] of answers) expect(await ask(question)).toBe(answer);
  expect(on.provider.calls.length).toBeGreaterThan(0);
});

test('deleted while it is used: calls go on', async () => {
  const file = path();
  await start(file, { budgets: [total] });
  const first = await ask('first');
  await on.meter.flush();
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  expect(await ask('first')).toBe(first);
  expect(await ask()).toEqual(expect.any(String));
  await on.meter.flush();
  expect((await on.meter.remaining(total)).reserved).toBe(0);
});

test.skipIf(process.platform === 'win32')(
  'on a full disk: kept answers are given, hard budgets refuse, and no more is spent than is counted',
  async () => {
    on = await setUp();
    on.provider.script({ outputTokens: 8000 });
    const child = spawn(
      'sh',
      [
        '-c',
        'ulimit -f 1500; exec "$0" --conditions=farthing-source --no-warnings "$@"',
        process.execPath,
        join(import.meta.dirname, 'full-disk.ts'),
        path(),
        on.provider.url,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    await once(child, 'close');
    const result = JSON.parse(text);
    expect(result).toMatchObject({ refused: 3, others: [], kept: 200, again: 200 });
    expect(result.served).toBeGreaterThan(5);
    expect(result.effects).toEqual(expect.arrayContaining(['budget closed', 'ledger open']));
    expect(result.spent + result.reserved).toBeGreaterThanOrEqual(on.provider.spend(priceOf));
    expect(on.provider.calls).toHaveLength(result.served);
  },
);
