/** Cached answers that are unreadable without a key: AES-256-GCM around any cache store. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { CacheEntry, CacheStore } from './store.ts';

const ALGORITHM = 'aes-256-gcm';
const KEY_LENGTH = 32;
/**
 * 96 random bits for each entry, as NIST SP 800-38D has it: one key is good for 2^32 entries, more than an application
 * writes in its life.
 */
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
const META_LENGTH = 4;

/**
 * Encrypts bytes and meta of each entry under `key` (32 bytes) and binds them to the entry's key: what was tampered with,
 * moved to another key or written under another encryption key is a miss. Cache keys, partitions, sizes and times stay
 * readable. After a change of the key everything is a miss until it is written again.
 *
 * @example const cache = encrypted(stores.cache, Buffer.from(process.env.CACHE_KEY ?? '', 'base64'));
 */
export function encrypted(store: CacheStore, key: Uint8Array): CacheStore {
  if (key.byteLength !== KEY_LENGTH) {
    throw new RangeError(`The key has ${key.byteLength} bytes: AES-256 takes ${KEY_LENGTH}.`);
  }

  function seal(name: string, meta: string, bytes: Uint8Array): Uint8Array {
    const nonce = randomBytes(NONCE_LENGTH);
    const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(name));
    const metaBytes = Buffer.from(meta);
    const length = Buffer.alloc(META_LENGTH);
    length.writeUInt32BE(metaBytes.byteLength);
    const sealed = [cipher.update(length), cipher.update(metaBytes), cipher.update(bytes), cipher.final()];
    return Buffer.concat([nonce, ...sealed, cipher.getAuthTag()]);
  }

  function unseal(name: string, entry: CacheEntry | null): CacheEntry | null {
    if (entry === null || entry.bytes.byteLength < NONCE_LENGTH + META_LENGTH + TAG_LENGTH) return null;
    const { bytes } = entry;
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_LENGTH), { authTagLength: TAG_LENGTH });
    decipher.setAAD(Buffer.from(name)).setAuthTag(bytes.subarray(-TAG_LENGTH));
    let plain: Buffer;
    try {
      plain = Buffer.concat([decipher.update(bytes.subarray(NONCE_LENGTH, -TAG_LENGTH)), decipher.final()]);
    } catch {
      return null;
    }
    const metaEnd = META_LENGTH + plain.readUInt32BE();
    return {
      meta: plain.toString('utf8', META_LENGTH, metaEnd),
      bytes: plain.subarray(metaEnd),
      age: entry.age,
    };
  }

  return {
    get(name) {
      const entry = store.get(name);
      return entry instanceof Promise ? entry.then((found) => unseal(name, found)) : unseal(name, entry);
    },
    set: (write) => store.set({ ...write, meta: '', bytes: seal(write.key, write.meta, write.bytes) }),
    delete: (name) => store.delete(name),
    purge: (partition) => store.purge(partition),
    close: () => store.close(),
  };
}
