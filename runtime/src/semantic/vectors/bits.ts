/** The signs of a vector's numbers as bits: an estimate of the angle between vectors that costs a few instructions. */

/** @param count words of 32 signs: the first of the vector, and zeros if it has fewer */
export function signsOf(vector: Float32Array, count: number): Uint32Array {
  const words = new Uint32Array(count);
  for (let at = 0; at < Math.min(vector.length, 32 * count); at++) {
    if ((vector[at] as number) > 0) words[at >>> 5] = (words[at >>> 5] as number) | (1 << (at & 31));
  }
  return words;
}

/** The number of ones in each byte of a word, in that byte. */
export function onesInBytes(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return (fours + (fours >>> 4)) & 0x0f0f0f0f;
}

/** The sum of the four bytes of a word, which must be below 256. */
export function sumOfBytes(word: number): number {
  return Math.imul(word, 0x01010101) >>> 24;
}

/**
 * The number of ones in three words. They are added first, bit by bit, to a sum and a carry of twice its weight: two counts
 * instead of three, and one walk to the bytes.
 */
export function onesInThree(a: number, b: number, c: number): number {
  const half = a ^ b;
  const sum = half ^ c;
  const carry = (a & b) | (half & c);
  const pairs = sum - ((sum >>> 1) & 0x55555555);
  const carried = carry - ((carry >>> 1) & 0x55555555);
  const fours =
    (pairs & 0x33333333) +
    ((pairs >>> 2) & 0x33333333) +
    (((carried & 0x33333333) + ((carried >>> 2) & 0x33333333)) << 1);
  return sumOfBytes((fours & 0x0f0f0f0f) + ((fours >>> 4) & 0x0f0f0f0f));
}
