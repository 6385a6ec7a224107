/** What is stored about one call: figures and names, and of its prompt only what the application asks for. */
import type { Basis } from '@farthing/shared/vocabulary';
import type { CallFacts, CallResult } from '../core/call-result.ts';
import type { Feedback } from '../core/feedback.ts';

export interface LedgerRow extends CallFacts {
  /** Milliseconds since the epoch, when the call began. */
  readonly at: number;
  /** Rows of earlier versions have neither a team nor tags. */
  readonly team?: string | null;
  readonly tags?: readonly string[];
  /** How the answer ended: `cancelled` if the reader stopped. Rows of earlier versions do not have it. */
  readonly end?: CallResult['end'];
  /** Tokens; null is unknown. Input includes cache reads and writes. */
  readonly inputTokens: number | null;
  readonly cachedInputTokens: number | null;
  readonly cacheWriteTokens: number | null;
  /** Output includes reasoning. */
  readonly outputTokens: number | null;
  readonly reasoningTokens: number | null;
  /** Nano-dollars for all attempts; null is unknown, never 0. */
  readonly cost: number | null;
  readonly costBasis: Basis;
  /**
   * Nano-dollars by the price table, if `cost` is what the provider stated; null if it stated none, or if the table has
   * no price. Rows of earlier versions do not have it.
   */
  readonly computedCost?: number | null;
  /** What a user said of the answer. Rows without feedback do not have it. */
  readonly feedback?: Feedback;
  /** What the application's `keepPrompts` returned for the request; null if it keeps nothing. */
  readonly prompt: string | null;
}
