/** Vectors of the semantic cache. How many fit is in the tests of the drivers that bound it themselves. */
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { VectorStore } from '../../../runtime/src/stores/store.ts';
import { failure } from '../failure.ts';
import { inTime } from '../in-time.ts';
import { openStores } from '../open.ts';
import { type Driver, need } from './driver.ts';

/** At this angle, in degrees, from the first axis. */
function at(angle: number, dimension = 8): Float32Array {
  const vector = new Float32Array(dimension);
  vector[0] = Math.cos((angle * Math.PI) / 180);
  vector[1] = Math.sin((angle * Math.PI) / 180);
  return vector;
}

interface More {
  readonly space?: string;
  readonly partition?: string;
  readonly lifetime?: number;
  readonly meta?: string;
}

function write(vectors: VectorStore, id: string, vector: Float32Array, more: More = {}) {
  return vectors.set({
    id,
    vector,
    space: 'space',
    partition: 'tenant',
    meta: `{"id":"${id}"}`,
    lifetime: 3_600_000,
    ...more,
  });
}

async function idsOf(vectors: VectorStore, partition?: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { id } of vectors.entries(partition)) ids.push(id);
  return ids.sort();
}

const nearestIds = async (vectors: VectorStore, vector: Float32Array, limit = 10, space = 'space') =>
  (await vectors.nearest(space, vector, limit)).map(({ id }) => id);

