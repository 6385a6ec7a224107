/** Rate limits in the file, for all processes of one machine. */
import { fullAt, type Level, refilled, takeAll } from '../bucket.ts';
import type { Clock } from '../clock.ts';
import type { Bucket, RateStore } from '../store.ts';
import type { Prepare, SqliteFile } from './file.ts';

/** Full buckets are removed once every this many decisions. */
const PRUNE_EVERY = 50;
/** A number that SQLite can hold, for a bucket that never fills. */
const NEVER = Number.MAX_SAFE_INTEGER;

export function sqliteRates(file: SqliteFile, clock: Clock): RateStore {
  let decisions = 0;

  function prune(prepare: Prepare, time: number): void {
    if (decisions++ % PRUNE_EVERY === 0) prepare('DELETE FROM rate_bucket WHERE full_at <= ?').run(time);
  }

  return {
    take(buckets) {
      return file.write((prepare) => {
        const time = Math.floor(clock());
        prune(prepare, time);
        return takeAll(
          buckets,
          (bucket) => read(prepare, bucket, time),
          (bucket, level) => write(prepare, bucket, { level, at: time }),
        );
      });
    },

    giveBack(buckets) {
      return file.write((prepare) => {
        const time = Math.floor(clock());
        for (const bucket of buckets) {
          const level = read(prepare, bucket, time) + bucket.amount;
          write(prepare, bucket, { level: Math.min(level, bucket.capacity), at: time });
        }
      });
    },

    close() {},
  };
}

function read(prepare: Prepare, bucket: Bucket, time: number): number {
  const row = prepare('SELECT level, at FROM rate_bucket WHERE key = ?').get(bucket.key);
  if (row === undefined) return bucket.capacity;
  const known = { level: Number(row.level), at: Number(row.at) };
  const level = refilled(bucket, known, time);
  // The clock was ahead: refills are counted from now on.
  if (known.at > time) write(prepare, bucket, { level, at: time });
  return level;
}

function write(prepare: Prepare, bucket: Bucket, level: Level): void {
  prepare(
    `INSERT INTO rate_bucket VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET level = excluded.level, at = excluded.at, full_at = excluded.full_at`,
  ).run(bucket.key, level.level, level.at, Math.min(fullAt(bucket, level), NEVER));
}
