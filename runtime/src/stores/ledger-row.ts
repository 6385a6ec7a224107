/** What is kept of one call: figures and names, and of its prompt only what the application asks for. */
import type { Basis } from '@farthing/shared/vocabulary';
import type { Origin } from '../core/call-result.ts';
import type { Decision } from '../core/decision.ts';
import type { Savings } from '../core/saving-layers.ts';

export interface LedgerRow {
  /** The call's id: unique over processes. */
  readonly id: string;
  /** Milliseconds since the epoch, when the call began. */
  readonly at: number;
  readonly feature: string | null;
  readonly user: string | null;
  readonly tenant: string | null;
  /** An id or `path:line:column`; null where it is not known. */
  readonly callSite: string | null;
  readonly provider: string;
  /** The wire format, as `openai-chat`; `other` for calls that are only passed through. */
  readonly endpoint: string;
  /** As requested, after aliases. */
  readonly model: string | null;
  /** As the provider said. */
  readonly servedModel: string | null;
  readonly status: number;
  readonly origin: Origin;
  /** Tokens; null is unknown. Input includes what was read from and written to the provider's cache. */
  readonly inputTokens: number | null;
  readonly cachedInputTokens: number | null;
  readonly cacheWriteTokens: number | null;
  /** Output includes reasoning. */
  readonly outputTokens: number | null;
  readonly reasoningTokens: number | null;
  /** Nano-dollars over all attempts; null is unknown, never 0. */
  readonly cost: number | null;
  readonly costBasis: Basis;
  /**
   * Nano-dollars by the price table, where `cost` is what the provider states; null where it states none, or the table has
   * no price. Rows of earlier versions do not have it.
   */
  readonly computedCost?: number | null;
  /** Nano-dollars that layers saved together against the same request sent as it came; null where none did, or it is not known. */
  readonly saved: number | null;
  /** The same by layer. */
  readonly savedBy: Savings;
  /** Milliseconds from the call to the end of its answer, and to its first byte. */
  readonly latency: number;
  readonly firstByte: number | null;
  /** Requests that were sent upstream for this call. */
  readonly attempts: number;
  /** What layers decided, in order. */
  readonly decisions: readonly Decision[];
  /** What the application's `keepPrompts` made of the request; null where it keeps nothing. */
  readonly prompt: string | null;
}
