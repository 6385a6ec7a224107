/**
 * Byte-pair merging: how many tokens a piece of text becomes. The pair with the lowest rank is merged first, the
 * leftmost of equals; that order is part of the format. Every usual implementation scans all pairs after each merge,
 * which is quadratic on a long run; a heap keeps long pieces at n log n with the same result.
 */
import type { Vocabulary } from './vocabulary.ts';

/** Above this many bytes the heap is faster than scanning. */
const SCAN_LIMIT = 96;
/** A heap entry is rank * POSITIONS + position: positions below 2^32 and ranks below 2^21 stay exact. */
const POSITIONS = 2 ** 32;
const NONE = -1;

/** The number of tokens in `bytes[start, end)`, which must be one piece of the encoding's split. */
export function countPiece(bytes: Uint8Array, start: number, end: number, vocabulary: Vocabulary): number {
  const length = end - start;
  if (length <= 1) return length;
  if (vocabulary.rank(bytes, start, end) !== NONE) return 1;
  return length <= SCAN_LIMIT
    ? mergeByScan(bytes, start, end, vocabulary)
    : mergeByHeap(bytes.subarray(start, end), vocabulary);
}

const boundaries = new Int32Array(SCAN_LIMIT + 2);
const scanRanks = new Int32Array(SCAN_LIMIT + 2);

function mergeByScan(bytes: Uint8Array, start: number, end: number, vocabulary: Vocabulary): number {
  let parts = end - start;
  for (let i = 0; i <= parts; i++) boundaries[i] = start + i;
  const pairRank = (i: number): number =>
    i + 2 > parts ? NONE : vocabulary.rank(bytes, boundaries[i] as number, boundaries[i + 2] as number);
  for (let i = 0; i < parts; i++) scanRanks[i] = pairRank(i);
  for (;;) {
    let best = NONE;
    let bestRank = Number.MAX_SAFE_INTEGER;
    for (let i = 0; i < parts - 1; i++) {
      const rank = scanRanks[i] as number;
      if (rank !== NONE && rank < bestRank) {
        bestRank = rank;
        best = i;
      }
    }
    if (best === NONE) return parts;
    boundaries.copyWithin(best + 1, best + 2, parts + 1);
    scanRanks.copyWithin(best + 1, best + 2, parts);
    parts -= 1;
    scanRanks[best] = pairRank(best);
    if (best > 0) scanRanks[best - 1] = pairRank(best - 1);
  }
}

function mergeByHeap(bytes: Uint8Array, vocabulary: Vocabulary): number {
  const length = bytes.length;
  // A part is named by where it starts. next[p] is where the following part starts.
  const next = new Int32Array(length + 1);
  const previous = new Int32Array(length + 1);
  const ranks = new Int32Array(length + 1).fill(NONE);
  // Each merge removes one part and adds at most two pairs.
  const heap = new Float64Array(length * 3);
  let size = 0;
  const push = (value: number): void => {
    let at = size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] as number;
      if (above <= value) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = value;
  };
  const pop = (): number => {
    const top = heap[0] as number;
    const value = heap[--size] as number;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && (heap[child + 1] as number) < (heap[child] as number)) child++;
      if ((heap[child] as number) >= value) break;
      heap[at] = heap[child] as number;
      at = child;
    }
    heap[at] = value;
    return top;
  };
  const rankPair = (part: number): void => {
    const second = next[part] as number;
    const rank = second >= length ? NONE : vocabulary.rank(bytes, part, next[second] as number);
    ranks[part] = rank;
    if (rank !== NONE) push(rank * POSITIONS + part);
  };

  for (let i = 0; i <= length; i++) {
    next[i] = i + 1;
    previous[i] = i - 1;
  }
  for (let i = 0; i < length - 1; i++) rankPair(i);
  let parts = length;
  while (size > 0) {
    const top = pop();
    const rank = Math.floor(top / POSITIONS);
    const part = top - rank * POSITIONS;
    // An entry is stale once its pair has changed or its first part was merged away.
    if (ranks[part] !== rank) continue;
    const second = next[part] as number;
    const after = next[second] as number;
    next[part] = after;
    if (after <= length) previous[after] = part;
    ranks[second] = NONE;
    parts -= 1;
    rankPair(part);
    if (part > 0) rankPair(previous[part] as number);
  }
  return parts;
}
