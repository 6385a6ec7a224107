/** One call as a source of figures records it, whatever its format. */
import type { MeasuredPlace, MeasuredTokens } from '@farthing/shared/measured/measured';
import type { ProviderName } from '@farthing/shared/vocabulary';

export interface RecordedCall {
  /** When it began: milliseconds since the epoch; null if unknown. */
  readonly at: number | null;
  /** When the last of `count` calls began, if it is another time. */
  readonly until?: number | null;
  /** How many calls the record is about. Default: 1. */
  readonly count?: number;
  /** True for a sum over calls, of which nothing is known one by one. Default: false. */
  readonly isSum?: true;
  readonly site: RecordedSite | null;
  /** The ids of the calls of the project's own functions that led to it, if the record says them. Default: none. */
  readonly features?: readonly string[];
  /** The commit of the code that ran, if the record says it. */
  readonly revision: string | null;
  readonly provider: ProviderName;
  /** As requested; as the provider answered if the request is not recorded. */
  readonly model: string | null;
  /** As the provider answered: its price applies where the requested name has none. */
  readonly servedModel: string | null;
  /** `reused`: an earlier answer was given. */
  readonly outcome: 'answered' | 'reused' | 'failed';
  /** Null if unknown, which is not 0. */
  readonly tokens: MeasuredTokens | null;
  readonly terms: BillingTerms;
  /** Milliseconds until the whole answer was there. */
  readonly latency: number | null;
}

export type RecordedSite = { readonly id: string } | MeasuredPlace;

/** What else a price depends on. */
export interface BillingTerms {
  readonly isBatch: boolean;
  /** As the provider names it. */
  readonly tier: string | null;
}

export const STANDARD_TERMS: BillingTerms = { isBatch: false, tier: null };
