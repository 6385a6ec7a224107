import { crc32 } from 'node:zlib';

/**
 * Detects an entry that was damaged, or that belongs to another key: it is a miss, never a wrong answer. This does not
 * protect against someone who can compute the checksum as well; `encrypted` does.
 */
export function entryChecksum(key: string, meta: string, bytes: Uint8Array): number {
  const head = crc32(`${key}\n${meta}`);
  // Old versions of Node return 0 for empty bytes that come from a database, whatever the previous checksum.
  return bytes.byteLength === 0 ? head : crc32(bytes, head);
}
