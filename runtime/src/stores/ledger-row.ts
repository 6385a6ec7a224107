/** What is stored about one call: figures and names, and of its prompt only what the application asks for. */
import type { Basis } from '@farthing/shared/vocabulary';
import type { Origin } from '../core/call-result.ts';
import type { Decision } from '../core/decision.ts';
import type { Savings } from '../core/saving-layers.ts';

export interface LedgerRow {
  /** The call's id: unique across processes. */
  readonly id: string;
  /** Milliseconds since the epoch, when the call began. */
  readonly at: number;
  readonly feature: string | null;
  readonly user: string | null;
  readonly tenant: string | null;
  /** Rows of earlier versions have neither a team nor tags. */
  readonly team?: string | null;
  readonly tags?: readonly string[];
  /** An id or `path:line:column`; null if unknown. */
  readonly callSite: string | null;
  readonly provider: string;
  /** The wire format, such as `openai-chat`; `other` for calls that are only passed through. */
  readonly endpoint: string;
  /** As requested, after aliases. */
  readonly model: string | null;
  /** As the provider reported. */
  readonly servedModel: string | null;
  readonly status: number;
  readonly origin: Origin;
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
  /**
   * Nano-dollars that layers saved together compared with sending the request unchanged; null if none did, or if
   * unknown.
   */
  readonly saved: number | null;
  /** The same by layer. */
  readonly savedBy: Savings;
  /** Milliseconds from the call to the end of its answer, and to its first byte. */
  readonly latency: number;
  readonly firstByte: number | null;
  /** The number of requests sent upstream for this call. */
  readonly attempts: number;
  /** The decisions of layers, in order. */
  readonly decisions: readonly Decision[];
  /** What the application's `keepPrompts` returned for the request; null if it keeps nothing. */
  readonly prompt: string | null;
}
