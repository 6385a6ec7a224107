/** From which score on at most a given share of the answers is wrong. */
import { shareAtMost } from '../../support/proportion.ts';
import type { Calibration } from './model-weights.ts';

/** What a user said of an answer that the model had allowed. */
export interface ScoredFeedback {
  readonly score: number;
  readonly isWrong: boolean;
}

/**
 * The lowest score with which, with 95% confidence, the wrong share stays within `maxWrong`; null if no score does. Feedback counts like the questions of the calibration.
 */
export function scoreBound(
  { steps }: Calibration,
  maxWrong: number,
  feedback: readonly ScoredFeedback[] = [],
): number | null {
  let bound: number | null = null;
  for (const { score, served, wrong } of steps) {
    const own = feedback.filter((one) => one.score >= score);
    const ownWrong = own.filter(({ isWrong }) => isWrong).length;
    const isBounded = shareAtMost(wrong + ownWrong, served + own.length) <= maxWrong;
    if (isBounded) bound = score;
  }
  return bound;
}
