/** Cached answers in the file, for all processes of one machine. */
import { entryChecksum } from '../checksum.ts';
import { type Clock, steady } from '../clock.ts';
import type { CacheEntry, CacheStore } from '../store.ts';
import type { Prepare, SqliteFile } from './file.ts';
import type { SqliteCacheOptions } from './options.ts';

/** What an entry takes besides its bytes: its row and its index entries, measured roughly. */
const OVERHEAD = 256;
/** Reads are recorded in memory and written with the next entry, or after this many milliseconds. */
const NOTED_FOR = 10_000;
/** How many rows are examined together to make room, so that no write waits for a large clean-up. */
const BATCH = 50;

export function sqliteCache(
  file: SqliteFile,
  clock: Clock,
  { maximumBytes = 256 * 1024 * 1024 }: SqliteCacheOptions = {},
): CacheStore {
  const now = steady(clock);
  /** When entries were last read in this process, if the file does not know it yet. */
  let noted = new Map<string, number>();
  let notedSince = 0;

  /**
   * A read writes nothing. What it records only decides which entries are evicted first, so a failure here does not
   * fail the read.
   */
  function note(key: string, time: number): void {
    if (noted.size === 0) notedSince = time;
    noted.set(key, time);
    if (time - notedSince < NOTED_FOR) return;
    const keys = noted;
    noted = new Map();
    try {
      Promise.resolve(file.write((prepare) => writeNoted(prepare, keys))).catch(() => {});
    } catch {}
  }

  return {
    get(key) {
      return file.read((prepare): CacheEntry | null => {
        const time = now();
        const select = prepare('SELECT meta, bytes, checksum, stored_at, expires_at FROM cache_entry WHERE key = ?');
        // A number that was edited beyond the safe range is a miss as well, not an error.
        select.setReadBigInts(true);
        const row = select.get(key);
        if (row === undefined) return null;
        const { meta, bytes, stored_at: storedAt, expires_at: expiresAt } = row;
        if (!(Number(expiresAt) > time)) return null;
        // Its age is unknown if it seems to come from the future (the clock was set back), or has no valid time.
        if (!(Number(storedAt) <= time)) return null;
        if (typeof meta !== 'string' || !(bytes instanceof Uint8Array)) return null;
        if (entryChecksum(key, meta, bytes) !== Number(row.checksum)) return null;
        note(key, time);
        return { bytes, meta, age: time - Number(storedAt) };
      });
    },

    set({ key, partition, bytes, meta, lifetime }) {
      return file.write((prepare) => {
        const time = now();
        const size = bytes.byteLength + meta.length + partition.length + 2 * key.length + OVERHEAD;
        prepare('DELETE FROM cache_entry WHERE key = ?').run(key);
        writeNoted(prepare, noted);
        noted.clear();
        if (size > maximumBytes) return;
        prepare('INSERT INTO cache_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
          key,
          partition,
          meta,
          bytes,
          entryChecksum(key, meta, bytes),
          size,
          time,
          time + lifetime,
          time,
        );
        makeRoom(prepare, time, maximumBytes);
      });
    },

    delete(key) {
      return file.write((prepare) => {
        prepare('DELETE FROM cache_entry WHERE key = ?').run(key);
      });
    },

    purge(partition) {
      return file.write((prepare) => {
        const { changes } =
          partition === undefined
            ? prepare('DELETE FROM cache_entry').run()
            : prepare('DELETE FROM cache_entry WHERE partition = ?').run(partition);
        return Number(changes);
      });
    },

    close() {
      noted.clear();
    },
  };
}

function writeNoted(prepare: Prepare, noted: ReadonlyMap<string, number>): void {
  const update = prepare('UPDATE cache_entry SET used_at = ? WHERE key = ?');
  for (const [key, time] of noted) update.run(time, key);
}

/** Expired entries are removed first, then the least recently used. */
function makeRoom(prepare: Prepare, time: number, maximumBytes: number): void {
  prepare(
    `DELETE FROM cache_entry WHERE key IN (SELECT key FROM cache_entry WHERE expires_at <= ? LIMIT ${BATCH})`,
  ).run(time);
  const total = prepare('SELECT bytes FROM cache_size');
  total.setReadBigInts(true);
  let excess = Number(total.get()?.bytes) - maximumBytes;
  while (excess > 0) {
    const select = prepare(`SELECT key, size FROM cache_entry ORDER BY used_at, size LIMIT ${BATCH}`);
    select.setReadBigInts(true);
    const oldest = select.all();
    for (const { key, size } of oldest) {
      if (excess <= 0) break;
      prepare('DELETE FROM cache_entry WHERE key = ?').run(String(key));
      excess -= Number(size);
    }
    if (oldest.length > 0) continue;
    // Nothing is left but the sum is still too high: it was not correct.
    prepare('UPDATE cache_size SET bytes = 0').run();
    return;
  }
}
