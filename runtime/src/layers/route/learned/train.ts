/**
 * Fits the learned router on questions with the outcome of both models. First the average gain of each feature, which
 * explains most of it; then what sizes and words add. The result depends only on the examples and their order.
 */
import { BUCKETS, type Features, featuresOf, SIZES } from './features.ts';
import { createRouter, gramSum, gramValue, scaledSize } from './router.ts';
import type { RouterWeights } from './weights.ts';

export interface RoutedExample {
  /** As calls name it; null for calls without one. */
  readonly feature: string | null;
  readonly question: string;
  /** How good each model's answer was, from 0 to 1. */
  readonly simple: number;
  readonly complex: number;
}

/** A feature with fewer examples than this counts mostly as the average. */
const PRIOR = 10;
const ROUNDS = 3;
const RATE = 0.02;
const PENALTY = 0.001;
/** What the steps of sizes and of words start from. */
const FIRST_SIZE_STEP = 0.01;
const FIRST_GRAM_STEP = 0.0001;
const FOLDS = 5;

export function fitRouter(examples: readonly RoutedExample[]): Omit<RouterWeights, 'threshold'> {
  const seen = examples.map(({ question }) => featuresOf(question));
  const { bias, features } = averages(examples);
  const { mean, deviation } = spread(seen);
  const all = createSizes();
  const byFeature = new Map([...features.keys()].map((name) => [name, createSizes()]));
  const weights = new Float64Array(BUCKETS);
  const steps = new Float64Array(BUCKETS).fill(FIRST_GRAM_STEP);

  const learn = (example: RoutedExample, measured: Features): void => {
    const own = example.feature === null ? undefined : byFeature.get(example.feature);
    const scaled = Array.from({ length: SIZES }, (_, at) => scaledSize(measured, at, { mean, deviation }));
    let sum = bias + (example.feature === null ? 0 : (features.get(example.feature) ?? 0));
    for (const [at, value] of scaled.entries()) {
      sum += value * ((all.weights[at] ?? 0) + (own?.weights[at] ?? 0));
    }
    const error = sum + gramSum(measured, weights) - gainOf(example);
    const value = gramValue(measured);
    for (const number of measured.grams) step(weights, steps, number, error * value);
    for (const [at, size] of scaled.entries()) {
      step(all.weights, all.steps, at, error * size);
      if (own !== undefined) step(own.weights, own.steps, at, error * size);
    }
  };
  const random = createRandom();
  for (let round = 0; round < ROUNDS; round++) {
    for (const index of shuffled(examples.length, random)) {
      const [example, own] = [examples[index], seen[index]];
      if (example !== undefined && own !== undefined) learn(example, own);
    }
  }
  const numbers = [...weights.keys()].filter((number) => rounded(weights[number] ?? 0) !== 0);
  return {
    version: 1,
    bias: rounded(bias),
    features: Object.fromEntries([...features].map(([name, value]) => [name, rounded(value)])),
    sizes: {
      mean: mean.map(rounded),
      deviation: deviation.map(rounded),
      all: [...all.weights].map(rounded),
      byFeature: Object.fromEntries([...byFeature].map(([name, own]) => [name, [...own.weights].map(rounded)])),
    },
    grams: { numbers, weights: numbers.map((number) => rounded(weights[number] ?? 0)) },
  };
}

/** The gain of each example by a router that was fitted on the other folds: what unseen questions would get. */
export function crossGains(examples: readonly RoutedExample[]): readonly number[] {
  const order = shuffled(examples.length, createRandom());
  const gains = new Array<number>(examples.length).fill(0);
  for (let fold = 0; fold < FOLDS; fold++) {
    const others = order.filter((_, place) => place % FOLDS !== fold);
    const fitted = fitRouter(others.flatMap((index) => examples[index] ?? []));
    const router = createRouter({ ...fitted, threshold: 0 });
    for (const index of order.filter((_, place) => place % FOLDS === fold)) {
      const example = examples[index];
      if (example !== undefined) gains[index] = router.gain(example.question, example.feature);
    }
  }
  return gains;
}

export function gainOf({ simple, complex }: RoutedExample): number {
  return complex - simple;
}

/** The features' average gains, drawn towards the average of all where examples are few. */
export function averages(examples: readonly RoutedExample[]) {
  const bias = examples.reduce((sum, example) => sum + gainOf(example), 0) / Math.max(examples.length, 1);
  const sums = new Map<string, { count: number; sum: number }>();
  for (const example of examples) {
    if (example.feature === null) continue;
    const own = sums.get(example.feature) ?? { count: 0, sum: 0 };
    sums.set(example.feature, { count: own.count + 1, sum: own.sum + gainOf(example) - bias });
  }
  const features = new Map([...sums].map(([name, { count, sum }]) => [name, sum / (count + PRIOR)]));
  return { bias, features };
}

function spread(seen: readonly Features[]): {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
} {
  const count = Math.max(seen.length, 1);
  const places = Array.from({ length: SIZES }, (_, at) => at);
  const mean = places.map((at) => seen.reduce((sum, { sizes }) => sum + (sizes[at] ?? 0), 0) / count);
  const deviation = places.map((at) =>
    Math.sqrt(seen.reduce((sum, { sizes }) => sum + ((sizes[at] ?? 0) - (mean[at] ?? 0)) ** 2, 0) / count),
  );
  return { mean, deviation };
}

interface Learned {
  readonly weights: Float64Array;
  readonly steps: Float64Array;
}

function createSizes(): Learned {
  return { weights: new Float64Array(SIZES), steps: new Float64Array(SIZES).fill(FIRST_SIZE_STEP) };
}

/** AdaGrad: what has moved often moves less. */
function step(weights: Float64Array, steps: Float64Array, at: number, slope: number): void {
  const weight = weights[at] ?? 0;
  const full = slope + PENALTY * weight;
  const sum = (steps[at] ?? 0) + full * full;
  steps[at] = sum;
  weights[at] = weight - (RATE * full) / Math.sqrt(sum);
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

/** The same numbers each time: mulberry32. */
function createRandom(): () => number {
  let state = 7;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled(length: number, random: () => number): readonly number[] {
  const order = Array.from({ length }, (_, index) => index);
  for (let at = length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
  return order;
}
