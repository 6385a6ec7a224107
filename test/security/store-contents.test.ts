/**
 * Whatever is written into a store in the cache's place, the result is a miss, or exactly the answer that was cached.
 */
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMeter, memoryStores, redisStores } from '../../runtime/src/index.ts';
import type { CacheEntry, CacheStore } from '../../runtime/src/stores/store.ts';
import { row } from '../stores/contract/ledger.ts';
import { hasRedis, type RedisServer, redisServer } from '../stores/servers/redis-server.ts';
import { temporaryFiles } from '../stores/temporary.ts';
import { collect } from '../support/collect.ts';
import { meteredOver } from './fetching-client.ts';
import { type Ask, answerFor, requestOf } from './owned-answers.ts';

const write = {
  key: 'a',
  partition: 'tenant',
  bytes: Buffer.from('{"the":"answer"}'),
  meta: '{"delivery":"json"}',
  lifetime: 3_600_000,
};

function expectMissOrAnswer(entry: CacheEntry | null): void {
  if (entry === null) return;
  expect(Buffer.from(entry.bytes).toString()).toBe(write.bytes.toString());
  expect(entry.meta).toBe(write.meta);
  expect(Number.isFinite(entry.age)).toBe(true);
}

const bytes = fc.uint8Array({ maxLength: 40 });
// SQLite stores nothing for an invalid number, and its columns accept none.
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true }), fc.constantFrom(2 ** 53, -1, 0));

describe('sqlite', () => {
  const { path, open } = temporaryFiles();

  test('a row that was edited', async () => {
    const file = path();
    const { cache } = open({ path: file });
    await cache.set(write);
    const database = new DatabaseSync(file);
    const value = fc.oneof(fc.string(), bytes, number, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('meta', 'bytes', 'checksum', 'stored_at', 'expires_at', 'size'),
        value,
        async (column, edited) => {
          await cache.set(write);
          database.prepare(`UPDATE cache_entry SET ${column} = ?`).run(edited);
          expectMissOrAnswer(await cache.get('a'));
        },
      ),
      { numRuns: 300 },
    );
    database.close();
  });

  test('a sum that was edited: the next entries are kept again', async () => {
    const file = path();
    const { cache } = open({ path: file });
    await cache.set(write);
    const database = new DatabaseSync(file);
    database.prepare('UPDATE cache_size SET bytes = ?').run(2n ** 62n);
    database.close();
    await cache.set(write);
    await cache.set(write);
    expect(await cache.get('a')).toMatchObject({ meta: write.meta });
  });

  test('a row of the ledger that was damaged is left out, and the others are read', async () => {
    const file = path();
    const { ledger } = open({ path: file });
    await ledger.append([row('a'), row('b'), row('c')]);
    const database = new DatabaseSync(file);
    database.prepare("UPDATE ledger SET row = '{' WHERE id = 'b'").run();
    database.close();
    expect((await collect(ledger.rows())).map(({ id }) => id)).toEqual(['a', 'c']);
  });

  test('a row that was moved to another key', async () => {
    const file = path();
    const { cache } = open({ path: file });
    await cache.set(write);
    const database = new DatabaseSync(file);
    database.prepare('UPDATE cache_entry SET key = ?').run('b');
    database.close();
    expect(await cache.get('b')).toBeNull();
  });
});

