import type { JsonObject } from '../support/json-body.ts';
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
  /** A whole answer as the provider sent it, which is parsed only once; absent for a stream. */
  readonly json?: JsonObject;
}
