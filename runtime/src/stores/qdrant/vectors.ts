/** Vectors in Qdrant: one collection for each dimension, because all vectors of a collection have the same one. */
import { type Stored, serviceVectors, type VectorService } from '../service/vectors.ts';
import type { VectorStore } from '../store.ts';
import { type QdrantConnection, statusOf } from './client.ts';

/** Points of one page. */
const BATCH = 500;

/** By which points are found: without an index, a filter looks through all. Spaces are what Qdrant calls tenants. */
const INDEXES = {
  space: { type: 'keyword', is_tenant: true },
  partition: { type: 'keyword' },
  expiresAt: { type: 'integer' },
} as const;

export function qdrantVectors({ run }: QdrantConnection, collection: string): VectorStore {
  const nameOf = (dimension: number): string => `${collection}-${dimension}`;

  /** Those of all processes, so it is asked for each time. */
  const collections = async (): Promise<readonly string[]> => {
    const { collections: all } = await run((client) => client.getCollections());
    return all.map(({ name }) => name).filter((name) => name.startsWith(`${collection}-`) && /-\d+$/.test(name));
  };

  const create = async (name: string, size: number): Promise<void> => {
    await run((client) => client.createCollection(name, { vectors: { size, distance: 'Cosine' } }).catch(unlessThere));
    for (const [field_name, field_schema] of Object.entries(INDEXES)) {
      await run((client) => client.createPayloadIndex(name, { field_name, field_schema, wait: true }));
    }
  };

  const remove = async (names: readonly string[], points: readonly string[]): Promise<void> => {
    await Promise.all(
      names.map((name) => run((client) => client.delete(name, { points: [...points], wait: true }).catch(unlessGone))),
    );
  };

  const service: VectorService = {
    async write(key, vector, record) {
      const name = nameOf(vector.length);
      const all = await collections();
      if (!all.includes(name)) await create(name, vector.length);
      const point = { id: key, vector: Array.from(vector), payload: { ...record } };
      await run((client) => client.upsert(name, { points: [point], wait: true }));
      await remove(
        all.filter((other) => other !== name),
        [key],
      );
    },

    async search({ vector, space, now, limit }) {
      const must = [
        { key: 'space', match: { value: space } },
        { key: 'expiresAt', range: { gt: now } },
      ];
      const query = { query: Array.from(vector), filter: { must }, limit, with_payload: true };
      // Nothing of this dimension was written yet.
      const { points } = (await run((client) => client.query(nameOf(vector.length), query).catch(unlessGone))) ?? {
        points: [],
      };
      return points.map(({ id, payload, score }) => ({ key: String(id), fields: payload ?? {}, similarity: score }));
    },

    async *list(partition) {
      const filter =
        partition === null ? {} : { filter: { must: [{ key: 'partition', match: { value: partition } }] } };
      for (const name of await collections()) {
        let offset: Offset;
        do {
          const page = await run((client) =>
            client.scroll(name, { ...filter, limit: BATCH, with_payload: true, ...(offset == null ? {} : { offset }) }),
          );
          yield page.points.map(({ id, payload }): Stored => ({ key: String(id), fields: payload ?? {} }));
          offset = page.next_page_offset as Offset;
        } while (offset != null);
      }
    },

    remove: async (keys) => remove(await collections(), keys),

    async removeExpired(now) {
      const filter = { must: [{ key: 'expiresAt', range: { lte: now } }] };
      for (const name of await collections()) {
        await run((client) => client.delete(name, { filter, wait: false }).catch(unlessGone));
      }
    },
  };
  return serviceVectors(service);
}

type Offset = string | number | null | undefined;

/** Another process has created it meanwhile. */
function unlessThere(error: unknown): boolean {
  if (statusOf(error) === 409) return true;
  throw error;
}

/** Null for a collection that is not there, or not any more. */
function unlessGone(error: unknown): null {
  if (statusOf(error) === 404) return null;
  throw error;
}
