/** Vectors that depend on the text only. */
import { hash } from 'node:crypto';

/** Of a longer text only the beginning counts. */
const MAX_WORDS = 400;

/**
 * A unit vector: equal texts have equal vectors, texts that share words have near ones, and texts without a common word
 * nearly orthogonal ones.
 */
export function embed(text: string, dimensions: number): number[] {
  const words = text
    .toLowerCase()
    .match(/[\p{L}\p{N}]{3,}/gu)
    ?.slice(0, MAX_WORDS) ?? [text];
  const vector = new Array<number>(dimensions).fill(0);
  for (const word of words) addNoise(vector, word);
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)) || 1;
  return vector.map((value) => Math.fround(value / length));
}

/** A linear congruential generator with the constants of Numerical Recipes: cheap, and good enough for noise. */
function addNoise(vector: number[], word: string): void {
  let state = Number.parseInt(hash('sha1', word).slice(0, 8), 16);
  for (let index = 0; index < vector.length; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    vector[index] = (vector[index] ?? 0) + state / 2 ** 31 - 1;
  }
}