export function vectorContract(driver: Driver): void {
  describe('vectors', () => {
    let vectors: VectorStore;
    beforeEach(async () => {
      vectors = need((await driver.open()).vectors);
    });

    test('the nearest come first, with their cosine, their meta and their age', async () => {
      expect(await vectors.nearest('space', at(0), 3)).toEqual([]);
      for (const angle of [80, 10, 40, 20]) await write(vectors, `at ${angle}`, at(angle));
      await driver.pass(50);
      const found = await vectors.nearest('space', at(0), 3);
      expect(found.map(({ id, meta }) => [id, meta])).toEqual(
        ['at 10', 'at 20', 'at 40'].map((id) => [id, `{"id":"${id}"}`]),
      );
      for (const [index, angle] of [10, 20, 40].entries()) {
        expect(found[index]?.similarity).toBeCloseTo(Math.cos((angle * Math.PI) / 180), 1);
        expect(found[index]?.age).toBeGreaterThanOrEqual(45);
      }
    });

    test('the length of a vector carries no meaning', async () => {
      await write(
        vectors,
        'long',
        at(20).map((value) => value * 1000),
      );
      await write(
        vectors,
        'short',
        at(10).map((value) => value / 1000),
      );
      expect(
        await nearestIds(
          vectors,
          at(0).map((value) => value * 50),
        ),
      ).toEqual(['short', 'long']);
    });

    test('only vectors of the same space and dimension are compared', async () => {
      await write(vectors, 'here', at(10));
      await write(vectors, 'there', at(0), { space: 'other' });
      const longer = () => write(vectors, 'longer', at(0, 16));
      if (driver.dimension === undefined) await longer();
      else expect(await failure(longer)).toMatchObject({ failure: 'refused' });
      expect(await nearestIds(vectors, at(0))).toEqual(['here']);
      expect(await nearestIds(vectors, at(0), 10, 'other')).toEqual(['there']);
      if (driver.dimension === undefined) expect(await nearestIds(vectors, at(0, 16))).toEqual(['longer']);
      expect(await nearestIds(vectors, at(0), 10, 'spac')).toEqual([]);
    });

    test('setting again replaces, in another space too', async () => {
      await write(vectors, 'a', at(80));
      await write(vectors, 'b', at(40));
      await write(vectors, 'a', at(0), { meta: 'new' });
      expect(await vectors.nearest('space', at(0), 1)).toMatchObject([{ id: 'a', meta: 'new' }]);
      await write(vectors, 'a', at(0), { space: 'other' });
      expect(await nearestIds(vectors, at(0))).toEqual(['b']);
      expect(await nearestIds(vectors, at(0), 10, 'other')).toEqual(['a']);
      expect(await idsOf(vectors)).toEqual(['a', 'b']);
    });

    test('what was deleted is not found', async () => {
      for (const id of ['a', 'b', 'c']) await write(vectors, id, at(10));
      await vectors.delete('b');
      await vectors.delete('unknown');
      expect((await nearestIds(vectors, at(10))).toSorted()).toEqual(['a', 'c']);
      expect(await idsOf(vectors)).toEqual(['a', 'c']);
    });

    test('an expired vector is not found, and does not hide others', async () => {
      const lifetime = await inTime(driver, 100, async (lifetime, from) => {
        from();
        for (let index = 0; index < 30; index++) await write(vectors, `brief ${index}`, at(0), { lifetime });
      });
      await write(vectors, 'long', at(60));
      await driver.pass(lifetime + 20);
      expect(await nearestIds(vectors, at(0), 2)).toEqual(['long']);
      expect(await idsOf(vectors)).toEqual(['long']);
    });

    test('a purge removes one partition or all, and says how many', async () => {
      await write(vectors, 'a', at(0), { partition: 'one' });
      await write(vectors, 'b', at(0), { partition: 'one' });
      await write(vectors, 'c', at(0), { partition: 'two' });
      await write(vectors, 'd', at(0), { partition: '' });
      expect(await idsOf(vectors, 'one')).toEqual(['a', 'b']);
      expect(await idsOf(vectors, '')).toEqual(['d']);
      expect(await vectors.purge('one')).toBe(2);
      expect(await vectors.purge('one')).toBe(0);
      expect((await nearestIds(vectors, at(0))).toSorted()).toEqual(['c', 'd']);
      expect(await vectors.purge('')).toBe(1);
      expect(await vectors.purge()).toBe(1);
      expect(await nearestIds(vectors, at(0))).toEqual([]);
    });

    test('entries may be deleted while they are listed', async () => {
      await Promise.all(Array.from({ length: 1200 }, (_, index) => write(vectors, `id ${index}`, at(index % 90))));
      let count = 0;
      for await (const { id } of vectors.entries()) {
        count++;
        await vectors.delete(id);
      }
      expect(count).toBe(1200);
      expect(await idsOf(vectors)).toEqual([]);
    });

    test('any texts come back as they were', async () => {
      const text = fc.string({ unit: 'grapheme', maxLength: 40 });
      await fc.assert(
        fc.asyncProperty(text, text, text, text, async (id, space, partition, meta) => {
          await vectors.set({ id, space, partition, meta, vector: at(30), lifetime: 60_000 });
          expect(await vectors.nearest(space, at(30), 1000)).toContainEqual(expect.objectContaining({ id, meta }));
          expect(await idsOf(vectors, partition)).toContain(id);
          await vectors.delete(id);
        }),
        { numRuns: driver.runs },
      );
    });

    test('vectors that are set at the same time are all found, and the same id once', async () => {
      await Promise.all([
        ...Array.from({ length: 40 }, (_, index) => write(vectors, `id ${index}`, at(index))),
        ...Array.from({ length: 10 }, (_, index) => write(vectors, 'same', at(50 + index))),
      ]);
      const ids = await nearestIds(vectors, at(20), 100);
      expect(ids).toHaveLength(41);
      expect(new Set(ids).size).toBe(41);
    });

    const { address } = driver;
    // What is in memory has one connection.
    if (address === null) return;
    test('what one connection sets or deletes, another sees', async () => {
      const shared = address();
      const [one, other] = [openStores(shared), openStores(shared)];
      try {
        const [first, second] = [need(one.vectors), need(other.vectors)];
        await write(first, 'a', at(0));
        await write(first, 'b', at(10));
        expect(await nearestIds(second, at(0))).toEqual(['a', 'b']);
        await write(second, 'a', at(20));
        await write(second, 'c', at(30));
        expect(await nearestIds(first, at(0))).toEqual(['b', 'a', 'c']);
        await second.delete('b');
        await second.purge('nobody');
        expect(await nearestIds(first, at(0))).toEqual(['a', 'c']);
        await first.purge();
        expect(await nearestIds(second, at(0))).toEqual([]);
      } finally {
        await one.close();
        await other.close();
      }
    });
  });
}

/** @param pass lets the time go by that tells two uses apart */
export async function boundedToTwo(vectors: VectorStore, pass: () => Promise<void> | void = () => {}): Promise<void> {
  for (const [id, angle] of [
    ['a', 0],
    ['b', 90],
  ] as const) {
    await write(vectors, id, at(angle));
    await pass();
  }
  expect(await nearestIds(vectors, at(0), 1)).toEqual(['a']);
  await pass();
  await write(vectors, 'c', at(45));
  expect(await idsOf(vectors)).toEqual(['a', 'c']);
}
