import type { Usage } from '../wire/usage.ts';
import type { Cost } from './call-log.ts';
import type { Decision } from './decision.ts';
import type { Savings } from './saving-layers.ts';

/** The source of an answer. */
export type Origin = 'provider' | 'exact-cache' | 'joined' | 'refusal' | 'error';

/** The result of a call, as the application reads it: `meter.lastCall()`, `onCall`. */
export interface CallResult {
  readonly id: string;
  readonly feature: string | null;
  readonly user: string | null;
  readonly tenant: string | null;
  readonly team: string | null;
  readonly tags: readonly string[];
  readonly session: string | null;
  readonly callSite: string | null;
  readonly provider: string;
  readonly endpoint: string;
  readonly model: string | null;
  readonly servedModel: string | null;
  readonly status: number;
  readonly origin: Origin;
  readonly usage: Usage | null;
  /** For all attempts together; null is unknown. */
  readonly cost: Cost | null;
  /** Nano-dollars that all layers saved together; null if none did, or if it is unknown. */
  readonly saved: number | null;
  readonly savedBy: Savings;
  /** Milliseconds. */
  readonly latency: number;
  readonly firstByte: number | null;
  readonly attempts: number;
  readonly decisions: readonly Decision[];
  readonly end: 'complete' | 'cancelled' | 'failed';
}
