import { expect, test } from 'vitest';
import { ratioInterval, type Sample } from './sequential-test.ts';

/** The same numbers in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Population {
  readonly people: number;
  /** In the first sample. */
  readonly share: number;
  readonly calls: number;
  /** Of what is measured: a rare event of people who differ, or a cost that is often low and at times high. */
  readonly measure: 'rare' | 'cost';
  readonly effect?: number;
}

/** Looks at the interval again and again while calls come in; the call at which it first excluded 1, and on which side. */
function firstExclusion(seed: number, { people, share, calls, measure, effect = 1 }: Population) {
  const next = random(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const group = () => Array.from({ length: 64 }, () => ({ sum: 0, count: 0 }));
  const [one, other] = [group(), group()];
  const all = Array.from({ length: people }, () => ({
    isFirst: next() < share,
    group: Math.floor(next() * 64),
    tendency: Math.exp(normal()),
  }));
  for (let call = 1; call <= calls; call++) {
    // Some people call far more often than others.
    const person = all[Math.floor(next() ** 2 * people)];
    if (person === undefined) continue;
    const sample = (person.isFirst ? one : other)[person.group] as { sum: number; count: number };
    const factor = person.tendency * (person.isFirst ? effect : 1);
    sample.count++;
    sample.sum += measure === 'cost' ? factor * Math.exp(normal()) : next() < 0.02 * factor ? 1 : 0;
    if (call % Math.max(20, Math.ceil(call / 25)) !== 0) continue;
    const interval = ratioInterval(one, other, 0.05);
    if (interval !== null && interval.low > 1) return { call, side: 'higher' };
    if (interval !== null && interval.high < 1) return { call, side: 'lower' };
  }
  return null;
}

const RUNS = 60;
const runs = (population: Population) =>
  Array.from({ length: RUNS }, (_, index) => firstExclusion(7919 * (index + 1), population));

test.each<Population>([
  { people: 60, share: 0.5, calls: 2000, measure: 'cost' },
  { people: 400, share: 0.1, calls: 3000, measure: 'cost' },
  { people: 400, share: 0.9, calls: 3000, measure: 'cost' },
  { people: 60, share: 0.5, calls: 2000, measure: 'rare' },
  { people: 400, share: 0.1, calls: 3000, measure: 'rare' },
])('equal samples are told apart in at most 5% of runs, though looked at again and again: %o', (population) => {
  expect(runs(population).filter((found) => found !== null).length).toBeLessThanOrEqual(RUNS * 0.05);
});

test.each<readonly [Population, string]>([
  [{ people: 1000, share: 0.5, calls: 6000, measure: 'cost', effect: 2 }, 'higher'],
  [{ people: 1000, share: 0.1, calls: 10_000, measure: 'cost', effect: 4 }, 'higher'],
  [{ people: 1000, share: 0.5, calls: 6000, measure: 'cost', effect: 0.5 }, 'lower'],
  [{ people: 1000, share: 0.5, calls: 6000, measure: 'rare', effect: 5 }, 'higher'],
])('a true difference is found: %o', (population, side) => {
  const found = runs(population).filter((one) => one !== null);
  expect(found.length).toBeGreaterThanOrEqual(RUNS * 0.8);
  expect(new Set(found.map((one) => one.side))).toEqual(new Set([side]));
});

const groups = (count: number, sum: number): Sample[] => Array.from({ length: 64 }, () => ({ sum, count }));

test('too few groups say nothing, and neither do samples in which nothing happened', () => {
  expect(ratioInterval(groups(10, 5).slice(0, 7), groups(10, 5), 0.05)).toBeNull();
  expect(ratioInterval(groups(10, 0), groups(10, 0), 0.05)).toBeNull();
});

test('what never happened in the other sample has no ratio, and can still be more often', () => {
  const some = groups(10, 0).map((sample, index) => (index % 3 === 0 ? { ...sample, sum: 5 } : sample));
  const interval = ratioInterval(some, groups(10, 0), 0.05);
  expect(interval).toMatchObject({ ratio: null, high: Number.POSITIVE_INFINITY });
  expect(interval?.low).toBeGreaterThan(1);
});
