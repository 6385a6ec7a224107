/** Budgets, case by case. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { BudgetScope, BudgetStore, Period, Window } from '../../../runtime/src/stores/store.ts';
import { windowAt } from '../../../runtime/src/windows/period.ts';
import { inTime } from '../in-time.ts';
import { type Driver, need } from './driver.ts';

/** Longer than any test, so that no window ends in one that is not about windows. */
const DECADE = 315_360_000_000;
const LEASE = 60_000;

function scope(key: string, cap: number, window: Window = DECADE): BudgetScope {
  return { key, window, cap };
}

export function budgetContract(driver: Driver): void {
  describe('budgets', () => {
    let budgets: BudgetStore;
    let count = 0;
    beforeEach(async () => {
      await empty();
    });

    async function empty(): Promise<void> {
      budgets = need((await driver.open()).budgets);
    }

    const reserve = (scopes: readonly BudgetScope[], amount: number, id = `id-${count++}`, lease = LEASE) =>
      Promise.resolve(budgets.reserve({ id, scopes, amount, lease }));

    async function figures(...scopes: readonly BudgetScope[]): Promise<[number, number][]> {
      return (await budgets.states(scopes)).map(({ spent, reserved }) => [spent, reserved]);
    }

    test('grants up to the cap exactly, and says by which scope it refuses', async () => {
      const total = scope('total', 100);
      const user = scope('user:1', 70);
      expect(await reserve([total, user], 70)).toEqual({ isGranted: true });
      expect(await reserve([total], 30)).toEqual({ isGranted: true });
      const [state] = await budgets.states([total]);
      expect(state).toMatchObject({ scope: total, spent: 0, reserved: 100 });
      expect(await reserve([total, user], 1)).toEqual({ isGranted: false, refusedBy: state });
    });

    test('a refusal names the scope with the least left, and reserves nothing anywhere', async () => {
      const [wide, narrow, narrower] = [scope('a', 100), scope('b', 10), scope('c', 5)];
      expect(await reserve([wide, narrow, narrower], 11)).toMatchObject({ refusedBy: { scope: { key: 'c' } } });
      expect(await reserve([wide, narrower, narrow], 11)).toMatchObject({ refusedBy: { scope: { key: 'c' } } });
      expect(await figures(wide, narrow, narrower)).toEqual([
        [0, 0],
        [0, 0],
        [0, 0],
      ]);
    });

    test('a settlement replaces what was reserved, also by more; once', async () => {
      const total = scope('total', 100);
      await reserve([total], 60, 'first');
      await reserve([total], 40, 'second');
      await budgets.settle('first', 25);
      expect(await figures(total)).toEqual([[25, 40]]);
      await budgets.settle('first', 1);
      expect(await figures(total)).toEqual([[25, 40]]);
      await budgets.settle('second', 90);
      expect(await figures(total)).toEqual([[115, 0]]);
      expect(await reserve([total], 1)).toMatchObject({ refusedBy: { spent: 115, reserved: 0 } });
    });

    test('settling an unknown id changes nothing', async () => {
      const total = scope('total', 100);
      await budgets.settle('never reserved', 50);
      expect(await figures(total)).toEqual([[0, 0]]);
    });

    test('an id is granted once: a retry changes nothing, also behind its settlement', async () => {
      const total = scope('total', 100);
      expect(await reserve([total], 80, 'id')).toEqual({ isGranted: true });
      expect(await reserve([total], 80, 'id')).toEqual({ isGranted: true });
      expect(await figures(total)).toEqual([[0, 80]]);
      await budgets.settle('id', 10);
      expect(await reserve([total], 80, 'id')).toEqual({ isGranted: true });
      expect(await figures(total)).toEqual([[10, 0]]);
    });

    test('a refused id is decided anew: it may wait for room, or come back smaller', async () => {
      const total = scope('total', 100);
      await reserve([total], 80, 'other');
      expect(await reserve([total], 30, 'id')).toMatchObject({ isGranted: false });
      await budgets.settle('id', 30);
      expect(await figures(total)).toEqual([[0, 80]]);
      expect(await reserve([total], 20, 'id')).toEqual({ isGranted: true });
      await budgets.settle('id', 20);
      await budgets.settle('other', 10);
      expect(await figures(total)).toEqual([[30, 0]]);
    });

    test('a lease that runs out is spent in full, until a late settlement corrects it', async () => {
      const total = scope('total', 100);
      const lease = await inTime(driver, 200, async (lease, from) => {
        await empty();
        from();
        await reserve([total], 60, 'lost', lease);
        await reserve([total], 10, 'running');
        expect(await figures(total)).toEqual([[0, 70]]);
      });
      await driver.pass(lease + 5);
      expect(await figures(total)).toEqual([[60, 10]]);
      expect(await reserve([total], 31)).toMatchObject({ refusedBy: { spent: 60, reserved: 10 } });
      expect(await reserve([total], 60, 'lost')).toEqual({ isGranted: true });
      await budgets.settle('lost', 5);
      await budgets.settle('lost', 1);
      expect(await figures(total)).toEqual([[5, 10]]);
      expect(await reserve([total], 85)).toEqual({ isGranted: true });
    });

    test('a refusal tells expired leases from running ones', async () => {
      const total = scope('total', 100);
      await reserve([total], 60, 'lost', 150);
      await reserve([total], 40);
      await driver.pass(200);
      expect(await reserve([total], 1)).toMatchObject({ refusedBy: { spent: 60, reserved: 40 } });
    });

    test('a new window begins at 0; a settlement counts in the window of its reservation', async () => {
      await inTime(driver, 200, async (half, from) => {
        await empty();
        const length = 2 * half;
        const total = scope('total', 100, length);
        const isInNext = async (resetsAt: number): Promise<void> => driver.pass(resetsAt - driver.now() + 5);
        await isInNext(Math.ceil(driver.now() / length) * length);
        from();
        await reserve([total], 100, 'earlier');
        const [before] = await budgets.states([total]);
        expect(before).toMatchObject({ spent: 0, reserved: 100 });
        expect(before?.resetsAt).toBe(Math.floor(driver.now() / length) * length + length);
        expect(await reserve([total], 1)).toMatchObject({ isGranted: false });
        await isInNext(before?.resetsAt ?? 0);
        from();
        expect(await figures(total)).toEqual([[0, 0]]);
        expect(await reserve([total], 100)).toEqual({ isGranted: true });
        await budgets.settle('earlier', 500);
        expect(await figures(total)).toEqual([[0, 100]]);
      });
    });

    test('days and months begin at midnight UTC', async () => {
      const date = new Date(driver.now());
      const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
      const states = await budgets.states([scope('total', 1, 'day'), scope('total', 1, 'month')]);
      expect(states.map(({ resetsAt }) => resetsAt)).toEqual([
        Date.UTC(year, month, date.getUTCDate() + 1),
        Date.UTC(year, month + 1, 1),
      ]);
    });

    test('weeks, months and days begin in their own zone, on their own day', async () => {
      const periods: Period[] = [
        { window: 'week', timeZone: 'Europe/Berlin' },
        { window: 'week', startsOn: 'sunday' },
        { window: 'month', startsOn: 31, timeZone: 'America/Sao_Paulo' },
        { window: 'day', timeZone: 'Asia/Kolkata' },
        { window: 'day', timeZone: 'Pacific/Apia' },
      ];
      const scopes = periods.map((period) => ({ ...scope('total', 100), ...period }));
      expect(await reserve(scopes, 60)).toEqual({ isGranted: true });
      const states = await budgets.states(scopes);
      expect(states.map(({ reserved, resetsAt }) => [reserved, resetsAt])).toEqual(
        periods.map((period) => [60, windowAt(period, driver.now()).end]),
      );
      expect(await reserve(scopes, 41)).toMatchObject({ isGranted: false, refusedBy: { reserved: 60 } });
    });

    test('the window is that of the store, however wrong the clock of a process is', async () => {
      const total = { ...scope('total', 100, 'day'), timeZone: 'Europe/Berlin' };
      const now = driver.now();
      const { end } = windowAt(total, now);
      for (const [index, years] of [-5, 5, 0].entries()) {
        vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + years * 365 * 86_400_000 });
        try {
          expect(await reserve([total], 10)).toEqual({ isGranted: true });
          expect(await budgets.states([total])).toMatchObject([{ reserved: 10 * (index + 1), resetsAt: end }]);
          expect(await reserve([total], 100)).toMatchObject({ refusedBy: { resetsAt: end } });
        } finally {
          vi.useRealTimers();
        }
      }
    });

    test('one key may have caps over several windows; each counts for itself', async () => {
      const [day, month] = [scope('total', 50, 'day'), scope('total', 80, 'month')];
      expect(await reserve([day, month], 50)).toEqual({ isGranted: true });
      expect(await reserve([day, month], 1)).toMatchObject({ refusedBy: { scope: { window: 'day' } } });
      expect(await reserve([month], 30)).toEqual({ isGranted: true });
      expect(await figures(day, month)).toEqual([
        [0, 50],
        [0, 80],
      ]);
    });

    test('a scope that is named twice is reserved once, and its lower cap holds', async () => {
      const [high, low] = [scope('total', 100), scope('total', 40)];
      expect(await reserve([high, low], 40)).toEqual({ isGranted: true });
      expect(await figures(high)).toEqual([[0, 40]]);
      expect(await reserve([low, high], 1)).toMatchObject({ refusedBy: { scope: { cap: 40 } } });
      expect(await reserve([high], 60)).toEqual({ isGranted: true });
    });

    test('sums are exact at millions of dollars', async () => {
      const total = scope('total', 9_000_000_000_000_000);
      await reserve([total], 8_999_999_999_999_997, 'large');
      expect(await reserve([total], 4)).toMatchObject({ refusedBy: { reserved: 8_999_999_999_999_997 } });
      await reserve([total], 3, 'small');
      expect(await figures(total)).toEqual([[0, 9_000_000_000_000_000]]);
      await budgets.settle('large', 4_503_599_627_370_497);
      await budgets.settle('small', 2);
      expect(await figures(total)).toEqual([[4_503_599_627_370_499, 0]]);
    });

    test('any text is a key', async () => {
      const keys = ['user:ÄÖ 😀', 'a\nb', `'"\\%_{}`, 'x'.repeat(5000), '', 'user', 'user:'];
      for (const [index, key] of keys.entries()) {
        expect(await reserve([scope(key, 10)], index + 1, `id of ${key}`)).toEqual({ isGranted: true });
      }
      expect(await figures(...keys.map((key) => scope(key, 10)))).toEqual(keys.map((_, index) => [0, index + 1]));
      for (const key of keys) await budgets.settle(`id of ${key}`, 0);
      expect(await figures(...keys.map((key) => scope(key, 10)))).toEqual(keys.map(() => [0, 0]));
    });

    test('nothing to pay is granted by an empty budget, and an infinite cap grants all', async () => {
      expect(await reserve([scope('empty', 0)], 0)).toEqual({ isGranted: true });
      expect(await reserve([scope('empty', 0)], 1)).toMatchObject({ isGranted: false });
      expect(await reserve([scope('unbounded', Number.POSITIVE_INFINITY)], 5_000_000)).toEqual({ isGranted: true });
      expect(await reserve([], 5)).toEqual({ isGranted: true });
    });

    test('amounts that would not add up exactly are an error', async () => {
      const total = scope('total', 100);
      for (const amount of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
        await expect((async () => reserve([total], amount))()).rejects.toThrow(RangeError);
        await expect((async () => budgets.settle('id', amount))()).rejects.toThrow(RangeError);
      }
      await expect((async () => reserve([scope('total', -1)], 1))()).rejects.toThrow(RangeError);
      await expect((async () => reserve([scope('total', 1, 0)], 1))()).rejects.toThrow(RangeError);
      await expect((async () => reserve([{ ...total, timeZone: 'UTC' }], 1))()).rejects.toThrow(RangeError);
      await expect((async () => reserve([total], 1, 'id', 0))()).rejects.toThrow(RangeError);
      expect(await figures(total)).toEqual([[0, 0]]);
    });

    test('of many reservations at once, exactly those that fit are granted', async () => {
      const total = scope('total', 100);
      const results = await Promise.all(Array.from({ length: 300 }, () => reserve([total], 3)));
      expect(results.filter(({ isGranted }) => isGranted)).toHaveLength(33);
      expect(await figures(total)).toEqual([[0, 99]]);
    });
  });
}
