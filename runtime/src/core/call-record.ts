/** What is written down about one call while it runs, and what its application reads afterwards. */
import type { Basis } from '@farthing/shared/vocabulary';
import type { Origin } from '../ledger/row.ts';
import type { Usage } from '../wire/usage.ts';
import type { Reply } from './pipeline.ts';
import type { SavingLayer, Savings } from './savings.ts';

/** What one layer did, or would have done where it only watches. */
export interface Decision {
  readonly layer: string;
  /** `hit`, `miss`, `joined`, `refused`, `retried`, ... */
  readonly outcome: string;
  readonly isShadow: boolean;
  /** Why, for people. */
  readonly reason: string | null;
}

/** Nano-dollars with what they rest on; null is unknown. */
export interface Cost {
  readonly amount: number;
  readonly basis: Basis;
}

export interface CallRecord {
  readonly decisions: Decision[];
  /** One for each request that was sent upstream, in order; filled when it has settled. */
  readonly attempts: Attempt[];
  /** Nano-dollars that were not spent thanks to a layer, each layer's own. */
  readonly savings: Partial<Record<SavingLayer, number>>;
  /** True where need, and not configuration, chose who answers: such an answer is given and never kept. */
  isSubstituted: boolean;
  /** What each layer's guard saw it pass on last, by the layer's place. */
  readonly passedOn: Promise<Reply>[];
}

export interface Attempt {
  readonly model: string | null;
  status: number | null;
  usage: Usage | null;
  /** Null is unknown: also while the attempt runs. */
  cost: Cost | null;
}

export function createRecord(): CallRecord {
  return { decisions: [], attempts: [], savings: {}, isSubstituted: false, passedOn: [] };
}

/** One call as the application reads it: `meter.lastCall()`, `onCall`. */
export interface CallResult {
  readonly id: string;
  readonly feature: string | null;
  readonly user: string | null;
  readonly tenant: string | null;
  readonly callSite: string | null;
  readonly provider: string;
  readonly endpoint: string;
  readonly model: string | null;
  readonly servedModel: string | null;
  readonly status: number;
  readonly origin: Origin;
  readonly usage: Usage | null;
  /** Over all attempts; null is unknown. */
  readonly cost: Cost | null;
  /** Nano-dollars that layers saved together; null where none did, or it is not known. */
  readonly saved: number | null;
  readonly savedBy: Savings;
  /** Milliseconds. */
  readonly latency: number;
  readonly firstByte: number | null;
  readonly attempts: number;
  readonly decisions: readonly Decision[];
  readonly end: 'complete' | 'cancelled' | 'failed';
}
