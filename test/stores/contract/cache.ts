/** Cached answers. How much fits is in the tests of the drivers that bound it themselves. */
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { CacheStore } from '../../../runtime/src/stores/store.ts';
import { inTime } from '../in-time.ts';
import { type Driver, need } from './driver.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

export function cacheContract(driver: Driver): void {
  describe('cache', () => {
    let cache: CacheStore;
    beforeEach(async () => {
      cache = need((await driver.open()).cache);
    });

    const set = (key: string, text: string, { partition = 'tenant', lifetime = 3_600_000 } = {}) =>
      cache.set({ key, partition, bytes: bytes(text), meta: '{"status":200}', lifetime });

    async function text(key: string): Promise<string | null> {
      const entry = await cache.get(key);
      return entry === null ? null : new TextDecoder().decode(entry.bytes);
    }

    test('what was set is got, with its meta and its age', async () => {
      expect(await cache.get('key')).toBeNull();
      const before = driver.now();
      await set('key', 'answer');
      const entry = await cache.get('key');
      const elapsed = driver.now() - before;
      expect(entry).toMatchObject({ meta: '{"status":200}' });
      expect(await text('key')).toBe('answer');
      expect(entry?.age).toBeGreaterThanOrEqual(0);
      expect(entry?.age).toBeLessThanOrEqual(elapsed + 1);
      await driver.pass(50);
      expect((await cache.get('key'))?.age).toBeGreaterThanOrEqual(45);
    });

    test('setting again replaces, deleting removes', async () => {
      await set('key', 'first');
      await set('key', 'second');
      expect(await text('key')).toBe('second');
      await cache.delete('key');
      expect(await cache.get('key')).toBeNull();
      await cache.delete('key');
    });

    test('an expired entry is never served', async () => {
      const lifetime = await inTime(driver, 100, async (lifetime, from) => {
        from();
        await set('brief', 'answer', { lifetime });
        expect(await text('brief')).toBe('answer');
      });
      await set('long', 'answer');
      await driver.pass(lifetime + 20);
      expect(await text('brief')).toBeNull();
      expect(await text('long')).toBe('answer');
    });

    test('a new lifetime begins when an entry is set again', async () => {
      await set('key', 'first', { lifetime: 100 });
      await driver.pass(60);
      await set('key', 'second');
      await driver.pass(60);
      expect(await text('key')).toBe('second');
    });

    test('a purge removes one partition or all, and says how many', async () => {
      await set('a', '1', { partition: 'one' });
      await set('b', '2', { partition: 'one' });
      await set('c', '3', { partition: 'two' });
      await set('d', '4', { partition: '' });
      expect(await cache.purge('one')).toBe(2);
      expect(await cache.purge('one')).toBe(0);
      expect([await text('a'), await text('b'), await text('c'), await text('d')]).toEqual([null, null, '3', '4']);
      expect(await cache.purge('')).toBe(1);
      await set('e', '5', { partition: 'one' });
      expect(await cache.purge()).toBe(2);
      expect(await text('c')).toBeNull();
    });

    test("the bytes are those that were set, whatever becomes of the caller's buffer", async () => {
      const buffer = bytes('before and after');
      await cache.set({ key: 'key', partition: '', bytes: buffer.subarray(0, 6), meta: '', lifetime: 60_000 });
      buffer.fill(0);
      expect(await text('key')).toBe('before');
    });

    test('any bytes, keys and partitions come back as they were', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.string({ unit: 'grapheme', maxLength: 40 }),
          fc.string({ unit: 'grapheme', maxLength: 20 }),
          fc.string({ unit: 'grapheme', maxLength: 40 }),
          fc.uint8Array({ maxLength: 2000 }),
          async (key, partition, meta, content) => {
            await cache.set({ key, partition, bytes: content, meta, lifetime: 60_000 });
            const entry = await cache.get(key);
            expect(entry?.meta).toBe(meta);
            expect(Buffer.compare(entry?.bytes ?? bytes('missing'), content)).toBe(0);
          },
        ),
        { numRuns: driver.runs },
      );
    });

    test('a large answer comes back whole', async () => {
      const content = Uint8Array.from({ length: 2_000_000 }, (_, index) => (index * 7919) % 256);
      await cache.set({ key: 'large', partition: '', bytes: content, meta: '', lifetime: 60_000 });
      const entry = await cache.get('large');
      expect(Buffer.compare(entry?.bytes ?? bytes(''), content)).toBe(0);
    });
  });
}
