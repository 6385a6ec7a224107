/** The time of day jumps, back and forth, while calls run: none hangs, sums stay true, and nothing is renewed for nothing. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type MeterOptions, memoryStores, sqliteStores } from '../../runtime/src/index.ts';
import { priceTable } from '../provider/log.ts';
import { collect, type SetUp, setUp } from '../runtime/set-up.ts';
import { temporaryFiles } from '../stores/temporary.ts';

const { path } = temporaryFiles();
let on: SetUp;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 5, 15, 12) });
});
afterEach(async () => {
  vi.useRealTimers();
  await on.close();
});

const HOUR = 3_600_000;
const total = { per: 'total', window: 'month', dollars: 1 } as const;
const priceOf = priceTable({ small: { input: 1000, output: 2000 } });
const chat = (content: string) => ({
  model: 'small',
  messages: [{ role: 'user' as const, content }],
  max_completion_tokens: 30,
  temperature: 0,
});

function jump(milliseconds: number): void {
  vi.setSystemTime(Date.now() + milliseconds);
}

describe.each([
  ['memory', () => memoryStores()],
  ['SQLite', () => sqliteStores({ path: path() })],
])('%s', (_, stores) => {
  test.each([-2 * HOUR, 2 * HOUR])('by %d ms, while calls run', async (step) => {
    const options: MeterOptions = {
      stores: stores(),
      budgets: [total],
      limits: [{ per: 'total', requests: 100, seconds: 1 }],
      queue: { concurrency: 1 },
      lease: 10 * 60_000,
    };
    on = await setUp(options);
    on.provider.script([{ outputTokens: 30, hold: 'start' }]);
    on.provider.script({ outputTokens: 30, chunks: 30 });
    const openai = on.metered.openai.chat.completions;
    const running = [
      openai.create(chat('first')),
      openai.create({ ...chat('second'), stream: true }).then(collect),
      openai.create(chat('third')),
    ];
    await on.provider.until(([call]) => call?.isHeld === true);
    jump(step);
    on.provider.release();
    await Promise.all(running);
    await openai.create(chat('fourth'));
    await on.meter.flush();
    expect(on.calls).toHaveLength(4);
    for (const { latency, firstByte } of on.calls) {
      expect(latency).toBeGreaterThan(0);
      // No machine takes as long as the jump.
      expect(latency).toBeLessThan(HOUR);
      expect(firstByte).toBeLessThan(HOUR);
    }
    // A lease that the jump ended is corrected by its settlement.
    expect(await on.meter.remaining(total)).toMatchObject({ reserved: 0, spent: on.provider.spend(priceOf) });
    const [group] = await on.meter.report('provider');
    expect(group?.calls).toBe(4);
  });
});

test('of this process only: the store tells the age of an answer', async () => {
  let time = Date.now();
  on = await setUp({
    stores: memoryStores({ clock: () => time }),
    cache: { mode: 'on', lifetime: 60_000, staleFor: HOUR },
  });
  const ask = () => on.metered.openai.chat.completions.create(chat('kept')).withResponse();
  await ask();
  await on.meter.flush();
  for (const step of [30 * 60_000, -3 * HOUR]) {
    jump(step);
    time += 10_000;
    const { response } = await ask();
    expect(response.headers.get('x-farthing-origin')).toBe('exact-cache');
    await on.meter.flush();
  }
  expect((await ask()).response.headers.get('x-farthing-age')).toBe('20');
  expect(on.provider.calls).toHaveLength(1);
  jump(-3 * HOUR);
  time += 60_000;
  await ask();
  await on.meter.flush();
  expect(on.provider.calls).toHaveLength(2);
});

test('backwards: a target that was left alone is tried again when its pause is over', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.UTC(2026, 5, 15, 12) });
  on = await setUp({ breaker: { failures: 1, pause: 300 } });
  const ask = () => on.metered.openai.chat.completions.create(chat('again'));
  on.provider.script([{ error: { status: 500 } }]);
  await expect(ask()).rejects.toMatchObject({ status: 500 });
  jump(-2 * HOUR);
  await expect(ask()).rejects.toMatchObject({ status: 503 });
  vi.advanceTimersByTime(350);
  await ask();
  expect(on.provider.calls).toHaveLength(2);
});
