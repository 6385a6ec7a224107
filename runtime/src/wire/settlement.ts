import type { AnswerFacts } from './codec.ts';
import type { PartialUsage, Usage } from './usage.ts';

/** How an answer ended, and what it used. */
export interface Settlement {
  /** `cancelled`: the reader stopped; `failed`: the connection or the provider did. */
  readonly end: 'complete' | 'cancelled' | 'failed';
  /** Null is unknown, never nothing. */
  readonly usage: Usage | null;
  /** Of a stream whose usage did not come: what had passed of it. */
  readonly partial?: PartialUsage;
  readonly answer: AnswerFacts;
}
