import type { Basis } from './vocabulary.ts';

/**
 * A figure that is never falsely precise: its bounds, what to expect, and on what it rests.
 * The unit is the holder's: whole tokens, or integer nano-dollars. `low <= expected <= high`.
 */
export interface Range {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
  readonly basis: Basis;
}
