/** Vectors in Redis, for all processes of all machines. It needs no module: each process searches in its own memory. */
import { quantized } from '../../semantic/vectors/quantized.ts';
import { entryChecksum } from '../checksum.ts';
import { type CurrentRow, mirroredSearch, type VectorRows } from '../mirrored-vectors.ts';
import type { VectorStore } from '../store.ts';
import type { RedisConnection, RedisScript } from './connection.ts';
import { CURRENT, DELETE, LIST, SET, SINCE } from './vectors-lua.ts';

/** The oldest are removed first. */
const MAXIMUM_ENTRIES = 100_000;
/** Rows that are read or removed together. */
const BATCH = 500;
/** Texts of one row of `CURRENT`. */
const FIELDS = 6;

export function redisVectors(connection: RedisConnection): VectorStore {
  const tag = `{${connection.namespace}:vectors}`;
  const [counter, all] = [`${tag}:counter`, `${tag}:all`];
  const spaceKey = (space: string): string => `${tag}:space:${space}`;
  const run = async (script: RedisScript, keys: readonly string[], values: readonly (string | number)[]) =>
    (await connection.script(script, keys, [tag, ...values])) as string[];

  const fieldsOf = async (ids: readonly string[]): Promise<readonly (readonly string[])[]> => {
    const texts = ids.length === 0 ? [] : await run(CURRENT, [all], ids);
    return ids.map((_, at) => texts.slice(at * FIELDS, (at + 1) * FIELDS));
  };

  const rows: VectorRows = {
    since: async (space, after) => {
      const [count, upTo, ...texts] = await run(SINCE, [spaceKey(space)], [after, BATCH]);
      const found = Array.from({ length: texts.length / 3 }, (_, at) => {
        const [sequence, id = '', vector = ''] = texts.slice(at * 3, at * 3 + 3);
        return { sequence: Number(sequence), id, vector: new Int8Array(Buffer.from(vector, 'base64')) };
      });
      return { rows: found, upTo: Number(upTo), isEnd: Number(count) < BATCH };
    },
    current: async (ids) => (await fieldsOf(ids)).map((fields, at) => currentOf(ids[at] ?? '', fields)),
  };

  const { nearest, clear } = mirroredSearch(rows);

  /** Ids in the order of their writes, a page at a time. */
  async function* pages(): AsyncGenerator<readonly string[]> {
    for (let after = '0'; ; ) {
      const found = await run(LIST, [all], [after, BATCH]);
      const ids = found.filter((_, at) => at % 2 === 0);
      if (ids.length > 0) yield ids;
      if (ids.length < BATCH) return;
      after = found.at(-1) ?? after;
    }
  }

  return {
    nearest,

    async set({ id, space, partition, vector, meta, lifetime }) {
      const bytes = new Uint8Array(quantized(vector).buffer);
      const text = Buffer.from(bytes).toString('base64');
      const values = [id, partition, text, meta, entryChecksum(id, meta, bytes), lifetime, MAXIMUM_ENTRIES];
      await run(SET, [counter, `${tag}:entry:${id}`, spaceKey(space), all], values);
    },

    async delete(id) {
      await run(DELETE, [all], ['0', '', id]);
    },

    async *entries(partition) {
      for await (const ids of pages()) {
        for (const [at, [sequence, , meta = '', , , own]] of (await fieldsOf(ids)).entries()) {
          if (sequence !== '' && (partition === undefined || partition === own)) yield { id: ids[at] ?? '', meta };
        }
      }
    },

    async purge(partition) {
      let count = 0;
      for await (const ids of pages()) {
        count += Number(await run(DELETE, [all], [partition === undefined ? '0' : '1', partition ?? '', ...ids]));
      }
      return count;
    },

    close: clear,
  };
}

/** Null for an entry that is gone or damaged. */
function currentOf(
  id: string,
  [sequence, vector = '', meta = '', checksum, age = '']: readonly string[],
): CurrentRow | null {
  if (sequence === undefined || sequence === '' || age === '' || Number(age) < 0) return null;
  if (entryChecksum(id, meta, Buffer.from(vector, 'base64')) !== Number(checksum)) return null;
  return { sequence: Number(sequence), meta, age: Number(age) };
}
