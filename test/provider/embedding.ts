/** Vectors that depend on the text only. */
import { hash } from 'node:crypto';

/** A unit vector: equal texts have equal vectors, and different texts nearly orthogonal ones. */
export function embed(text: string, dimensions: number): number[] {
  let state = Number.parseInt(hash('sha1', text).slice(0, 8), 16);
  const vector = new Array<number>(dimensions);
  let square = 0;
  for (let index = 0; index < dimensions; index++) {
    // A linear congruential generator with the constants of Numerical Recipes: cheap, and good enough for noise.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const value = state / 2 ** 31 - 1;
    vector[index] = value;
    square += value * value;
  }
  const length = Math.sqrt(square) || 1;
  return vector.map((value) => Math.fround(value / length));
}
