/** Cached answers in Redis, for all processes of all machines. The server's `maxmemory` limits their size. */
import type { Redis } from 'ioredis';
import { entryChecksum } from '../checksum.ts';
import type { CacheEntry, CacheStore } from '../store.ts';
import { isStoreError } from '../store-error.ts';
import { type RedisConnection, redisScript } from './connection.ts';
import { mastersOf } from './eviction.ts';

/**
 * KEYS: the entry. ARGV: partition, meta, bytes, checksum, lifetime. HSET comes first: after a write that takes no
 * memory (such as DEL), Redis no longer checks its limit.
 */
const SET = redisScript(`
redis.call('HSET', KEYS[1], 'partition', ARGV[1], 'meta', ARGV[2], 'bytes', ARGV[3], 'checksum', ARGV[4], 'lifetime', ARGV[5])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return '1'
`);

/** The number of keys that a purge processes together. */
const BATCH = 500;

export function redisCache(connection: RedisConnection): CacheStore {
  // Without a hash tag, so that entries spread over the nodes of a cluster.
  const prefix = `${connection.namespace}:cache:`;

  async function purgeNode(node: Redis, partition: string | undefined): Promise<number> {
    let purged = 0;
    let cursor = '0';
    do {
      const [next, keys] = await connection.run(() =>
        node.scan(cursor, 'MATCH', `${literal(prefix)}*`, 'COUNT', BATCH),
      );
      cursor = next;
      const unwanted = partition === undefined ? keys : await inPartition(node, keys, partition);
      if (unwanted.length > 0) purged += await connection.run(() => countedUnlink(node, unwanted));
    } while (cursor !== '0');
    return purged;
  }

  async function inPartition(node: Redis, keys: readonly string[], partition: string): Promise<string[]> {
    const found = await connection.run(() =>
      Promise.all(keys.map((key) => node.hget(key, 'partition').catch(() => null))),
    );
    return keys.filter((_, index) => found[index] === partition);
  }

  return {
    async get(key) {
      try {
        const name = prefix + key;
        // Written together: one round trip.
        const [fields, left] = await connection.run((client) =>
          Promise.all([client.hmgetBuffer(name, 'meta', 'bytes', 'checksum', 'lifetime'), client.pttl(name)]),
        );
        return entryOf(key, fields, left);
      } catch (error) {
        // A key with another type of value is not an answer.
        if (isStoreError(error) && error.failure === 'corrupt') return null;
        throw error;
      }
    },

    async set({ key, partition, bytes, meta, lifetime }) {
      const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      await connection.script(
        SET,
        [prefix + key],
        [partition, meta, content, entryChecksum(key, meta, content), Math.ceil(lifetime)],
      );
    },

    async delete(key) {
      await connection.run((client) => client.unlink(prefix + key));
    },

    async purge(partition) {
      const nodes = await connection.run(async (client) => mastersOf(client));
      const purged = await Promise.all(nodes.map((node) => purgeNode(node, partition)));
      return purged.reduce((sum, count) => sum + count, 0);
    },

    close() {},
  };
}

function entryOf(
  key: string,
  [metaBytes, bytes, checksum, lifetime]: readonly (Buffer | null | undefined)[],
  left: number,
): CacheEntry | null {
  if (!metaBytes || !bytes || !checksum || !lifetime || left < 0) return null;
  const meta = metaBytes.toString();
  const age = Number(lifetime.toString()) - left;
  const isWhole = Number.isFinite(age) && entryChecksum(key, meta, bytes) === Number(checksum.toString());
  return isWhole ? { meta, bytes, age: Math.max(0, age) } : null;
}

/** One key per command: in a cluster, keys of one node are in different slots. */
async function countedUnlink(node: Redis, keys: readonly string[]): Promise<number> {
  const counts = await Promise.all(keys.map((key) => node.unlink(key)));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Escapes text for a SCAN pattern, so that it only matches itself. */
function literal(text: string): string {
  return text.replace(/[*?[\]\\^-]/g, '\\$&');
}
