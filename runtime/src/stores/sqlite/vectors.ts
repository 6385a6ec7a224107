/**
 * Vectors in the file, for all processes of one machine. Each process searches an index in its memory, which it brings up
 * to date before each search; whatever it finds is read again, so that nothing deleted or expired is returned.
 */
import { quantized } from '../../semantic/vectors/quantized.ts';
import { type Neighbour, type VectorIndex, vectorIndex } from '../../semantic/vectors/vector-index.ts';
import { entryChecksum } from '../checksum.ts';
import { type Clock, steady } from '../clock.ts';
import type { VectorMatch, VectorStore } from '../store.ts';
import type { Prepare, SqliteFile } from './file.ts';
import type { SqliteVectorsOptions } from './options.ts';

/** The vectors of one space and dimension, up to a row of the table. */
interface Loaded {
  readonly index: VectorIndex;
  /** The row of each vector: a vector that is set again has a new one. */
  readonly rows: Map<string, number>;
  upTo: number;
}

/** Vectors that are gone by now are passed over, so more than wanted are asked for. */
const SPARE = 8;
/** Searches that are repeated because too many of the found vectors were gone. */
const MAX_SEARCHES = 8;
/** Rows that are read or removed together. */
const BATCH = 500;

export function sqliteVectors(
  file: SqliteFile,
  clock: Clock,
  { maximumEntries = 100_000 }: SqliteVectorsOptions = {},
): VectorStore {
  const now = steady(clock);
  const loaded = new Map<string, Loaded>();

  /** When vectors were last found in this process: written with the next vector, because a search writes nothing. */
  let noted = new Map<string, number>();

  const bringUpToDate = (prepare: Prepare, space: string, dimension: number): Loaded => {
    const name = `${dimension} ${space}`;
    const known = loaded.get(name) ?? { index: vectorIndex(dimension), rows: new Map(), upTo: 0 };
    loaded.set(name, known);
    const select = prepare(
      'SELECT sequence, id, vector FROM vector_entry WHERE space = ? AND sequence > ? ORDER BY sequence',
    );
    for (const { sequence, id, vector } of select.iterate(space, known.upTo)) {
      known.upTo = Number(sequence);
      if (typeof id !== 'string' || !(vector instanceof Uint8Array) || vector.length !== dimension) continue;
      known.index.set(id, Float32Array.from(new Int8Array(vector)));
      known.rows.set(id, Number(sequence));
    }
    return known;
  };

  /** Null if the vector is not what the index has any more. */
  const current = (prepare: Prepare, { index, rows }: Loaded, { id, similarity }: Neighbour): VectorMatch | null => {
    const time = now();
    const row = prepare(
      'SELECT sequence, vector, meta, checksum, stored_at, expires_at FROM vector_entry WHERE id = ?',
    ).get(id);
    if (row === undefined || row.sequence !== rows.get(id)) {
      index.delete(id);
      rows.delete(id);
      return null;
    }
    const { vector, meta, checksum, stored_at: storedAt, expires_at: expiresAt } = row;
    if (!(Number(expiresAt) > time) || !(Number(storedAt) <= time)) return null;
    if (typeof meta !== 'string' || !(vector instanceof Uint8Array)) return null;
    if (entryChecksum(id, meta, vector) !== Number(checksum)) return null;
    return { id, similarity, meta, age: time - Number(storedAt) };
  };

  const searched = (prepare: Prepare, space: string, vector: Float32Array, limit: number): readonly VectorMatch[] => {
    const known = bringUpToDate(prepare, space, vector.length);
    let matches: readonly VectorMatch[] = [];
    for (let wanted = limit + SPARE, search = 0; search < MAX_SEARCHES; wanted *= 2, search++) {
      const found = known.index.nearest(vector, wanted);
      matches = found.map((one) => current(prepare, known, one)).filter((match) => match !== null);
      if (matches.length >= limit || found.length < wanted) break;
    }
    return matches.slice(0, limit);
  };

  return {
    nearest(space, vector, limit) {
      return file.read((prepare) => {
        const matches = searched(prepare, space, vector, limit);
        const time = now();
        for (const { id } of matches) noted.set(id, time);
        return matches;
      });
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
      loaded.clear();
      noted.clear();
    },
  };
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
