/** Vectors in one namespace of a Pinecone index: all have the dimension of the index. */
import { serviceVectors, type VectorService } from '../service/vectors.ts';
import type { VectorStore } from '../store.ts';
import { type PineconeConnection, unlessMissing } from './client.ts';

/** Records of one page. */
const BATCH = 100;

export function pineconeVectors({ run }: PineconeConnection): VectorStore {
  const service: VectorService = {
    async write(key, vector, record) {
      const records = [{ id: key, values: normalized(vector), metadata: { ...record } }];
      await run((index) => index.upsert({ records }));
    },

    async search({ vector, space, now, limit }) {
      const filter = { space: { $eq: space }, expiresAt: { $gt: now } };
      const query = { vector: normalized(vector), topK: limit, filter, includeMetadata: true };
      const { matches } = await run((index) => index.query(query));
      return matches.map(({ id, metadata, score }) => ({ key: id, fields: metadata ?? {}, similarity: score ?? 0 }));
    },

    async *list(partition) {
      const filter = partition === null ? { expiresAt: { $gt: 0 } } : { partition: { $eq: partition } };
      for (let next: string | undefined, isFirst = true; isFirst || next !== undefined; isFirst = false) {
        const options = { filter, limit: BATCH, ...(next === undefined ? {} : { paginationToken: next }) };
        const page = await run((index) => index.fetchByMetadata(options).catch(unlessMissing));
        yield Object.entries(page?.records ?? {}).map(([key, { metadata }]) => ({ key, fields: metadata ?? {} }));
        next = page?.pagination?.next;
      }
    },

    async remove(keys) {
      if (keys.length > 0) await run((index) => index.deleteMany({ ids: [...keys] }).catch(unlessMissing));
    },

    async removeExpired(now) {
      await run((index) => index.deleteMany({ filter: { expiresAt: { $lte: now } } }).catch(unlessMissing));
    },
  };
  return serviceVectors(service);
}

/** Of length 1: the score of an index with the metric `dotproduct` is then the cosine as well. */
function normalized(vector: Float32Array): number[] {
  const length = Math.hypot(...vector);
  return Array.from(vector, (value) => (length === 0 ? 0 : value / length));
}
