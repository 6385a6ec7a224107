import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBackground } from './background.ts';
import { createBacklog } from './backlog.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('tries again after ever longer pauses, in order, and forgets what was taken', async () => {
  const tries: (readonly number[])[] = [];
  let isDown = true;
  const backlog = createBacklog<number>({
    write: async (items) => {
      tries.push(items);
      if (isDown) throw new Error('down');
    },
    max: 10,
    onLost: () => {},
    background: createBackground(),
  });
  backlog.add([1]);
  await vi.advanceTimersByTimeAsync(500);
  backlog.add([2]);
  await vi.advanceTimersByTimeAsync(999);
  expect(tries).toEqual([[1]]);
  await vi.advanceTimersByTimeAsync(1);
  isDown = false;
  await vi.advanceTimersByTimeAsync(2000);
  expect(tries).toEqual([[1], [1, 2], [1, 2]]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(tries).toHaveLength(3);
});

test('is bounded: the oldest are given up, and told of', async () => {
  const lost: number[] = [];
  const taken: number[] = [];
  const background = createBackground();
  const backlog = createBacklog<number>({
    write: async (items) => void taken.push(...items),
    max: 3,
    onLost: (count) => lost.push(count),
    background,
  });
  backlog.add([1, 2]);
  backlog.add([3, 4, 5]);
  await background.flush();
  expect({ lost, taken }).toEqual({ lost: [2], taken: [3, 4, 5] });
});
