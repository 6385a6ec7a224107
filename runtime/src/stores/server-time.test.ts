import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createServerTime } from './server-time.ts';
import { isStoreError } from './store-error.ts';

const HOUR = 3_600_000;

// No time passes between a question and the look at the clock.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A server that is so far ahead of this process, and knows windows within an hour of its time. */
function serverAhead(by: () => number) {
  const asked: number[] = [];
  return {
    asked,
    answer: async (time: number) => {
      const now = Date.now() + by();
      asked.push(Math.round((time - Date.now()) / HOUR));
      return Math.abs(time - now) > HOUR
        ? ({ isOutside: true, now } as const)
        : ({ isOutside: false, answer: 'granted' } as const);
    },
  };
}

test('a server whose clock is elsewhere is asked again around its own time, and from then on at once', async () => {
  let ahead = 100 * HOUR;
  const server = serverAhead(() => ahead);
  const atServerTime = createServerTime('test');
  expect(await atServerTime(server.answer)).toBe('granted');
  expect(await atServerTime(server.answer)).toBe('granted');
  expect(server.asked).toEqual([0, 100, 100]);
  // The clock is corrected.
  ahead = 0;
  expect(await atServerTime(server.answer)).toBe('granted');
  expect(server.asked).toEqual([0, 100, 100, 100, 0]);
});

test('a clock that jumps between two requests is a failure of the store', async () => {
  let ahead = 0;
  const server = serverAhead(() => {
    ahead += 100 * HOUR;
    return ahead;
  });
  await expect(createServerTime('test')(server.answer)).rejects.toSatisfy(isStoreError);
});
