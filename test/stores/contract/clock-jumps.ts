/** Clocks that jump, for stores inside the process. */
import { describe, expect, test } from 'vitest';
import type { MemoryStores } from '../../../runtime/src/stores/memory/memory.ts';
import type { BudgetScope } from '../../../runtime/src/stores/store.ts';
import { fakeClock } from '../fake-clock.ts';

const DAY = 86_400_000;

/** `open` may be called again for the same data, as after a restart; a store that forgets then answers null. */
export function clockJumps(
  name: string,
  open: (clock: () => number) => Pick<MemoryStores, 'budgets' | 'cache' | 'rates'>,
  reopen: ((clock: () => number) => Pick<MemoryStores, 'budgets'>) | null = null,
): void {
  const total: BudgetScope = { key: 'total', window: 'day', cap: 100 };

  describe(`${name}: a clock that jumps`, () => {
    test('backwards does not open a window twice', async () => {
      const clock = fakeClock(Date.UTC(2026, 0, 1, 23, 59, 59));
      const { budgets } = open(clock.now);
      await budgets.reserve({ id: 'first', scopes: [total], amount: 100, lease: 1000 });
      await clock.pass(2000);
      expect(await budgets.reserve({ id: 'second', scopes: [total], amount: 90, lease: 1000 })).toEqual({
        isGranted: true,
      });
      // Enough decisions for the first window to be cleaned up.
      for (let count = 0; count < 60; count++) await budgets.states([total]);
      await clock.pass(-2 * 3_600_000);
      const [state] = await budgets.states([total]);
      expect(state?.resetsAt).toBe(Date.UTC(2026, 0, 3));
      expect(await budgets.reserve({ id: 'third', scopes: [total], amount: 11, lease: 1000 })).toMatchObject({
        isGranted: false,
      });
      expect(await budgets.reserve({ id: 'fourth', scopes: [total], amount: 10, lease: 1000 })).toEqual({
        isGranted: true,
      });
      if (reopen === null) return;
      expect(await reopen(clock.now).budgets.states([total])).toMatchObject([{ resetsAt: Date.UTC(2026, 0, 3) }]);
    });

    test('forwards ends leases and windows, and counts nothing twice', async () => {
      const clock = fakeClock();
      const { budgets } = open(clock.now);
      const month: BudgetScope = { ...total, window: 'month' };
      await budgets.reserve({ id: 'running', scopes: [total, month], amount: 60, lease: 60_000 });
      await clock.pass(2 * DAY);
      expect(await budgets.states([total, month])).toMatchObject([
        { spent: 0, reserved: 0 },
        { spent: 60, reserved: 0 },
      ]);
      await budgets.settle('running', 20);
      const [, after] = await budgets.states([total, month]);
      // Known for a day beyond its lease; later than that it stays at its full amount.
      expect([20, 60]).toContain(after?.spent);
    });

    test('never serves an expired answer, and never locks a bucket', async () => {
      const clock = fakeClock();
      const { cache, rates } = open(clock.now);
      await cache.set({ key: 'key', partition: '', bytes: new Uint8Array(3), meta: '', lifetime: 1000 });
      await clock.pass(2000);
      expect(await cache.get('key')).toBeNull();
      await clock.pass(-10_000);
      expect(await cache.get('key')).toBeNull();
      const bucket = { key: 'user', capacity: 10, perSecond: 10, amount: 10 };
      await clock.pass(365 * DAY);
      await rates.take([bucket]);
      await clock.pass(-365 * DAY);
      expect(await rates.take([bucket])).toMatchObject({ isTaken: false, retryAfter: 1000 });
      await clock.pass(1000);
      expect(await rates.take([bucket])).toEqual({ isTaken: true });
    });
  });
}
