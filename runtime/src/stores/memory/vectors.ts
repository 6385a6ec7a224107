/** Vectors of one process. */
import { type VectorIndex, vectorIndex } from '../../semantic/vectors/vector-index.ts';
import { type Clock, steady } from '../clock.ts';
import type { VectorMatch, VectorStore } from '../store.ts';

export interface MemoryVectorsOptions {
  /** The maximum number of vectors; 100,000 by default. The least recently used are evicted first. */
  readonly maximumEntries?: number;
  readonly clock?: Clock;
}

interface Kept {
  readonly index: string;
  readonly partition: string;
  readonly meta: string;
  readonly storedAt: number;
  readonly expiresAt: number;
}

/** Vectors that have expired are passed over, so more than wanted are asked for. */
const SPARE = 8;

export function memoryVectors({ maximumEntries = 100_000, clock = Date.now }: MemoryVectorsOptions = {}): VectorStore {
  const now = steady(clock);
  /** By space and dimension: vectors of another dimension are in another index. */
  const indexes = new Map<string, VectorIndex>();
  /** The least recently used first. A cache library would reserve its full size for each meter. */
  const entries = new Map<string, Kept>();

  const remove = (id: string): void => {
    const entry = entries.get(id);
    if (entry === undefined) return;
    entries.delete(id);
    const index = indexes.get(entry.index);
    index?.delete(id);
    if (index?.size() === 0) indexes.delete(entry.index);
  };

  return {
    nearest(space, vector, limit) {
      const index = indexes.get(nameOf(space, vector));
      const time = now();
      for (;;) {
        const matches: VectorMatch[] = [];
        let removed = 0;
        for (const { id, similarity } of index?.nearest(vector, limit + SPARE) ?? []) {
          const entry = entries.get(id);
          if (entry === undefined) continue;
          if (entry.expiresAt > time) {
            matches.push({ id, similarity, meta: entry.meta, age: time - entry.storedAt });
          } else {
            remove(id);
            removed++;
          }
        }
        // Behind those that had expired there may be others.
        if (removed > 0 && matches.length < limit) continue;
        const nearest = matches.slice(0, limit);
        for (const { id } of nearest) reinsert(entries, id);
        return nearest;
      }
    },

    set({ id, space, partition, vector, meta, lifetime }) {
      remove(id);
      const [oldest] = entries.keys();
      if (oldest !== undefined && entries.size >= maximumEntries) remove(oldest);
      const name = nameOf(space, vector);
      const index = indexes.get(name) ?? vectorIndex(vector.length);
      indexes.set(name, index);
      index.set(id, vector);
      const storedAt = now();
      entries.set(id, { index: name, partition, meta, storedAt, expiresAt: storedAt + lifetime });
    },

    delete: remove,

    async *entries(partition) {
      const time = now();
      for (const [id, { partition: own, expiresAt, meta }] of [...entries]) {
        if ((partition ?? own) === own && expiresAt > time) yield { id, meta };
      }
    },

    purge(partition) {
      const ids = [...entries].filter(([, entry]) => (partition ?? entry.partition) === entry.partition);
      for (const [id] of ids) remove(id);
      return ids.length;
    },

    close() {
      entries.clear();
      indexes.clear();
    },
  };
}

function nameOf(space: string, { length }: Float32Array): string {
  return `${length} ${space}`;
}

/** Makes an entry the most recently used. */
function reinsert(entries: Map<string, Kept>, id: string): void {
  const entry = entries.get(id);
  if (entry === undefined) return;
  entries.delete(id);
  entries.set(id, entry);
}
