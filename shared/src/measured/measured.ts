/**
 * `.farthing/measured.json`, schema 1: what calls used and cost when the application ran, by call site and revision.
 * `farthing measure import` writes it. It holds counts and names of models, never a text of a request or an answer.
 */
import type { ProviderName } from '../vocabulary.ts';

/** Below the project's root, which the ids of calls count their paths from. */
export const MEASURED_FILE = '.farthing/measured.json';

export interface MeasuredFile {
  readonly version: 1;
  /** When the file was written. ISO 8601. */
  readonly imported: string;
  /** The table by which costs were computed. */
  readonly prices: { readonly source: string; readonly date: string };
  readonly sites: readonly MeasuredSite[];
}

/** The calls of one call site at one revision; or calls that belong to no call site that is known. */
export interface MeasuredSite {
  /** The call's id; null where no call of the code was found for it. */
  readonly call: string | null;
  /**
   * True for a call of one of the project's own functions that led to requests: the same calls and the same money as in the
   * sites of these requests, so that no sum may count them again.
   */
  readonly isFeature: boolean;
  /** Where the source of the figures says that the call is; null if it says nothing. */
  readonly place: MeasuredPlace | null;
  /** The commit of the code that ran; null if unknown. */
  readonly revision: string | null;
  /** A short hash of each line of the call as it was measured; empty if unknown. */
  readonly lines: readonly string[];
  /** When the first and the last call began. ISO 8601; null if unknown. */
  readonly from: string | null;
  readonly to: string | null;
  /** All calls: answered by the provider, answered by an earlier answer, and failed. */
  readonly calls: number;
  readonly answered: number;
  readonly reused: number;
  readonly failed: number;
  /** The answered calls whose cost is known. */
  readonly priced: number;
  /** Nano-dollars for all of these. */
  readonly cost: number;
  /** Sums over the answered calls. */
  readonly tokens: MeasuredTokens;
  readonly perCall: {
    /** Nano-dollars. */
    readonly cost: Spread | null;
    readonly input: Spread | null;
    readonly output: Spread | null;
    /** Milliseconds. */
    readonly latency: Spread | null;
  };
  readonly models: readonly MeasuredModel[];
}

export interface MeasuredPlace {
  readonly path: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly function: string | null;
}

export interface MeasuredTokens {
  /** Includes cache reads and writes. */
  readonly input: number;
  readonly cachedInput: number;
  readonly cacheWrite: number;
  readonly cacheWriteLong: number;
  /** Includes reasoning. */
  readonly output: number;
  readonly reasoning: number;
}

/** How a figure varies between calls, within 1%. */
export interface Spread {
  readonly p5: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export interface MeasuredModel {
  readonly provider: ProviderName;
  readonly model: string;
  readonly answered: number;
  readonly priced: number;
  /** Nano-dollars. */
  readonly cost: number;
  readonly input: number;
  readonly output: number;
}
