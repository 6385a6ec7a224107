/** Encrypts cached answers: AES-256-GCM around any cache store. */
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { MeterError } from '../core/errors.ts';
import { having, readOptions } from '../support/schema.ts';
import type { CacheEntry, CacheStore } from './store.ts';

const ALGORITHM = 'aes-256-gcm';
const KEY_LENGTH = 32;
/**
 * 96 random bits for each entry, as NIST SP 800-38D specifies: one key is good for 2^32 entries, more than an
 * application ever writes.
 */
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
const META_LENGTH = 4;

/**
 * Encrypts bytes and meta of each entry and binds them to the entry's key: an entry that was tampered with, moved to
 * another key or written with an unknown encryption key is a miss. Cache keys, partitions, sizes and times stay
 * readable. Anyone who can write to the store can still delete entries, or restore an earlier entry of the same key.
 *
 * @param keys 32 bytes, or several such keys. Entries are written with the first and can be read with any: to change
 * the key put the new one first, and remove the old one when the longest lifetime of an entry has passed.
 * @example const cache = encrypted(stores.cache, Buffer.from(process.env.CACHE_KEY ?? '', 'base64'));
 * @example encrypted(stores.cache, [newKey, oldKey])
 * @throws MeterError for a key of another length, and for what is not a cache
 */
export function encrypted(store: CacheStore, keys: Uint8Array | readonly [Uint8Array, ...Uint8Array[]]): CacheStore {
  readOptions(cacheSchema, store, (message) => new MeterError(message), 'encrypted: the store');
  // Copied, so that the caller can wipe its own bytes, and that inspecting this object does not show them.
  const [newest, ...older] = (isList(keys) ? keys : [keys]).map(secretKey);
  if (newest === undefined) throw new MeterError('encrypted: the list of keys is empty. Give one key of 32 bytes.');

  function unseal(name: string, entry: CacheEntry | null): CacheEntry | null {
    if (entry === null || entry.bytes.byteLength < NONCE_LENGTH + META_LENGTH + TAG_LENGTH) return null;
    for (const key of [newest as KeyObject, ...older]) {
      const plain = decrypt(key, name, entry.bytes);
      if (plain === null) continue;
      const metaEnd = META_LENGTH + plain.readUInt32BE();
      const meta = plain.toString('utf8', META_LENGTH, metaEnd);
      return { meta, bytes: plain.subarray(metaEnd), age: entry.age };
    }
    return null;
  }

  return {
    get(name) {
      const entry = store.get(name);
      return entry instanceof Promise ? entry.then((found) => unseal(name, found)) : unseal(name, entry);
    },
    set: (write) => store.set({ ...write, meta: '', bytes: seal(newest, write.key, write.meta, write.bytes) }),
    delete: (name) => store.delete(name),
    purge: (partition) => store.purge(partition),
    close: () => store.close(),
  };
}

const cacheSchema = having<CacheStore>('a cache store', ['get', 'set', 'delete', 'purge', 'close']);

function isList(keys: Uint8Array | readonly Uint8Array[]): keys is readonly Uint8Array[] {
  return Array.isArray(keys);
}

/** A message tells the length of a key, and nothing else of it. */
function secretKey(bytes: unknown): KeyObject {
  if (bytes instanceof Uint8Array && bytes.byteLength === KEY_LENGTH) return createSecretKey(bytes);
  const got = bytes instanceof Uint8Array ? `${bytes.byteLength} bytes` : typeof bytes;
  throw new MeterError(
    `encrypted: a key must be ${KEY_LENGTH} bytes, such as crypto.randomBytes(${KEY_LENGTH}), or a list of such keys; got ${got}.`,
  );
}

function seal(key: KeyObject, name: string, meta: string, bytes: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE_LENGTH);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(name));
  const metaBytes = Buffer.from(meta);
  const length = Buffer.alloc(META_LENGTH);
  length.writeUInt32BE(metaBytes.byteLength);
  const sealed = [cipher.update(length), cipher.update(metaBytes), cipher.update(bytes), cipher.final()];
  return Buffer.concat([nonce, ...sealed, cipher.getAuthTag()]);
}

/** Null if it was not encrypted with this key and name. */
function decrypt(key: KeyObject, name: string, bytes: Uint8Array): Buffer | null {
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_LENGTH), { authTagLength: TAG_LENGTH });
  decipher.setAAD(Buffer.from(name)).setAuthTag(bytes.subarray(-TAG_LENGTH));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_LENGTH, -TAG_LENGTH)), decipher.final()]);
  } catch {
    return null;
  }
}
