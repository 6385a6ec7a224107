/**
 * One of several processes that share vectors: `node vector-worker.ts JSON`. It writes, searches, replaces and removes at
 * once, and prints what was wrong and what it left behind, as one line of JSON.
 */
import type { VectorStore } from '../../../runtime/src/stores/store.ts';
import { openStores, type StoreAddress } from '../open.ts';
import { need } from './driver.ts';

export interface VectorWork {
  readonly address: StoreAddress;
  /** Begins its ids, and names its partition. */
  readonly worker: string;
  readonly rounds: number;
}

export interface VectorsDone {
  readonly wrong: readonly string[];
  readonly left: readonly string[];
}

/** The space that all workers share. */
export const SPACE = 'shared';

/** Vectors of one number are near each other, and far from those of another. */
export function numbered(number: number): Float32Array {
  const angle = number * 0.61;
  return Float32Array.from({ length: 8 }, (_, at) => Math.cos(angle * (at + 1)));
}

export async function work(
  { worker, rounds }: Omit<VectorWork, 'address'>,
  vectors: VectorStore,
): Promise<VectorsDone> {
  const wrong: string[] = [];
  const removed = new Set<string>();
  const left = new Map<string, string>();
  /** The last write of each id that was begun: a search may see it before its own answer has come. */
  const begun = new Map<string, string>();
  const set = async (id: string, number: number, meta: string): Promise<void> => {
    begun.set(id, meta);
    await vectors.set({ id, space: SPACE, partition: worker, vector: numbered(number), meta, lifetime: 3_600_000 });
    left.set(id, meta);
  };

  const remove = async (id: string): Promise<void> => {
    await vectors.delete(id);
    removed.add(id);
    left.delete(id);
  };

  /** Whatever is found belongs to its id, is the latest of this worker's own, and was not removed before. */
  const search = async (number: number): Promise<void> => {
    const before = { removed: new Set(removed), left: new Map(left) };
    for (const { id, meta, similarity } of await vectors.nearest(SPACE, numbered(number), 16)) {
      if (!meta.startsWith(`${id} `)) wrong.push(`${id} has the meta of another: ${meta}`);
      if (!(similarity <= 1.001)) wrong.push(`${id} has the similarity ${similarity}`);
      if (before.removed.has(id)) wrong.push(`${id} was removed, and found`);
      const own = before.left.get(id);
      if (own !== undefined && own === begun.get(id) && own !== meta) wrong.push(`${id} has an old meta: ${meta}`);
    }
  };

  for (let round = 0; round < rounds; round++) {
    const ids = [0, 1, 2].map((index) => `${worker} ${round} ${index}`) as [string, string, string];
    await Promise.all([...ids.map((id) => set(id, round, `${id} first`)), search(round)]);
    const [replaced, deleted] = ids;
    await Promise.all([set(replaced, round, `${replaced} second`), remove(deleted), search(round)]);
    await search(round);
  }
  return { wrong, left: [...left].map(([id, meta]) => `${id}: ${meta}`).sort() };
}

if (process.argv[1] === import.meta.filename) {
  const task = JSON.parse(process.argv[2] ?? '') as VectorWork;
  const stores = openStores(task.address);
  process.stdout.write(`${JSON.stringify(await work(task, need(stores.vectors)))}\n`);
  await stores.close();
}
