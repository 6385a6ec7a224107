import type { Usage } from '../wire/usage.ts';
import type { Cost } from './call-log.ts';
import type { Decision } from './decision.ts';
import type { Savings } from './saving-layers.ts';

/** The source of an answer. */
export type Origin = 'provider' | 'exact-cache' | 'semantic-cache' | 'joined' | 'refusal' | 'error';

/** True for an answer that another call paid for. */
export function isFromAnother(origin: Origin): boolean {
  return origin === 'exact-cache' || origin === 'semantic-cache' || origin === 'joined';
}

/** What both the application and the ledger learn about a call. */
export interface CallFacts {
  /** Unique across processes. */
  readonly id: string;
  readonly feature: string | null;
  readonly user: string | null;
  readonly tenant: string | null;
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
}

/** The result of a call, as the application reads it: `meter.lastCall()`, `onCall`. */
export interface CallResult extends CallFacts {
  readonly team: string | null;
  readonly tags: readonly string[];
  readonly session: string | null;
  readonly usage: Usage | null;
  /** For all attempts together; null is unknown. */
  readonly cost: Cost | null;
  readonly end: 'complete' | 'cancelled' | 'failed';
}
