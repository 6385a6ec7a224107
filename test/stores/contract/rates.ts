/** Token buckets. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Bucket, RateStore } from '../../../runtime/src/stores/store.ts';
import { inTime } from '../in-time.ts';
import { type Driver, need } from './driver.ts';

/** Slow enough that a test on a server's clock sees nothing come back on its own. */
const SLOW = 0.001;

function bucket(key: string, capacity: number, amount: number, perSecond = SLOW): Bucket {
  return { key, capacity, perSecond, amount };
}

export function rateContract(driver: Driver): void {
  describe('rates', () => {
    let rates: RateStore;
    beforeEach(async () => {
      rates = need((await driver.open()).rates);
    });

    test('gives what a bucket holds, then says when the rest is there', async () => {
      let perSecond = 0;
      let retryAfter = 0;
      await inTime(driver, 500, async (half, from) => {
        rates = need((await driver.open()).rates);
        perSecond = 5000 / (2 * half);
        from();
        const began = driver.now();
        expect(await rates.take([bucket('user', 10, 4, perSecond)])).toEqual({ isTaken: true });
        expect(await rates.take([bucket('user', 10, 6, perSecond)])).toEqual({ isTaken: true });
        const refused = await rates.take([bucket('user', 10, 5, perSecond)]);
        if (refused.isTaken) throw new Error('An empty bucket gave.');
        expect(refused.key).toBe('user');
        ({ retryAfter } = refused);
        // What has come back meanwhile is taken off; a server counts whole milliseconds.
        expect(retryAfter).toBeGreaterThan(2 * half - (driver.now() - began) - 2);
        expect(retryAfter).toBeLessThanOrEqual(2 * half);
      });
      await driver.pass(retryAfter);
      expect(await rates.take([bucket('user', 10, 5, perSecond)])).toEqual({ isTaken: true });
    });

    test('all buckets give or none does; the refusal names the one that takes longest', async () => {
      await rates.take([bucket('tenant', 10, 9)]);
      const buckets = [bucket('user', 10, 3), bucket('tenant', 10, 3), bucket('feature', 2, 1)];
      expect(await rates.take(buckets)).toMatchObject({ isTaken: false, key: 'tenant' });
      expect(await rates.take([bucket('user', 10, 10)])).toEqual({ isTaken: true });
      expect(await rates.take([bucket('feature', 2, 2)])).toEqual({ isTaken: true });
      expect(await rates.take([bucket('user', 10, 2), bucket('tenant', 10, 5)])).toMatchObject({ key: 'tenant' });
      expect(await rates.take([bucket('user', 10, 5), bucket('tenant', 10, 2)])).toMatchObject({ key: 'user' });
    });

    test('more than the capacity is taken as the capacity', async () => {
      expect(await rates.take([bucket('user', 10, 1000)])).toEqual({ isTaken: true });
      expect(await rates.take([bucket('user', 10, 1)])).toMatchObject({ isTaken: false });
    });

    test('a bucket never holds more than its capacity', async () => {
      await rates.take([bucket('user', 10, 1, 1000)]);
      await driver.pass(200);
      expect(await rates.take([bucket('user', 10, 10, 1000)])).toEqual({ isTaken: true });
      expect(await rates.take([bucket('user', 10, 9)])).toMatchObject({ isTaken: false });
    });

    test('what was not used is given back, up to the capacity; what was used beyond is taken', async () => {
      await rates.take([bucket('user', 10, 8)]);
      await rates.giveBack([bucket('user', 10, 5)]);
      expect(await rates.take([bucket('user', 10, 7)])).toEqual({ isTaken: true });
      await rates.giveBack([bucket('user', 10, 500)]);
      expect(await rates.take([bucket('user', 10, 10)])).toEqual({ isTaken: true });
      await rates.giveBack([bucket('user', 10, -5)]);
      const refused = await rates.take([bucket('user', 10, 1)]);
      // Six tokens at one in 1,000 seconds.
      expect(refused.isTaken ? 0 : refused.retryAfter).toBeGreaterThan(5_500_000);
    });

    test('a bucket that is named twice gives twice', async () => {
      const twice = [bucket('user', 10, 6), bucket('user', 10, 6)];
      expect(await rates.take(twice)).toMatchObject({ isTaken: false, key: 'user' });
      expect(await rates.take([bucket('user', 10, 5), bucket('user', 10, 5)])).toEqual({ isTaken: true });
      expect(await rates.take([bucket('user', 10, 1)])).toMatchObject({ isTaken: false });
    });

    test('a bucket that nothing comes back to refuses for ever', async () => {
      await rates.take([bucket('user', 5, 5, 0)]);
      expect(await rates.take([bucket('user', 5, 1, 0)])).toEqual({
        isTaken: false,
        key: 'user',
        retryAfter: Number.POSITIVE_INFINITY,
      });
    });

    test('no buckets refuse nothing', async () => {
      expect(await rates.take([])).toEqual({ isTaken: true });
      await rates.giveBack([]);
    });

    test('of many at once, exactly those that fit are given', async () => {
      const all = await Promise.all(Array.from({ length: 200 }, async () => rates.take([bucket('user', 100, 3)])));
      expect(all.filter(({ isTaken }) => isTaken)).toHaveLength(33);
    });
  });
}
