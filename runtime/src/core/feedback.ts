import type { Decision } from './decision.ts';

export const FEEDBACK = ['bad', 'good'] as const;
/** What a user says of an answer. */
export type Feedback = (typeof FEEDBACK)[number];

/** A call that a user says something of. */
export interface RatedCall {
  readonly decisions: readonly Decision[];
  /** What was said of it before. */
  readonly feedback?: Feedback | undefined;
}

export type FeedbackListener = (call: RatedCall, feedback: Feedback) => void;
