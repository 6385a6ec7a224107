/**
 * Cached answers in Momento, for all processes of all machines. It cannot list its keys, so each partition has an index of
 * them: a sorted set, by the time at which they expire. An entry that is not in its index is a miss, because a purge would
 * not find it.
 */
import { createHash } from 'node:crypto';
import type { CacheClient } from '@gomomento/sdk';
import { entryChecksum } from '../checksum.ts';
import type { CacheEntry, CacheStore } from '../store.ts';
import { collectionTtl, type MomentoConnection, succeeded } from './client.ts';

/** Keys that a purge processes together. */
const BATCH = 100;
/** Milliseconds between two removals of expired keys from the index, in one process. */
const CLEANING = 60_000;

/** Before the bytes of an entry, as one line of JSON. */
interface Head {
  /** The name of the index. */
  readonly index: string;
  readonly meta: string;
  readonly checksum: number;
  /** Milliseconds. */
  readonly lifetime: number;
  /** Momento's, which counts in seconds. */
  readonly seconds: number;
}

export function momentoCache({ run }: MomentoConnection, cache: string, namespace: string): CacheStore {
  const entryKey = (key: string): string => `${namespace}:entry:${digest(key)}`;
  const indexName = (partition: string): string => `${namespace}:index:${digest(partition)}`;
  /** The indexes of all partitions. */
  const indexes = `${namespace}:indexes`;
  let cleanedAt = Date.now();

  const call = <Answer extends { readonly type: string }>(calls: (client: CacheClient) => Promise<Answer>) =>
    run((client) => succeeded(calls(client)));

  const add = (set: string, value: string, expiresAt: number, seconds: number) =>
    call(async (client) =>
      client.sortedSetPutElement(cache, set, value, expiresAt, { ttl: await collectionTtl(seconds) }),
    );

  /** The values of a sorted set up to a score, a page at a time, from the start: the reader removes what it has read. */
  async function firstOf(set: string, maxScore?: number): Promise<readonly string[]> {
    const score = maxScore === undefined ? {} : { maxScore };
    const page = await call((client) => client.sortedSetFetchByScore(cache, set, { ...score, count: BATCH }));
    return 'valueArray' in page ? page.valueArray().map(({ value }) => value) : [];
  }

  const forget = (set: string, values: readonly string[]) =>
    call((client) => client.sortedSetRemoveElements(cache, set, [...values]));

  async function purgeIndex(index: string): Promise<number> {
    let count = 0;
    for (let keys = await firstOf(index); keys.length > 0; keys = await firstOf(index)) {
      const found = await call((client) => client.keysExist(cache, [...keys]));
      count += 'exists' in found ? (found.exists() ?? []).filter(Boolean).length : 0;
      await Promise.all(keys.map((key) => call((client) => client.delete(cache, key))));
      await forget(index, keys);
    }
    return count;
  }

  async function removeExpired(index: string): Promise<void> {
    const now = Date.now();
    if (now - cleanedAt < CLEANING) return;
    cleanedAt = now;
    const keys = await firstOf(index, now);
    if (keys.length > 0) await forget(index, keys);
  }

  return {
    async get(key) {
      const name = entryKey(key);
      const [item, left] = await Promise.all([
        call((client) => client.get(cache, name)),
        call((client) => client.itemGetTtl(cache, name)),
      ]);
      if (item.type !== 'Hit' || left.type !== 'Hit') return null;
      const read = readEntry(key, item.valueUint8Array(), left.remainingTtlMillis());
      if (read === null) return null;
      const score = await call((client) => client.sortedSetGetScore(cache, read.index, name));
      return score.type === 'Hit' ? read.entry : null;
    },

    async set({ key, partition, bytes, meta, lifetime }) {
      const [name, index, seconds] = [entryKey(key), indexName(partition), Math.ceil(lifetime / 1000)];
      const head: Head = { index, meta, checksum: entryChecksum(key, meta, bytes), lifetime, seconds };
      const value = Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), bytes]);
      const expiresAt = Date.now() + lifetime;
      // An entry is never there without its index.
      await Promise.all([add(indexes, index, expiresAt, seconds), add(index, name, expiresAt, seconds)]);
      await call((client) => client.set(cache, name, value, { ttl: seconds }));
      await removeExpired(index);
    },

    async delete(key) {
      await call((client) => client.delete(cache, entryKey(key)));
    },

    async purge(partition) {
      if (partition !== undefined) return purgeIndex(indexName(partition));
      let count = 0;
      for (let names = await firstOf(indexes); names.length > 0; names = await firstOf(indexes)) {
        for (const name of names) count += await purgeIndex(name);
        await forget(indexes, names);
      }
      return count;
    },

    close() {},
  };
}

/** Null if it is damaged, expired or another key's. */
function readEntry(
  key: string,
  value: Uint8Array,
  left: number,
): { readonly index: string; readonly entry: CacheEntry } | null {
  const end = value.indexOf(0x0a);
  const head = headOf(Buffer.from(value.subarray(0, Math.max(0, end))).toString());
  if (head === null) return null;
  const { index, meta, checksum, lifetime, seconds } = head;
  const bytes = value.subarray(end + 1);
  const age = Math.max(0, seconds * 1000 - left);
  if (!(age < lifetime) || entryChecksum(key, meta, bytes) !== checksum) return null;
  return { index, entry: { bytes, meta, age } };
}

function headOf(json: string): Head | null {
  try {
    const head = JSON.parse(json) as Partial<Record<keyof Head, unknown>> | null;
    const { index, meta, checksum, lifetime, seconds } = head ?? {};
    if (typeof index !== 'string' || typeof meta !== 'string' || typeof checksum !== 'number') return null;
    if (typeof lifetime !== 'number' || typeof seconds !== 'number') return null;
    return { index, meta, checksum, lifetime, seconds };
  } catch {
    return null;
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text, 'utf16le').digest('hex');
}
