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
