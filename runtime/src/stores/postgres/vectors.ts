/**
 * Vectors in PostgreSQL, for all processes of all machines. With pgvector, the server compares all vectors of a space, found
 * by an index; without it, each process searches in its own memory.
 */
import { quantized } from '../../semantic/vectors/quantized.ts';
import { entryChecksum } from '../checksum.ts';
import { type CurrentRow, mirroredSearch, type VectorRows } from '../mirrored-vectors.ts';
import type { VectorMatch, VectorStore } from '../store.ts';
import type { PostgresConnection } from './connection.ts';
import type { PostgresVectorsOptions } from './options.ts';
import { COLUMN_PGVECTOR, first } from './pgvector.ts';
import { asKey } from './text.ts';
import type { Pgvector } from './vectors-schema.ts';

/** Rows that are read together. */
const BATCH = 500;
/** Damaged rows are passed over, so more than wanted are asked for. */
const SPARE = 8;

interface Row {
  readonly key: string;
  readonly sequence: string;
  readonly id: string;
  readonly meta: string;
  readonly checksum: string;
  readonly age: number;
  /** Bytes, or pgvector's text. */
  readonly vector: Uint8Array | string;
}

const AGE = '(extract(epoch FROM clock_timestamp() - stored_at) * 1000)::double precision AS age';

export function postgresVectors(
  { schema, query }: PostgresConnection,
  { maximumEntries = 100_000 }: PostgresVectorsOptions = {},
): VectorStore {
  const table = `${schema}.vector_entry`;
  /** Found by this process since its last write: a search writes nothing. */
  let found = new Set<string>();
  let known: Promise<Pgvector | null> | null = null;

  const pgvector = (): Promise<Pgvector | null> => {
    known ??= query<{ name: string }>(COLUMN_PGVECTOR, [table]).then((rows) => first({ rows }));
    known.catch(() => {
      known = null;
    });
    return known;
  };

  const rows: VectorRows = {
    since: async (space, after) => {
      const page = await query<Pick<Row, 'sequence' | 'id' | 'vector'>>(
        `SELECT sequence, id, vector FROM ${table} WHERE space = $1 AND sequence > $2 ORDER BY sequence LIMIT ${BATCH}`,
        [space, after],
      );
      const read = page.flatMap(({ sequence, id, vector }) => {
        const text = asText(id);
        return text === null ? [] : [{ sequence: Number(sequence), id: text, vector: asNumbers(vector) }];
      });
      return { rows: read, upTo: Number(page.at(-1)?.sequence ?? after), isEnd: page.length < BATCH };
    },
    current: async (ids) => {
      const keys = ids.map(asKey);
      const page = await query<Row>(
        `SELECT key, sequence, id, vector, meta, checksum, ${AGE} FROM ${table}
         WHERE key = ANY ($1) AND expires_at > clock_timestamp()`,
        [keys],
      );
      const byKey = new Map(page.map((row) => [row.key, row]));
      return keys.map((key) => {
        const row = byKey.get(key);
        return row === undefined ? null : wholeRow(row);
      });
    },
  };
  const mirror = mirroredSearch(rows);

  async function nearestByServer(space: string, vector: Float32Array, limit: number, { schema: at }: Pgvector) {
    const distance = `vector OPERATOR(${at}.<=>) $2::${at}.halfvec`;
    const page = await query<Row & { distance: number }>(
      `SELECT key, sequence, id, vector, meta, checksum, ${AGE}, ${distance} AS distance FROM ${table}
       WHERE space = $1 AND expires_at > clock_timestamp() ORDER BY ${distance} LIMIT $3`,
      [space, asHalfvec(quantized(vector)), limit + SPARE],
    );
    const matches: VectorMatch[] = [];
    for (const row of page) {
      const whole = wholeRow(row);
      if (whole !== null) matches.push({ ...whole, similarity: 1 - row.distance });
    }
    return matches.slice(0, limit);
  }

  return {
    async nearest(space, vector, limit) {
      const [at, name] = [await pgvector(), spaceKey(space, vector)];
      const matches = at === null ? mirror.nearest(name, vector, limit) : nearestByServer(name, vector, limit, at);
      for (const { id } of await matches) found.add(asKey(id));
      return matches;
    },

    async set({ id, space, partition, vector, meta, lifetime }) {
      const at = await pgvector();
      const numbers = quantized(vector);
      const bytes = asBytes(numbers);
      const used = [...found];
      found = new Set();
      await query(`SELECT ${schema}.vector_set($1, $2, $3, $4, $5, $6, $7, $8::float8 * interval '1 ms', $9, $10)`, [
        asKey(id),
        JSON.stringify(id),
        spaceKey(space, vector),
        asKey(partition),
        at === null ? Buffer.from(bytes) : asHalfvec(numbers),
        JSON.stringify(meta),
        entryChecksum(id, meta, bytes),
        lifetime,
        used,
        maximumEntries,
      ]);
    },

    async delete(id) {
      await query(`SELECT ${schema}.vector_delete($1, NULL)`, [asKey(id)]);
    },

    async *entries(partition) {
      for (let after = '0'; ; ) {
        const page = await query<Pick<Row, 'sequence' | 'id' | 'meta'>>(
          `SELECT sequence, id, meta FROM ${table} WHERE sequence > $1 AND ($2::text IS NULL OR partition = $2)
             AND expires_at > clock_timestamp() ORDER BY sequence LIMIT ${BATCH}`,
          [after, partition === undefined ? null : asKey(partition)],
        );
        for (const row of page) {
          const [id, meta] = [asText(row.id), asText(row.meta)];
          if (id !== null && meta !== null) yield { id, meta };
        }
        if (page.length < BATCH) return;
        after = page.at(-1)?.sequence ?? after;
      }
    },

    async purge(partition) {
      const [row] = await query<{ removed: string }>(`SELECT ${schema}.vector_delete(NULL, $1) AS removed`, [
        partition === undefined ? null : asKey(partition),
      ]);
      return Number(row?.removed ?? 0);
    },

    close() {
      mirror.clear();
      found.clear();
    },
  };
}

/** Vectors of another dimension are in another space. */
function spaceKey(space: string, { length }: Float32Array): string {
  return asKey(`${length} ${space}`);
}

/** Null if it is damaged. */
function wholeRow(row: Row): (CurrentRow & { readonly id: string }) | null {
  const [id, meta] = [asText(row.id), asText(row.meta)];
  if (id === null || meta === null || !(row.age >= 0)) return null;
  if (entryChecksum(id, meta, asBytes(asNumbers(row.vector))) !== Number(row.checksum)) return null;
  return { id, sequence: Number(row.sequence), meta, age: row.age };
}

function asText(json: string): string | null {
  try {
    const text: unknown = JSON.parse(json);
    return typeof text === 'string' ? text : null;
  } catch {
    return null;
  }
}

function asHalfvec(numbers: Int8Array): string {
  return `[${numbers.join()}]`;
}

function asNumbers(vector: Uint8Array | string): Int8Array {
  return typeof vector === 'string' ? Int8Array.from(JSON.parse(vector) as number[]) : new Int8Array(vector);
}

function asBytes({ buffer, byteOffset, byteLength }: Int8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
