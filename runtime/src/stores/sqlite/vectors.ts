/**
 * Vectors in the file, for all processes of one machine. Each process searches an index in its memory, which it brings up
 * to date before each search; whatever it finds is read again, so that nothing deleted or expired is returned.
 */
import { quantized } from '../../semantic/vectors/quantized.ts';
import { entryChecksum } from '../checksum.ts';
import { type Clock, steady } from '../clock.ts';
import { type CurrentRow, mirroredSearch, type RowsSince } from '../mirrored-vectors.ts';
import type { VectorStore } from '../store.ts';
import type { Prepare, SqliteFile } from './file.ts';
import type { SqliteVectorsOptions } from './options.ts';

/** Rows that are read or removed together. */
const BATCH = 500;

export function sqliteVectors(
  file: SqliteFile,
  clock: Clock,
  { maximumEntries = 100_000 }: SqliteVectorsOptions = {},
): VectorStore {
  const now = steady(clock);
  /** When vectors were last found in this process: written with the next vector, because a search writes nothing. */
  let noted = new Map<string, number>();

  const search = mirroredSearch({
    since: (space, after) => file.read((prepare) => rowsSince(prepare, space, after)),
    current: (ids) => file.read((prepare) => ids.map((id) => currentRow(prepare, id, now()))),
  });

  return {
    async nearest(space, vector, limit) {
      const matches = await search.nearest(space, vector, limit);
      const time = now();
      for (const { id } of matches) noted.set(id, time);
      return matches;
    },

    set({ id, space, partition, vector, meta, lifetime }) {
      const bytes = new Uint8Array(quantized(vector).buffer);
      return file.write((prepare) => {
        const time = now();
        const update = prepare('UPDATE vector_entry SET used_at = ? WHERE id = ?');
        for (const [used, at] of noted) update.run(at, used);
        noted = new Map();
        prepare('DELETE FROM vector_entry WHERE id = ?').run(id);
        const insert = prepare(
          `INSERT INTO vector_entry (id, space, partition, vector, meta, checksum, stored_at, expires_at, used_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        );
        insert.run(id, space, partition, bytes, meta, entryChecksum(id, meta, bytes), time, time + lifetime, time);
        makeRoom(prepare, time, maximumEntries);
      });
    },

    delete(id) {
      return file.write((prepare) => {
        prepare('DELETE FROM vector_entry WHERE id = ?').run(id);
      });
    },

    async *entries(partition) {
      for (let after = 0; ; ) {
        const rows = await file.read((prepare) =>
          prepare(
            `SELECT sequence, id, partition, meta, expires_at FROM vector_entry WHERE sequence > ? ORDER BY sequence LIMIT ${BATCH}`,
          ).all(after),
        );
        const time = now();
        for (const row of rows) {
          after = Number(row.sequence);
          const { id, meta } = row;
          if (typeof id !== 'string' || typeof meta !== 'string' || Number(row.expires_at) <= time) continue;
          if (partition === undefined || row.partition === partition) yield { id, meta };
        }
        if (rows.length < BATCH) return;
      }
    },

    purge(partition) {
      return file.write((prepare) => {
        const { changes } =
          partition === undefined
            ? prepare('DELETE FROM vector_entry').run()
            : prepare('DELETE FROM vector_entry WHERE partition = ?').run(partition);
        return Number(changes);
      });
    },

    close() {
      search.clear();
      noted.clear();
    },
  };
}

/** Damaged rows are passed over. */
function rowsSince(prepare: Prepare, space: string, after: number): RowsSince {
  const select = prepare(
    'SELECT sequence, id, vector FROM vector_entry WHERE space = ? AND sequence > ? ORDER BY sequence',
  );
  const rows: RowsSince['rows'][number][] = [];
  let upTo = after;
  for (const { sequence, id, vector } of select.iterate(space, after)) {
    upTo = Number(sequence);
    if (typeof id === 'string' && vector instanceof Uint8Array) {
      rows.push({ sequence: upTo, id, vector: new Int8Array(vector) });
    }
  }
  return { rows, upTo, isEnd: true };
}

/** Null if it is gone, expired or damaged. */
function currentRow(prepare: Prepare, id: string, time: number): CurrentRow | null {
  const row = prepare(
    'SELECT sequence, vector, meta, checksum, stored_at, expires_at FROM vector_entry WHERE id = ?',
  ).get(id);
  if (row === undefined) return null;
  const { sequence, vector, meta, checksum, stored_at: storedAt, expires_at: expiresAt } = row;
  if (!(Number(expiresAt) > time) || !(Number(storedAt) <= time)) return null;
  if (typeof meta !== 'string' || !(vector instanceof Uint8Array)) return null;
  if (entryChecksum(id, meta, vector) !== Number(checksum)) return null;
  return { sequence: Number(sequence), meta, age: time - Number(storedAt) };
}

/** Expired vectors are removed first, then the least recently used. */
function makeRoom(prepare: Prepare, time: number, maximumEntries: number): void {
  prepare(
    `DELETE FROM vector_entry WHERE id IN (SELECT id FROM vector_entry WHERE expires_at <= ? LIMIT ${BATCH})`,
  ).run(time);
  const excess = Number(prepare('SELECT entries FROM vector_count').get()?.entries) - maximumEntries;
  if (excess <= 0) return;
  prepare('DELETE FROM vector_entry WHERE id IN (SELECT id FROM vector_entry ORDER BY used_at, sequence LIMIT ?)').run(
    Math.min(excess, BATCH),
  );
}
