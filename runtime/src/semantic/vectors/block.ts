/** The vectors of an index, a block at a time, so that a growing index never copies what it has. */

/** Vectors in a full block. */
export const BLOCK_SIZE = 1024;
/** 128 signs. */
export const FILTER_WORDS = 4;

const FIRST_CAPACITY = 16;

export interface Block {
  readonly capacity: number;
  /** The first signs: the first word of all vectors, then the second one of all, and so on. */
  readonly filters: Uint32Array;
  /** All other signs. */
  readonly rests: Uint32Array;
  /** The numbers, one byte each. */
  readonly numbers: Int8Array;
  readonly lengths: Float32Array;
}

/** How many words and numbers a vector takes. */
export interface Shape {
  readonly dimension: number;
  readonly restWords: number;
}

/** Only the first block grows: most indexes stay small. */
export function addCapacity(blocks: Block[], shape: Shape): void {
  const [first] = blocks;
  if (first === undefined) blocks.push(emptyBlock(FIRST_CAPACITY, shape));
  else if (first.capacity < BLOCK_SIZE) blocks[0] = grown(first, Math.min(BLOCK_SIZE, 2 * first.capacity), shape);
  else blocks.push(emptyBlock(BLOCK_SIZE, shape));
}

function emptyBlock(capacity: number, { dimension, restWords }: Shape): Block {
  return {
    capacity,
    filters: new Uint32Array(capacity * FILTER_WORDS),
    rests: new Uint32Array(capacity * restWords),
    numbers: new Int8Array(capacity * dimension),
    lengths: new Float32Array(capacity),
  };
}

function grown(block: Block, capacity: number, shape: Shape): Block {
  const larger = emptyBlock(capacity, shape);
  for (let word = 0; word < FILTER_WORDS; word++) {
    larger.filters.set(block.filters.subarray(word * block.capacity, (word + 1) * block.capacity), word * capacity);
  }
  larger.rests.set(block.rests);
  larger.numbers.set(block.numbers);
  larger.lengths.set(block.lengths);
  return larger;
}

/** @param from the vector's place in its block */
export function copyVector(source: Block, from: number, target: Block, to: number, shape: Shape): void {
  const { dimension, restWords } = shape;
  const part = <Numbers extends Uint32Array | Int8Array>(numbers: Numbers, width: number): Numbers =>
    numbers.subarray(from * width, (from + 1) * width) as Numbers;
  for (let word = 0; word < FILTER_WORDS; word++) {
    target.filters[to + word * target.capacity] = source.filters[from + word * source.capacity] as number;
  }
  target.rests.set(part(source.rests, restWords), to * restWords);
  target.numbers.set(part(source.numbers, dimension), to * dimension);
  target.lengths[to] = source.lengths[from] as number;
}
