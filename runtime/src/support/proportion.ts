/** How sure a share is that was seen in a sample. */

export interface Proportion {
  readonly part: number;
  readonly whole: number;
  /** Between which values the true share is, with 95% confidence. */
  readonly low: number;
  readonly high: number;
}

/** For 95%. */
const Z = 1.959964;

/** By Wilson's score, which also holds for few cases and for none of them; null without a case. */
export function proportion(part: number, whole: number): Proportion | null {
  if (whole === 0) return null;
  const share = part / whole;
  const weight = 1 + Z ** 2 / whole;
  const centre = share + Z ** 2 / (2 * whole);
  const margin = Z * Math.sqrt((share * (1 - share)) / whole + Z ** 2 / (4 * whole ** 2));
  // Rounding must not lead below 0 or above 1, nor away from a share of exactly that.
  const low = part === 0 ? 0 : Math.max(0, (centre - margin) / weight);
  const high = part === whole ? 1 : Math.min(1, (centre + margin) / weight);
  return { part, whole, low, high };
}

/** The part of the interval that is left out. */
const DOUBT = 0.05;

/**
 * The largest share with which a sample like this is not yet implausible, with 95% confidence (the upper bound of Clopper
 * and Pearson). It makes no assumption but that the cases are independent.
 */
export function shareAtMost(part: number, whole: number): number {
  if (part >= whole) return 1;
  let [low, high] = [part / whole, 1];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (chanceOfAtMost(part, whole, middle) > DOUBT) low = middle;
    else high = middle;
  }
  return high;
}

/** That at most `part` of `whole` cases are of a kind with the given share. */
function chanceOfAtMost(part: number, whole: number, share: number): number {
  let logarithm = whole * Math.log1p(-share);
  let sum = Math.exp(logarithm);
  for (let count = 1; count <= part; count++) {
    logarithm += Math.log((whole - count + 1) / count) + Math.log(share) - Math.log1p(-share);
    sum += Math.exp(logarithm);
  }
  return sum;
}
