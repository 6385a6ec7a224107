/**
 * The nearest vectors by cosine similarity, in memory. All vectors are looked through, in three passes of rising cost: the
 * first 128 signs, then all signs, then the numbers. What a pass leaves out is further away than what it keeps by its
 * estimate, so a near neighbour is only lost if its signs are unlike those of the vector itself.
 */
import { onesInBytes, onesInThree, signsOf, sumOfBytes } from './bits.ts';
import { addCapacity, BLOCK_SIZE, type Block, copyVector, FILTER_WORDS, type Shape } from './block.ts';
import { type Closest, closest } from './closest.ts';
import { quantized } from './quantized.ts';
import { rotation } from './rotation.ts';
import { visitorWithin } from './sign-distances.ts';

export interface Neighbour {
  readonly id: string;
  /** The cosine of the angle between the vectors. */
  readonly similarity: number;
}

export interface VectorIndex {
  readonly size: () => number;
  /** Replaces the vector with the same id. */
  readonly set: (id: string, vector: Float32Array) => void;
  readonly delete: (id: string) => void;
  /** The nearest first. */
  readonly nearest: (vector: Float32Array, limit: number) => readonly Neighbour[];
}

/** How many vectors each pass keeps for the next, at least, and the share of all that the first one keeps. */
const MIN_FILTERED = 512;
const FILTERED_SHARE = 0.005;
const MIN_RANKED = 64;

export function vectorIndex(dimension: number): VectorIndex {
  const words = Math.max(FILTER_WORDS, Math.ceil(dimension / 32));
  const restWords = words - FILTER_WORDS;
  const shape: Shape = { dimension, restWords };
  const ids: string[] = [];
  const places = new Map<string, number>();
  const blocks: Block[] = [];
  const visitWithin = visitorWithin();
  const rotate = rotation(dimension);

  const blockAt = (place: number): Block => blocks[(place / BLOCK_SIZE) | 0] as Block;

  /** The places that differ from `signs` in the fewest of the first signs. */
  const filtered = (signs: Uint32Array): Closest => {
    const kept = closest(Math.max(MIN_FILTERED, Math.ceil(ids.length * FILTERED_SHARE)), FILTER_WORDS * 32);
    for (const [index, { filters }] of blocks.entries()) {
      const start = index * BLOCK_SIZE;
      visitWithin(filters, signs, kept.bound(), (at, distance) => {
        // The last block has room for more.
        if (start + at < ids.length) kept.add(start + at, distance);
      });
    }
    return kept;
  };

  /** Of these places, those that differ from `signs` in the fewest of all signs. */
  const ranked = (signs: Uint32Array, among: Closest, limit: number): Closest => {
    const kept = closest(Math.max(MIN_RANKED, 4 * limit), words * 32);
    among.forEach((place, first) => {
      kept.add(place, first + restDistance(blockAt(place).rests, (place % BLOCK_SIZE) * restWords, signs));
    });
    return kept;
  };

  const similarityTo = (bytes: Int8Array, length: number, place: number): number => {
    const { numbers, lengths } = blockAt(place);
    let product = 0;
    for (let index = 0, at = (place % BLOCK_SIZE) * dimension; index < dimension; index++, at++) {
      product += (bytes[index] as number) * (numbers[at] as number);
    }
    return product / (length * (lengths[place % BLOCK_SIZE] as number));
  };

  return {
    size: () => ids.length,

    set(id, vector) {
      const place = places.get(id) ?? ids.length;
      const capacity = blocks.reduce((sum, block) => sum + block.capacity, 0);
      if (place === capacity) addCapacity(blocks, shape);
      const block = blockAt(place);
      const { filters, rests, numbers, lengths } = block;
      const at = place % BLOCK_SIZE;
      const signs = signsOf(rotate(vector), words);
      const bytes = quantized(vector);
      for (let word = 0; word < FILTER_WORDS; word++) filters[at + word * block.capacity] = signs[word] as number;
      rests.set(signs.subarray(FILTER_WORDS), at * restWords);
      numbers.set(bytes, at * dimension);
      lengths[at] = lengthOf(bytes);
      ids[place] = id;
      places.set(id, place);
    },

    delete(id) {
      const place = places.get(id);
      if (place === undefined) return;
      // The last vector takes the place.
      const last = ids.length - 1;
      const moved = ids.pop() as string;
      places.delete(id);
      if (place < last) {
        copyVector(blockAt(last), last % BLOCK_SIZE, blockAt(place), place % BLOCK_SIZE, shape);
        ids[place] = moved;
        places.set(moved, place);
      }
      if (last > 0 && last % BLOCK_SIZE === 0) blocks.pop();
    },

    nearest(vector, limit) {
      const signs = signsOf(rotate(vector), words);
      const bytes = quantized(vector);
      const length = lengthOf(bytes);
      const found: Neighbour[] = [];
      ranked(signs, filtered(signs), limit).forEach((place) => {
        found.push({ id: ids[place] as string, similarity: similarityTo(bytes, length, place) });
      });
      return found.sort((one, other) => other.similarity - one.similarity).slice(0, limit);
    },
  };
}

/** In how many signs after the first a vector differs. */
function restDistance(rests: Uint32Array, start: number, signs: Uint32Array): number {
  let distance = 0;
  let word = FILTER_WORDS;
  let at = start;
  for (; word + 3 <= signs.length; word += 3, at += 3) {
    distance += onesInThree(
      (rests[at] as number) ^ (signs[word] as number),
      (rests[at + 1] as number) ^ (signs[word + 1] as number),
      (rests[at + 2] as number) ^ (signs[word + 2] as number),
    );
  }
  for (; word < signs.length; word++, at++) {
    distance += sumOfBytes(onesInBytes((rests[at] as number) ^ (signs[word] as number)));
  }
  return distance;
}

function lengthOf(bytes: Int8Array): number {
  let sum = 0;
  for (const value of bytes) sum += value * value;
  return Math.sqrt(sum);
}
