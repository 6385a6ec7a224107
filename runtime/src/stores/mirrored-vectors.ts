/**
 * Searches vectors that a server or a file keeps for many processes: in an index in the memory of this one, which is
 * brought up to date before each search. Whatever it finds is read again, so that nothing deleted or expired is returned.
 */
import { type Neighbour, type VectorIndex, vectorIndex } from '../semantic/vectors/vector-index.ts';
import type { MaybePromise, VectorMatch, VectorStore } from './store.ts';

/** What is kept there; rows are numbered in the order in which they become visible, and a number is used once. */
export interface VectorRows {
  /** The rows of a space after a number, in order. `upTo` is where to go on. */
  readonly since: (space: string, after: number) => MaybePromise<RowsSince>;
  /** The current rows of these ids; null for those that are gone, expired or damaged. */
  readonly current: (ids: readonly string[]) => MaybePromise<readonly (CurrentRow | null)[]>;
}

export interface RowsSince {
  readonly rows: readonly { readonly sequence: number; readonly id: string; readonly vector: Int8Array }[];
  readonly upTo: number;
  readonly isEnd: boolean;
}

export interface CurrentRow {
  readonly sequence: number;
  readonly meta: string;
  readonly age: number;
}

interface Mirror {
  readonly index: VectorIndex;
  /** The row of each vector: a vector that is set again has a new one. */
  readonly sequences: Map<string, number>;
  upTo: number;
}

/** Vectors that are gone by now are passed over, so more than wanted are asked for. */
const SPARE = 8;
/** Searches that are repeated because too many of the found vectors were gone. */
const MAX_SEARCHES = 8;

export interface MirroredSearch {
  readonly nearest: VectorStore['nearest'];
  readonly clear: () => void;
}

export function mirroredSearch(source: VectorRows): MirroredSearch {
  const mirrors = new Map<string, Mirror>();

  const upToDate = async (space: string, dimension: number): Promise<Mirror> => {
    const name = `${dimension} ${space}`;
    const mirror = mirrors.get(name) ?? { index: vectorIndex(dimension), sequences: new Map(), upTo: 0 };
    mirrors.set(name, mirror);
    for (;;) {
      const { rows, upTo, isEnd } = await source.since(space, mirror.upTo);
      for (const { sequence, id, vector } of rows) {
        if (vector.length !== dimension || sequence <= (mirror.sequences.get(id) ?? 0)) continue;
        mirror.index.set(id, Float32Array.from(vector));
        mirror.sequences.set(id, sequence);
      }
      // Another search may have come further meanwhile.
      mirror.upTo = Math.max(mirror.upTo, upTo);
      if (isEnd) return mirror;
    }
  };

  const currentOf = async ({ index, sequences }: Mirror, found: readonly Neighbour[]): Promise<VectorMatch[]> => {
    const known = found.map(({ id }) => sequences.get(id));
    const rows = await source.current(found.map(({ id }) => id));
    const matches: VectorMatch[] = [];
    for (const [at, { id, similarity }] of found.entries()) {
      const row = rows[at] ?? null;
      if (row !== null && row.sequence === known[at]) matches.push({ id, similarity, meta: row.meta, age: row.age });
      else if (sequences.get(id) === known[at]) {
        index.delete(id);
        sequences.delete(id);
      }
    }
    return matches;
  };

  return {
    nearest: async (space, vector, limit) => {
      const mirror = await upToDate(space, vector.length);
      let matches: readonly VectorMatch[] = [];
      for (let search = 0; search < MAX_SEARCHES; search++) {
        const found = mirror.index.nearest(vector, limit + SPARE);
        matches = await currentOf(mirror, found);
        if (matches.length >= limit || matches.length === found.length) break;
      }
      return matches.slice(0, limit);
    },
    clear: () => mirrors.clear(),
  };
}
