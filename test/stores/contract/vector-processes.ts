/** Several processes, and several connections of one, that write, search and remove vectors at once. */
import { describe, expect, test } from 'vitest';
import { openStores } from '../open.ts';
import { type Driver, need } from './driver.ts';
import { output, startWorker } from './processes.ts';
import { numbered, SPACE, type VectorsDone, work } from './vector-worker.ts';

const ROUNDS = 8;

export function vectorProcesses({ address }: Driver): void {
  // What is in memory has one connection.
  if (address === null) return;

  describe('vectors over processes', () => {
    test('nothing is found under another id or after its removal, and everything else is there in the end', async () => {
      const shared = address();
      const stores = openStores(shared);
      const vectors = need(stores.vectors);
      // Whatever is created on first use is there before, as after the first minute of an application.
      await vectors.set({
        id: 'doomed',
        space: SPACE,
        partition: 'purged',
        vector: numbered(0),
        meta: 'doomed ',
        lifetime: 9e6,
      });
      const others = ['one', 'other'].map((worker) =>
        output(startWorker('vector-worker.ts', { address: shared, worker, rounds: ROUNDS })),
      );
      const own = work({ worker: 'own', rounds: ROUNDS }, vectors);
      expect(await vectors.purge('purged')).toBe(1);
      const done: VectorsDone[] = [await own, ...(await Promise.all(others)).map((text) => JSON.parse(text))];
      expect(done.flatMap(({ wrong }) => wrong)).toEqual([]);
      const left: string[] = [];
      for await (const { id, meta } of vectors.entries()) left.push(`${id}: ${meta}`);
      expect(left.sort()).toEqual(done.flatMap((one) => one.left).sort());
      expect(await vectors.purge('one')).toBe(2 * ROUNDS);
      for (const { id } of await vectors.nearest(SPACE, numbered(0), 100)) expect(id).not.toMatch(/^one /);
      expect(await vectors.purge()).toBe(4 * ROUNDS);
      await stores.close();
    });
  });
}
