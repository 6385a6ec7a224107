import { crc32 } from 'node:zlib';

/**
 * Tells an entry that was damaged, or that belongs to another key: it is a miss, never a wrong answer. It is no
 * protection from somebody who can compute it as well: that is `encrypted`.
 */
export function entryChecksum(key: string, meta: string, bytes: Uint8Array): number {
  const head = crc32(`${key}\n${meta}`);
  // Old versions of Node answer 0 for no bytes that come from a database, whatever the sum before.
  return bytes.byteLength === 0 ? head : crc32(bytes, head);
}
