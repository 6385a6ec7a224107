import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type VectorIndex, vectorIndex } from './vector-index.ts';

/** Numbers between -1 and 1, the same in each run. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

function product(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (const [at, value] of one.entries()) sum += value * (other[at] as number);
  return sum;
}

function cosine(one: Float32Array, other: Float32Array): number {
  return product(one, other) / Math.sqrt(product(one, one) * product(other, other));
}

function ofLengthOne(vector: Float32Array): Float32Array {
  const length = Math.sqrt(product(vector, vector));
  return vector.map((value) => value / length);
}

/** Vectors in groups, as embeddings of questions about the same things are. */
function grouped(count: number, dimension: number, next: () => number): Float32Array[] {
  const centres = Array.from({ length: 50 }, () => Float32Array.from({ length: dimension }, next));
  return Array.from({ length: count }, (_, index) =>
    ofLengthOne(Float32Array.from(centres[index % centres.length] ?? [], (value) => value + 0.7 * next())),
  );
}

function filled(vectors: readonly Float32Array[]): VectorIndex {
  const index = vectorIndex(vectors[0]?.length ?? 0);
  for (const [id, vector] of vectors.entries()) index.set(String(id), vector);
  return index;
}

const exactlyNearest = (vectors: readonly Float32Array[], asked: Float32Array): string => {
  const similarities = vectors.map((vector) => product(vector, asked));
  return String(similarities.indexOf(Math.max(...similarities)));
};

describe.each([512, 40])('of %i numbers', (dimension) => {
  test('the nearest of many is the one that a full comparison finds', () => {
    const next = numbersFrom(dimension);
    const vectors = grouped(1500, dimension, next);
    const index = filled(vectors);
    const asked = vectors
      .slice(0, 100)
      .map((vector) => Float32Array.from(vector, (value) => value + (0.3 * next()) / Math.sqrt(dimension)));
    const found = asked.filter((vector) => index.nearest(vector, 1)[0]?.id === exactlyNearest(vectors, vector));
    expect(found.length / asked.length).toBeGreaterThanOrEqual(0.995);
  });
});

test('similarities are cosines, nearest first', () => {
  const next = numbersFrom(7);
  const vectors = grouped(300, 512, next);
  const asked = vectors[3] as Float32Array;
  const found = filled(vectors).nearest(asked, 20);
  expect(found).toHaveLength(20);
  expect(found[0]?.similarity).toBeCloseTo(1, 3);
  expect(found.map(({ similarity }) => similarity)).toEqual(
    found.map(({ similarity }) => similarity).toSorted((one, other) => other - one),
  );
  for (const { id, similarity } of found)
    expect(similarity).toBeCloseTo(cosine(vectors[Number(id)] as Float32Array, asked), 2);
});

test('an index is equal to a map after any changes', () => {
  const change = fc.tuple(fc.boolean(), fc.nat({ max: 40 }), fc.nat({ max: 200 }));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 200 }), (changes) => {
      const index = vectorIndex(64);
      const expected = new Map<string, Float32Array>();
      for (const [isSet, id, seed] of changes) {
        const vector = Float32Array.from({ length: 64 }, numbersFrom(seed));
        if (isSet) {
          index.set(String(id), vector);
          expected.set(String(id), vector);
        } else {
          index.delete(String(id));
          expected.delete(String(id));
        }
      }
      expect(index.size()).toBe(expected.size);
      const ids = index.nearest(Float32Array.from({ length: 64 }, numbersFrom(999)), 100).map(({ id }) => id);
      expect(ids.toSorted()).toEqual([...expected.keys()].toSorted());
      for (const [id, vector] of expected) {
        const [best] = index.nearest(vector, 100).filter((found) => found.id === id);
        expect(best?.similarity).toBeCloseTo(1, 3);
      }
    }),
  );
});

test('vectors that are deleted across blocks leave the others as they were', () => {
  const next = numbersFrom(11);
  const vectors = grouped(2100, 64, next);
  const index = filled(vectors);
  for (let id = 0; id < 2100; id++) if (id % 3 !== 0) index.delete(String(id));
  expect(index.size()).toBe(700);
  for (let id = 0; id < 2100; id += 300) {
    expect(index.nearest(vectors[id] as Float32Array, 1)[0]).toMatchObject({ id: String(id) });
  }
});

test('an empty index has no neighbours', () => {
  expect(vectorIndex(8).nearest(new Float32Array(8).fill(1), 5)).toEqual([]);
});
