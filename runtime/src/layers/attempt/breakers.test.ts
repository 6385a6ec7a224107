import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Reply } from '../../core/pipeline.ts';
import { createBreakers } from './breakers.ts';

const replyOf = (status: number): Reply => ({
  status,
  statusText: '',
  headers: new Headers(),
  body: null,
  origin: 'provider',
  settled: new Promise(() => {}),
});
const good = async (): Promise<Reply> => replyOf(200);
const bad = async (): Promise<Reply> => replyOf(503);
const thrown = (): Promise<Reply> => Promise.reject(new Error('reset'));

let sent: number;
let run: (action: () => Promise<Reply>, target?: string, signal?: AbortSignal) => Promise<number | 'open' | 'error'>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
  const breakers = createBreakers({ failures: 2, pause: 1000 });
  sent = 0;
  run = (action, target = 'a', signal) => {
    const counted = (): Promise<Reply> => {
      sent++;
      return action();
    };
    return breakers.run(target, counted, signal).then(
      ({ status }) => status,
      (error) => (breakers.isOpenError(error) ? 'open' : 'error'),
    );
  };
});

afterEach(() => {
  vi.useRealTimers();
});

test('opens after failures in a row, of either kind, and for that target alone', async () => {
  expect([await run(bad), await run(good), await run(thrown), await run(bad)]).toEqual([503, 200, 'error', 503]);
  expect(await run(good)).toBe('open');
  expect(await run(good, 'b')).toBe(200);
  expect(sent).toBe(5);
});

const refused = async (): Promise<Reply> => ({ ...replyOf(429), origin: 'refusal' });
const given = AbortSignal.abort();

test('a refusal of our own and an abort by the caller say nothing of the target', async () => {
  for (let i = 0; i < 5; i++) expect(await run(refused)).toBe(429);
  for (let i = 0; i < 5; i++) expect(await run(thrown, 'a', given)).toBe('error');
  expect(await run(bad)).toBe(503);
  expect([await run(refused), await run(thrown, 'a', given)]).toEqual([429, 'error']);
  // Nor do they end a row of failures.
  expect(await run(bad)).toBe(503);
  expect(await run(good)).toBe('open');
});

test('an answer that came in spite of an abort counts', async () => {
  await run(bad, 'a', given);
  await run(bad, 'a', given);
  expect(await run(good)).toBe('open');
});

test.each([
  ['refused', refused, undefined],
  ['given up', thrown, given],
] as const)(
  'a trial that is %s leaves the circuit open, and the next request is another',
  async (_, action, signal) => {
    await run(bad);
    await run(bad);
    vi.advanceTimersByTime(1000);
    await run(action, 'a', signal);
    const held = Promise.withResolvers<Reply>();
    const trial = run(() => held.promise);
    const other = run(good);
    await Promise.resolve();
    held.resolve(replyOf(503));
    expect(await Promise.all([trial, other])).toEqual([503, 'open']);
  },
);

test('after the pause one request tries the target; the others wait for what it finds', async () => {
  await run(bad);
  await run(bad);
  vi.advanceTimersByTime(999);
  expect(await run(good)).toBe('open');
  vi.advanceTimersByTime(1);
  const held = Promise.withResolvers<Reply>();
  const trial = run(() => held.promise);
  const others = [run(good), run(good)];
  await Promise.resolve();
  expect(sent).toBe(3);
  held.resolve(replyOf(200));
  expect(await Promise.all([trial, ...others])).toEqual([200, 200, 200]);
});

test('a trial that fails opens the circuit for another pause', async () => {
  await run(bad);
  await run(bad);
  vi.advanceTimersByTime(1000);
  expect(await Promise.all([run(thrown), run(good), run(good)])).toEqual(['error', 'open', 'open']);
  vi.advanceTimersByTime(1000);
  expect(await Promise.all([run(good), run(bad)])).toEqual([200, 503]);
  expect(await run(good)).toBe(200);
});

test('an answer that was asked for before the circuit opened does not close it', async () => {
  const held = Promise.withResolvers<Reply>();
  const early = run(() => held.promise);
  await run(bad);
  await run(bad);
  held.resolve(replyOf(200));
  expect(await early).toBe(200);
  expect(await run(good)).toBe('open');
});

test('setting back the time of day does not keep a target closed off', async () => {
  await run(bad);
  await run(bad);
  vi.setSystemTime(Date.now() - 24 * 60 * 60 * 1000);
  vi.advanceTimersByTime(1000);
  expect(await run(good)).toBe(200);
});
