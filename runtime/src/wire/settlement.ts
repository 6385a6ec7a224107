import type { AnswerFacts } from './codec.ts';
import type { PartialUsage, Usage } from './usage.ts';

/** How an answer ended, and its usage. */
export interface Settlement {
  /** `cancelled`: the reader stopped; `failed`: the connection or the provider failed. */
  readonly end: 'complete' | 'cancelled' | 'failed';
  /** Null is unknown, never zero. */
  readonly usage: Usage | null;
  /** For a stream without reported usage: what had passed of it. */
  readonly partial?: PartialUsage;
  readonly answer: AnswerFacts;
}
