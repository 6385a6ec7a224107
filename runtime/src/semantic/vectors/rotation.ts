/**
 * A random rotation, the same for all vectors of a length. It keeps angles, and spreads what a vector says over all its
 * numbers: the signs of a vector that is mostly zeros, as `lexicalEmbedder` makes them, would say next to nothing.
 *
 * The numbers get random signs and go through a Walsh-Hadamard transform (Ailon and Chazelle, "The fast Johnson-Lindenstrauss
 * transform"). Lengths are not kept.
 */

export type Rotate = (vector: Float32Array) => Float32Array;

/** @returns vectors as long as the next power of two; each is only valid until the next call */
export function rotation(dimension: number): Rotate {
  const size = 2 ** Math.ceil(Math.log2(dimension));
  const flips = randomSigns(dimension);
  const rotated = new Float32Array(size);
  return (vector) => {
    for (let at = 0; at < dimension; at++) rotated[at] = (vector[at] as number) * (flips[at] as number);
    rotated.fill(0, dimension);
    for (let half = 1; half < size; half *= 2) {
      for (let start = 0; start < size; start += 2 * half) {
        for (let at = start; at < start + half; at++) {
          const one = rotated[at] as number;
          const other = rotated[at + half] as number;
          rotated[at] = one + other;
          rotated[at + half] = one - other;
        }
      }
    }
    return rotated;
  };
}

/** 1 and -1, by a xorshift generator. */
function randomSigns(count: number): Float32Array {
  let state = 0x9e3779b9;
  return Float32Array.from({ length: count }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state < 0 ? -1 : 1;
  });
}
