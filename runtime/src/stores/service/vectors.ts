/** A vector store on a service that compares vectors itself. A driver has the few calls of its service; the rest is here. */
import type { VectorMatch, VectorStore } from '../store.ts';
import { partitionHash, readRecord, recordKey, recordOf, spaceHash, type VectorRecord } from './record.ts';

export interface Stored {
  readonly key: string;
  /** As the service returns them: they may be damaged. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Every call fails with a `StoreError`, within the time limit. */
export interface VectorService {
  /** Replaces what has the same key, in vectors of another dimension too. */
  readonly write: (key: string, vector: Float32Array, record: VectorRecord) => Promise<void>;
  /** The nearest of a space that expire after a time, the nearest first. */
  readonly search: (query: {
    readonly vector: Float32Array;
    readonly space: string;
    readonly now: number;
    readonly limit: number;
  }) => Promise<readonly (Stored & { readonly similarity: number })[]>;
  /** Pages of everything, or of one partition. What was listed may be removed before the next page is read. */
  readonly list: (partition: string | null) => AsyncIterable<readonly Stored[]>;
  readonly remove: (keys: readonly string[]) => Promise<void>;
  readonly removeExpired: (now: number) => Promise<void>;
}

/** Damaged records are passed over, so more than wanted are asked for. */
const SPARE = 8;
/** Milliseconds between two removals of what has expired, in one process. */
const CLEANING = 60_000;

export function serviceVectors(service: VectorService): VectorStore {
  let cleanedAt = Date.now();

  async function removeExpired(now: number): Promise<void> {
    if (now - cleanedAt < CLEANING) return;
    cleanedAt = now;
    await service.removeExpired(now);
  }

  return {
    async nearest(space, vector, limit) {
      const now = Date.now();
      const query = { vector, space: spaceHash(space, vector.length), now, limit: limit + SPARE };
      const matches: VectorMatch[] = [];
      for (const { key, fields, similarity } of await service.search(query)) {
        const read = readRecord(key, fields);
        if (read === null || read.expiresAt <= now) continue;
        // The process that wrote it may be ahead of this one.
        const age = Math.max(0, now - read.storedAt);
        matches.push({ id: read.id, meta: read.meta, similarity, age });
      }
      return matches.slice(0, limit);
    },

    async set({ vector, ...write }) {
      const now = Date.now();
      await service.write(recordKey(write.id), vector, recordOf(write, vector.length, now));
      await removeExpired(now);
    },

    async delete(id) {
      await service.remove([recordKey(id)]);
    },

    async *entries(partition) {
      for await (const page of service.list(partition === undefined ? null : partitionHash(partition))) {
        const now = Date.now();
        for (const { key, fields } of page) {
          const read = readRecord(key, fields);
          if (read !== null && read.expiresAt > now) yield { id: read.id, meta: read.meta };
        }
      }
    },

    async purge(partition) {
      let count = 0;
      for await (const page of service.list(partition === undefined ? null : partitionHash(partition))) {
        await service.remove(page.map(({ key }) => key));
        count += page.length;
      }
      return count;
    },

    close() {},
  };
}
