import { expect, test } from 'vitest';
import { cosine } from './cosine.ts';
import { rotation } from './rotation.ts';

/** Numbers between -1 and 1, the same in each run. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

test.each([1, 40, 512])('vectors of %i numbers keep their angles', (dimension) => {
  const next = numbersFrom(dimension);
  const rotate = rotation(dimension);
  for (let pair = 0; pair < 20; pair++) {
    const [one, other] = [
      Float32Array.from({ length: dimension }, next),
      Float32Array.from({ length: dimension }, next),
    ];
    expect(cosine(rotate(one).slice(), rotate(other))).toBeCloseTo(cosine(one, other), 4);
  }
});

test('the share of signs that differ is the angle, even for vectors that are mostly zeros', () => {
  const next = numbersFrom(3);
  const rotate = rotation(512);
  for (let pair = 0; pair < 20; pair++) {
    const one = new Float32Array(512);
    for (let word = 0; word < 20; word++) one[Math.floor((next() + 1) * 256)] = next();
    const other = one.map((value) => (value === 0 ? 0 : value + 0.3 * next()));
    const rotated = rotate(one).slice();
    const differing = rotate(other).filter((value, at) => value > 0 !== (rotated[at] as number) > 0).length;
    expect(Math.abs(differing / 512 - Math.acos(cosine(one, other)) / Math.PI)).toBeLessThan(0.07);
  }
});
