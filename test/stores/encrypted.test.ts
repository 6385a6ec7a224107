/** Encryption around a cache: what the store holds tells nothing, and nothing but what was sealed comes back. */
import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encrypted } from '../../runtime/src/stores/encrypted.ts';
import { memoryCache } from '../../runtime/src/stores/memory/cache.ts';
import type { CacheEntry, CacheStore } from '../../runtime/src/stores/store.ts';

const KEY = new Uint8Array(32).fill(1);
const write = {
  key: 'a',
  partition: 'tenant',
  bytes: Buffer.from('the secret answer'),
  meta: '{"model":"secret"}',
  lifetime: 60_000,
};

/** A cache whose reads are changed on their way. */
function changing(store: CacheStore, change: (bytes: Buffer) => Uint8Array): CacheStore {
  return {
    ...store,
    async get(key) {
      const entry = await store.get(key);
      return entry === null ? null : { ...entry, bytes: change(Buffer.from(entry.bytes)) };
    },
  };
}

test('neither the answer nor its meta is readable in the store, and no two seals are alike', async () => {
  const inner = memoryCache();
  const cache = encrypted(inner, KEY);
  await cache.set(write);
  const first = (await inner.get('a')) as CacheEntry;
  await cache.set(write);
  const second = (await inner.get('a')) as CacheEntry;
  expect(Buffer.from(first.bytes).toString('latin1') + first.meta).not.toContain('secret');
  expect(Buffer.compare(first.bytes, second.bytes)).not.toBe(0);
  expect(await cache.get('a')).toMatchObject({ meta: write.meta });
});

test('another key is a miss', async () => {
  const inner = memoryCache();
  await encrypted(inner, KEY).set(write);
  expect(await encrypted(inner, new Uint8Array(32).fill(2)).get('a')).toBeNull();
});

test('a key is changed in steps: the new one writes, the old one still reads, until it is taken out', async () => {
  const inner = memoryCache();
  const [older, newer] = [KEY, new Uint8Array(32).fill(2)];
  await encrypted(inner, older).set(write);
  await encrypted(inner, [newer, older]).set({ ...write, key: 'b' });
  const both = encrypted(inner, [newer, older]);
  expect(await both.get('a')).toMatchObject({ meta: write.meta });
  expect(await both.get('b')).toMatchObject({ meta: write.meta });
  expect(await encrypted(inner, newer).get('a')).toBeNull();
  expect(await encrypted(inner, newer).get('b')).toMatchObject({ meta: write.meta });
  expect(await encrypted(inner, older).get('b')).toBeNull();
});

test('a key is copied, and shown by nothing that looks at the cache', async () => {
  const key = Buffer.from('0123456789abcdef0123456789abcdef');
  const cache = encrypted(memoryCache(), key);
  await cache.set(write);
  key.fill(0);
  expect(await cache.get('a')).toMatchObject({ meta: write.meta });
  expect(inspect(cache, { depth: 10, showHidden: true })).not.toMatch(/0123456789abcdef|30 31 32 33/);
});

test('an entry that was not encrypted, or was moved to another key, is a miss', async () => {
  const inner = memoryCache();
  await inner.set(write);
  expect(await encrypted(inner, KEY).get('a')).toBeNull();
  await encrypted(inner, KEY).set(write);
  const sealed = (await inner.get('a')) as CacheEntry;
  await inner.set({ ...write, key: 'b', bytes: sealed.bytes });
  expect(await encrypted(inner, KEY).get('b')).toBeNull();
});

test('bytes that were changed anywhere, cut or lengthened are a miss', async () => {
  const inner = memoryCache();
  await encrypted(inner, KEY).set(write);
  const length = (await inner.get('a'))?.bytes.byteLength ?? 0;
  await fc.assert(
    fc.asyncProperty(
      fc.nat(length - 1),
      fc.integer({ min: 1, max: 255 }),
      fc.nat(length - 1),
      async (at, flip, end) => {
        const flipped = changing(inner, (bytes) => bytes.fill((bytes[at] ?? 0) ^ flip, at, at + 1));
        expect(await encrypted(flipped, KEY).get('a')).toBeNull();
        expect(
          await encrypted(
            changing(inner, (bytes) => bytes.subarray(0, end)),
            KEY,
          ).get('a'),
        ).toBeNull();
        const longer = changing(inner, (bytes) => Buffer.concat([bytes, Buffer.of(flip)]));
        expect(await encrypted(longer, KEY).get('a')).toBeNull();
      },
    ),
  );
});

test('a key of another length is an error at once', () => {
  expect(() => encrypted(memoryCache(), new Uint8Array(16))).toThrow(/must be 32 bytes.*; got 16 bytes/);
  expect(() => encrypted(memoryCache(), [KEY, new Uint8Array(31)])).toThrow(/got 31 bytes/);
  expect(() => encrypted(memoryCache(), [] as unknown as [Uint8Array])).toThrow(/list of keys is empty/);
});
