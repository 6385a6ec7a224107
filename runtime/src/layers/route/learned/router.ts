/** Estimates how much better the larger model would answer a question: a linear model, a few microseconds. */
import { BUCKETS, type Features, featuresOf, SIZES } from './features.ts';
import type { RouterWeights } from './weights.ts';

export interface Router {
  /**
   * The expected gain: 0.2 means that of ten such questions the larger model answers two more.
   *
   * @param feature null, and a feature that was not trained, counts as the average of all
   */
  readonly gain: (question: string, feature: string | null) => number;
  readonly threshold: number;
}

/** Outliers say no more than this many deviations, scaled to the size of the other features. */
const MOST_DEVIATIONS = 3;
const SCALE = 0.3;
/** All words together weigh half as much as one feature of full size. */
const GRAM_SCALE = 0.5;

export function createRouter({ bias, features, sizes, grams, threshold }: RouterWeights): Router {
  const weights = new Float64Array(BUCKETS);
  for (const [at, number] of grams.numbers.entries()) weights[number] = grams.weights[at] ?? 0;
  const known = new Map(Object.entries(features));
  const ownSizes = new Map(Object.entries(sizes.byFeature));
  return {
    threshold,
    gain: (question, feature) => {
      const seen = featuresOf(question);
      let sum = bias + (feature === null ? 0 : (known.get(feature) ?? 0));
      const own = feature === null ? undefined : ownSizes.get(feature);
      for (let at = 0; at < SIZES; at++) {
        const weight = (sizes.all[at] ?? 0) + (own?.[at] ?? 0);
        sum += weight * scaledSize(seen, at, sizes);
      }
      return sum + gramSum(seen, weights);
    },
  };
}

export function scaledSize(
  { sizes }: Features,
  at: number,
  { mean, deviation }: Pick<RouterWeights['sizes'], 'mean' | 'deviation'>,
): number {
  const deviations = ((sizes[at] ?? 0) - (mean[at] ?? 0)) / (deviation[at] || 1);
  return Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, deviations)) * SCALE;
}

/** The value of each gram of a question: a long question counts no more than a short one. */
export function gramValue({ grams }: Features): number {
  return grams.length === 0 ? 0 : GRAM_SCALE / Math.sqrt(grams.length);
}

export function gramSum(seen: Features, weights: Float64Array): number {
  let sum = 0;
  for (const number of seen.grams) sum += weights[number] ?? 0;
  return sum * gramValue(seen);
}