describe.skipIf(!hasRedis)('redis', () => {
  let server: RedisServer;
  let client: Redis;
  let cache: CacheStore;
  beforeAll(async () => {
    server = await redisServer();
    client = new (await import('ioredis')).Redis(server.url);
    ({ cache } = redisStores({ url: server.url }));
  });
  afterAll(async () => {
    await client.quit();
    await cache.close();
    await server.remove();
  });
  const name = 'farthing:cache:a';

  test('a hash that was edited', async () => {
    const value = fc.oneof(fc.string(), bytes.map(Buffer.from), number.map(String));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('meta', 'bytes', 'checksum', 'at'),
        fc.option(value, { nil: null }),
        async (field, edited) => {
          await cache.set(write);
          if (edited === null) await client.hdel(name, field);
          else await client.hset(name, field, edited);
          expectMissOrAnswer(await cache.get('a'));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('a hash that was moved to another key, and a key that is not a hash', async () => {
    await cache.set(write);
    await client.rename(name, 'farthing:cache:b');
    expect(await cache.get('b')).toBeNull();
    await client.set(name, 'text');
    expect(await cache.get('a')).toBeNull();
  });
});

describe('an entry that no version wrote', () => {
  const ask: Ask = { tenant: null, feature: null, text: 'What?', isStream: false, wire: 'chat' };

  /** Asks twice, with what is kept changed in between; how often the provider was asked, and the second answer. */
  async function askedAgain(change: (entry: CacheEntry) => CacheEntry, isStream: boolean) {
    const stores = memoryStores();
    const get = (key: string): CacheEntry | null => {
      const entry = stores.cache.get(key) as CacheEntry | null;
      return entry === null ? null : change(entry);
    };
    const calls: unknown[] = [];
    const meter = createMeter({
      stores: { ...stores, cache: { ...stores.cache, get } },
      cache: { mode: 'on' },
      onCall: (call) => calls.push(call),
    });
    let asked = 0;
    const fetch = meteredOver(meter, async (_, { body }) => {
      asked++;
      return answerFor({ ...ask, isStream: JSON.parse(String(body)).stream }, 'the answer');
    });
    const send = async (streamed: boolean): Promise<Response> => {
      const { url, body } = requestOf({ ...ask, isStream: streamed });
      return fetch(url, { method: 'POST', body });
    };
    await (await send(false)).text();
    await meter.flush();
    const second = await send(isStream);
    const text = await second.text();
    await meter.close();
    return { asked, text, calls };
  }

  test('is served where nothing was changed', async () => {
    expect(await askedAgain((entry) => entry, false)).toMatchObject({ asked: 1 });
    expect(await askedAgain((entry) => entry, true)).toMatchObject({ asked: 1 });
  });

  test('is a miss where its meta was edited, and otherwise the answer', async () => {
    const fields = ['delivery', 'contentType', 'usage', 'answer', 'cost'] as const;
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom('sse', 'text/html\r\nx: y', '中', {}, -1, 1e300),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...fields), value, fc.boolean(), async (field, edited, isStream) => {
        const change = (entry: CacheEntry): CacheEntry => ({
          ...entry,
          meta: JSON.stringify({ ...JSON.parse(entry.meta), [field]: edited }),
        });
        const { text } = await askedAgain(change, isStream);
        expect(text).toContain('the answer');
      }),
      { numRuns: 150 },
    );
  });

  test.each([
    [
      'a usage below zero',
      { usage: { input: -5, cachedInput: 0, cacheWriteInput: 0, cacheWriteLongInput: 0, output: 1, reasoning: null } },
    ],
    [
      'a fee below zero',
      {
        usage: {
          ...{ input: 5, cachedInput: 0, cacheWriteInput: 0, cacheWriteLongInput: 0, output: 1, reasoning: null },
          fees: { 'web-search': -1 },
        },
      },
    ],
    [
      'a stated cost that is none',
      { answer: { servedModel: 'm', finish: 'complete', servedTier: null, statedCost: -1 } },
    ],
    ['a model that is no name', { answer: { servedModel: 5, finish: 'complete', servedTier: null } }],
    [
      'an answer that would not have been kept',
      { answer: { servedModel: 'm', finish: 'truncated', servedTier: null } },
    ],
    ['a content type that no header holds', { contentType: 'a\r\nb' }],
  ])('is a miss with %s', async (_, edited) => {
    const change = (entry: CacheEntry): CacheEntry => ({
      ...entry,
      meta: JSON.stringify({ ...JSON.parse(entry.meta), ...edited }),
    });
    expect(await askedAgain(change, false)).toMatchObject({ asked: 2 });
  });

  test.each([
    ['meta that is no JSON', (entry: CacheEntry) => ({ ...entry, meta: '{' })],
    ['no bytes, as where the cache only watched', (entry: CacheEntry) => ({ ...entry, bytes: new Uint8Array() })],
    ['no time', (entry: CacheEntry) => ({ ...entry, age: Number.NaN })],
  ])('is a miss with %s', async (_, change) => {
    expect(await askedAgain(change, false)).toMatchObject({ asked: 2 });
  });

  test('is a miss where it nests too deeply to be written the other way', async () => {
    const content = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const deep = Buffer.from(
      `{"id":"x","choices":[{"index":0,"message":{"content":${content}},"finish_reason":"stop"}]}`,
    );
    expect(await askedAgain((entry) => ({ ...entry, bytes: deep }), true)).toMatchObject({ asked: 2 });
  });
});
