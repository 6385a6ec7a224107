/**
 * Byte-pair merging: the number of tokens in a piece of text. The pair with the lowest rank is merged first, the
 * leftmost if several are equal; that order is part of the format. Usual implementations scan all pairs after each
 * merge, which is quadratic for long runs; with queues by rank, long pieces get the same result in nearly linear time.
 */
import type { Vocabulary } from './vocabulary.ts';

/** Above this many bytes, queues are faster than scanning. */
const SCAN_LIMIT = 96;
const NONE = -1;

/** The number of tokens in `bytes[start, end)`, which must be one piece of the encoding's split. */
export function countPiece(bytes: Uint8Array, start: number, end: number, vocabulary: Vocabulary): number {
  const length = end - start;
  if (length <= 1) return length;
  if (vocabulary.rank(bytes, start, end) !== NONE) return 1;
  return length <= SCAN_LIMIT
    ? mergeByScan(bytes, start, end, vocabulary)
    : mergeByQueues(bytes.subarray(start, end), vocabulary);
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

/** The pairs of one rank, by the start of their first part. The queue is sorted from `head` on if `isSorted`. */
interface Queue {
  readonly rank: number;
  positions: number[];
  head: number;
  isSorted: boolean;
}

/**
 * All pairs of the lowest rank are merged from left to right before the next rank. Two facts keep the order correct: a
 * merge never creates a pair of its own rank (the new pairs are longer), and if it creates one of a lower rank, that
 * rank's queue comes next.
 */
function mergeByQueues(bytes: Uint8Array, vocabulary: Vocabulary): number {
  const length = bytes.length;
  // A part is identified by its start. next[p] is the start of the following part.
  const next = new Int32Array(length + 1);
  const previous = new Int32Array(length + 1);
  const ranks = new Int32Array(length + 1).fill(NONE);
  const queues = new Map<number, Queue>();
  const waiting = createRankHeap();
  const rankPair = (part: number): void => {
    const second = next[part] as number;
    const rank = second >= length ? NONE : vocabulary.rank(bytes, part, next[second] as number);
    ranks[part] = rank;
    if (rank === NONE) return;
    const queue = queues.get(rank);
    if (queue === undefined) {
      queues.set(rank, { rank, positions: [part], head: 0, isSorted: true });
      waiting.push(rank);
      return;
    }
    const { positions } = queue;
    if (part < (positions[positions.length - 1] as number)) queue.isSorted = false;
    positions.push(part);
  };

  for (let i = 0; i <= length; i++) {
    next[i] = i + 1;
    previous[i] = i - 1;
  }
  for (let i = 0; i < length - 1; i++) rankPair(i);
  let parts = length;
  for (let rank = waiting.lowest(); rank !== NONE; rank = waiting.lowest()) {
    const queue = queues.get(rank) as Queue;
    if (!queue.isSorted) {
      queue.positions = queue.positions.slice(queue.head).sort((a, b) => a - b);
      queue.head = 0;
      queue.isSorted = true;
    }
    while (queue.head < queue.positions.length && waiting.lowest() === rank) {
      const part = queue.positions[queue.head++] as number;
      // An entry is stale once its pair has changed or its first part was merged into another.
      if (ranks[part] !== rank) continue;
      const second = next[part] as number;
      const after = next[second] as number;
      next[part] = after;
      if (after <= length) previous[after] = part;
      ranks[second] = NONE;
      parts -= 1;
      if (part > 0) rankPair(previous[part] as number);
      rankPair(part);
    }
    if (queue.head < queue.positions.length || waiting.lowest() !== rank) continue;
    queues.delete(rank);
    waiting.remove(rank);
  }
  return parts;
}

interface RankHeap {
  readonly push: (rank: number) => void;
  /** The lowest rank, or NONE. */
  readonly lowest: () => number;
  /** Removes a rank, which must be the lowest. */
  readonly remove: (rank: number) => void;
}

/** A binary heap of ranks, each at most once. */
function createRankHeap(): RankHeap {
  const heap: number[] = [];
  return {
    lowest: () => heap[0] ?? NONE,
    push(rank) {
      let at = heap.length;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        const above = heap[parent] as number;
        if (above <= rank) break;
        heap[at] = above;
        at = parent;
      }
      heap[at] = rank;
    },
    remove(rank) {
      if (heap[0] !== rank) return;
      const last = heap.pop() as number;
      if (heap.length === 0) return;
      let at = 0;
      for (;;) {
        let child = 2 * at + 1;
        if (child >= heap.length) break;
        if (child + 1 < heap.length && (heap[child + 1] as number) < (heap[child] as number)) child++;
        if ((heap[child] as number) >= last) break;
        heap[at] = heap[child] as number;
        at = child;
      }
      heap[at] = last;
    },
  };
}
