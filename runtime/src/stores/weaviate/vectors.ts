/** Vectors in Weaviate: one collection for each dimension, because all vectors of an index have the same one. */
import type { Collection, FilterValue, WeaviateClass } from 'weaviate-client';
import { joining } from '../service/joining.ts';
import type { VectorRecord } from '../service/record.ts';
import { type Stored, serviceVectors, type VectorService } from '../service/vectors.ts';
import type { VectorStore } from '../store.ts';
import { type ConnectedWeaviate, isMissing, type WeaviateConnection } from './client.ts';

/** Objects of one page. */
const BATCH = 500;

/** What is filtered by is compared as a whole, and nothing is searched by its words. */
const PROPERTIES: NonNullable<WeaviateClass['properties']> = [
  { name: 'space', dataType: ['text'], tokenization: 'field', indexFilterable: true, indexSearchable: false },
  { name: 'partition', dataType: ['text'], tokenization: 'field', indexFilterable: true, indexSearchable: false },
  { name: 'entry', dataType: ['text'], tokenization: 'field', indexFilterable: false, indexSearchable: false },
  { name: 'checksum', dataType: ['number'], indexFilterable: false },
  { name: 'storedAt', dataType: ['number'], indexFilterable: false },
  { name: 'expiresAt', dataType: ['number'], indexFilterable: true },
];

type Records = Collection<{ [Name in keyof VectorRecord]: VectorRecord[Name] }>;

export function weaviateVectors({ run }: WeaviateConnection, collection: string): VectorStore {
  const nameOf = (dimension: number): string => `${collection}_${dimension}`;

  /** Calls to one collection; null if it is not there. */
  const within = <Value>(name: string, calls: (records: Records, connected: ConnectedWeaviate) => Promise<Value>) =>
    run(async (connected): Promise<Value | null> => {
      try {
        return await calls(connected.client.collections.get(name) as unknown as Records, connected);
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    });

  /** Those of all processes, so it is asked for each time. */
  const list = joining(async (prefix) => {
    const all = await run(({ client }) => client.collections.listAll());
    return all.map(({ name }) => name).filter((name) => name.startsWith(`${prefix}_`) && /_\d+$/.test(name));
  });
  const collections = () => list(collection);

  const create = joining((name) =>
    run(async ({ client }) => {
      const schema = {
        class: name,
        vectorizer: 'none',
        vectorIndexConfig: { distance: 'cosine' },
        properties: PROPERTIES,
      };
      try {
        await client.collections.createFromSchema(schema);
      } catch (error) {
        // Another process has created it meanwhile.
        if (!(await client.collections.exists(name))) throw error;
      }
    }),
  );

  const removeWhere = (name: string, filterOf: (records: Records) => FilterValue): Promise<unknown> =>
    within(name, (records) => records.data.deleteMany(filterOf(records)));

  const remove = async (names: readonly string[], keys: readonly string[]): Promise<void> => {
    if (keys.length === 0) return;
    await Promise.all(names.map((name) => removeWhere(name, ({ filter }) => filter.byId().containsAny([...keys]))));
  };

  const service: VectorService = {
    async write(key, vector, record) {
      const name = nameOf(vector.length);
      const all = await collections();
      if (!all.includes(name)) await create(name);
      // An object that is there is replaced.
      const written = await within(name, (records) =>
        records.data.insertMany([{ id: key, properties: { ...record }, vectors: Array.from(vector) }]),
      );
      for (const { message } of Object.values(written?.errors ?? {}))
        await run(() => Promise.reject(new Error(message)));
      await remove(
        all.filter((other) => other !== name),
        [key],
      );
    },

    async search({ vector, space, now, limit }) {
      const found = await within(nameOf(vector.length), ({ query, filter }, { sdk }) => {
        const filters = sdk.Filters.and(
          filter.byProperty('space').equal(space),
          filter.byProperty('expiresAt').greaterThan(now),
        );
        return query.nearVector(Array.from(vector), { limit, filters, returnMetadata: ['distance'] });
      });
      // Nothing of this dimension was written yet.
      return (found?.objects ?? []).map(({ uuid, properties, metadata }) => {
        return { key: uuid, fields: properties, similarity: 1 - (metadata?.distance ?? 1) };
      });
    },

    async *list(partition) {
      for (const name of await collections()) {
        for (let after: string | undefined, isEnd = false; !isEnd; ) {
          const cursor = after === undefined ? {} : { after };
          const page = await within(name, ({ query }) => query.fetchObjects({ limit: BATCH, ...cursor }));
          const objects = page?.objects ?? [];
          // A cursor takes no filter.
          yield objects
            .filter(({ properties }) => partition === null || properties.partition === partition)
            .map(({ uuid, properties }): Stored => ({ key: uuid, fields: properties }));
          after = objects.at(-1)?.uuid;
          isEnd = objects.length < BATCH;
        }
      }
    },

    remove: async (keys) => remove(await collections(), keys),

    async removeExpired(now) {
      for (const name of await collections()) {
        await removeWhere(name, ({ filter }) => filter.byProperty('expiresAt').lessOrEqual(now));
      }
    },
  };
  return serviceVectors(service);
}
