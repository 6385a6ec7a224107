/**
 * How much higher one mean is than another, in an interval that holds however often one looks: with the given confidence, the
 * true ratio is never outside of it. An ordinary interval that is looked at until it excludes 1 does so sooner or later.
 *
 * The interval has the ratios that a mixture sequential probability ratio test does not reject (Robbins 1970; Johari et al. 2022), with
 * the variance taken from groups of people: what one person does is not independent.
 */

/** The sum of what was measured in a group of people, and how often. */
export interface Sample {
  readonly sum: number;
  readonly count: number;
}

export interface RatioInterval {
  /** Null if the mean of the other sample is 0. */
  readonly ratio: number | null;
  readonly low: number;
  /** Infinite while little is known of the other sample. */
  readonly high: number;
}

interface Mean {
  readonly mean: number;
  readonly count: number;
  /** The variance of one measurement, with what the people of a group have in common. */
  readonly spread: number;
  /** Of the variance: groups that count for much make it uncertain. */
  readonly freedom: number;
}

/** Fewer groups say little about how people differ. */
const FEWEST_GROUPS = 8;
/** The standard deviation of the effects that the test expects: it finds such effects soonest, and others later. */
const EXPECTED = 0.5;
/** Measurements that are all alike so far may still differ by this share. */
const LEAST_DEVIATION = 0.1;
/** Ratios are only looked for between this and its inverse. */
const LARGEST = 1e6;

/**
 * @param doubt the probability that the interval ever excludes the true ratio
 * @returns null while there is too little to say anything
 */
export function ratioInterval(one: readonly Sample[], other: readonly Sample[], doubt: number): RatioInterval | null {
  const [numerator, denominator] = [meanOf(one), meanOf(other)];
  if (numerator === null || denominator === null) return null;
  if (numerator.mean <= 0 && denominator.mean <= 0) return null;
  const ratio = denominator.mean > 0 ? numerator.mean / denominator.mean : null;
  const at = (tried: number): Evidence => evidence(numerator, denominator, tried, doubt);
  const isTooHigh = (tried: number): boolean => -at(tried).size > at(tried).bound;
  const isTooLow = (tried: number): boolean => at(tried).size > at(tried).bound;
  const start = ratio === null ? LARGEST : Math.min(LARGEST, Math.max(1 / LARGEST, ratio));
  return {
    ratio,
    low: isTooLow(1 / LARGEST) ? edge(1 / LARGEST, start, isTooLow) : 0,
    high: isTooHigh(LARGEST) ? edge(LARGEST, start, isTooHigh) : Number.POSITIVE_INFINITY,
  };
}

/** Between a ratio that is excluded and one that is not: the last that is excluded. */
function edge(excluded: number, included: number, isExcluded: (tried: number) => boolean): number {
  let [outer, inner] = [Math.log(excluded), Math.log(included)];
  for (let step = 0; step < 40; step++) {
    const middle = (outer + inner) / 2;
    if (isExcluded(Math.exp(middle))) outer = middle;
    else inner = middle;
  }
  return Math.exp(outer);
}

interface Evidence {
  /** How many standard errors the first mean is above `ratio` times the second. */
  readonly size: number;
  /** The size from which the ratio is excluded: higher than that of one look, and hardly falling as the information grows. */
  readonly bound: number;
}

function evidence(one: Mean, other: Mean, ratio: number, doubt: number): Evidence {
  const [ofOne, ofOther] = [one.spread, ratio ** 2 * other.spread];
  // A few people may all lack what is rare among many, and differ less than they do. So none differ less than both together.
  const pooled = (ofOne * one.count + ofOther * other.count) / (one.count + other.count);
  const first = Math.max(ofOne, pooled) / one.count;
  const second = Math.max(ofOther, pooled) / other.count;
  const variance = first + second;
  const freedom = variance ** 2 / (first ** 2 / one.freedom + second ** 2 / other.freedom);
  const information = (EXPECTED * ((one.mean + ratio * other.mean) / 2)) ** 2 / variance;
  return {
    size: asNormal((one.mean - ratio * other.mean) / Math.sqrt(variance), freedom),
    bound: Math.sqrt((1 + 1 / information) * Math.log((1 + information) / doubt ** 2)),
  };
}

function meanOf(samples: readonly Sample[]): Mean | null {
  const groups = samples.filter(({ count }) => count > 0);
  if (groups.length < FEWEST_GROUPS) return null;
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  const mean = groups.reduce((sum, group) => sum + group.sum, 0) / count;
  const weights = groups.reduce((sum, group) => sum + (group.count / count) ** 2, 0);
  // The error of each group as if it had not moved the mean itself.
  const errors = groups.map((group) => (group.sum - mean * group.count) / (1 - group.count / count));
  const spread = Math.max(errors.reduce((sum, error) => sum + error ** 2, 0) / count, (LEAST_DEVIATION * mean) ** 2);
  return { mean, count, spread, freedom: Math.max(1, 1 / weights - 1) };
}

/** A value of Student's distribution as one of the normal distribution that is as unlikely (Wallace 1959). */
function asNormal(value: number, freedom: number): number {
  const size = ((8 * freedom + 1) / (8 * freedom + 3)) * Math.sqrt(freedom * Math.log1p(value ** 2 / freedom));
  return Math.sign(value) * size;
}
