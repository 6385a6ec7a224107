/** What the semantic cache served, and how what it would have served compares with the real answers. */
import type { Decision } from '../core/decision.ts';
import type { LedgerRow } from '../stores/ledger-row.ts';
import { type Proportion, proportion } from '../support/proportion.ts';

export interface SemanticSummary {
  readonly calls: number;
  /** Calls that were answered by it. */
  readonly served: number;
  /** Calls in shadow mode for which it had an answer, by how that compares with the real one. */
  readonly compared: { readonly same: number; readonly different: number; readonly unknown: number };
  /** As if every different answer were wrong; null if none was compared. */
  readonly wrong: Proportion | null;
  /** Nano-dollars that it would have saved; hits with an unknown saving are not included. */
  readonly saving: number;
  readonly unknownSavings: number;
  /** The least similarity from which on the wrong answers are few; null if there is none. */
  readonly advice: Advice | null;
  /** Why the nearest questions were not served, the most frequent reason first. */
  readonly nearMisses: readonly NearMisses[];
}

export interface Advice {
  readonly minSimilarity: number;
  readonly wrong: Proportion;
}

export interface NearMisses {
  readonly reason: string;
  readonly calls: number;
  /** The highest. */
  readonly similarity: number;
}

/** The share of wrong answers that is advised. */
export const ADVISED_SHARE = 0.01;
/** Fewer hits say nothing. */
const MIN_HITS = 30;

const NAME = 'semantic-cache';

type Compared = Extract<Decision, { readonly outcome: 'compared' }>;

export async function summariseSemantic(rows: AsyncIterable<LedgerRow>): Promise<SemanticSummary> {
  let [calls, served] = [0, 0];
  const compared: Compared[] = [];
  const misses = new Map<string, NearMisses>();
  for await (const { origin, decisions } of rows) {
    calls++;
    if (origin === NAME) served++;
    for (const decision of decisions) {
      if (decision.layer !== NAME) continue;
      if (decision.outcome === 'compared') compared.push(decision);
      if (decision.outcome === 'near-miss') addMiss(misses, decision.reason ?? 'unknown', decision.similarity);
    }
  }
  const count = (isOne: (one: Compared) => boolean): number => compared.filter(isOne).length;
  const different = count(isDifferent);
  const unknown = count(({ agreement }) => agreement === 'unknown');
  const same = compared.length - different - unknown;
  return {
    calls,
    served,
    compared: { same, different, unknown },
    wrong: proportion(different, same + different),
    saving: compared.reduce((sum, { saving }) => sum + (saving ?? 0), 0),
    unknownSavings: count(({ saving }) => saving === null),
    advice: adviceFrom(compared),
    nearMisses: [...misses.values()].sort((one, other) => other.calls - one.calls || other.similarity - one.similarity),
  };
}

function addMiss(misses: Map<string, NearMisses>, reason: string, similarity: number): void {
  const known = misses.get(reason) ?? { reason, calls: 0, similarity };
  misses.set(reason, { reason, calls: known.calls + 1, similarity: Math.max(known.similarity, similarity) });
}

function isDifferent({ agreement }: Compared): boolean {
  return agreement === 'different-text';
}

/** The bound that serves the most hits of which at most the advised share was wrong. */
function adviceFrom(compared: readonly Compared[]): Advice | null {
  const known = compared
    .filter(({ agreement }) => agreement !== 'unknown')
    .sort((one, other) => other.similarity - one.similarity);
  let advice: Advice | null = null;
  let wrong = 0;
  for (const [index, one] of known.entries()) {
    if (isDifferent(one)) wrong++;
    const served = index + 1;
    // A bound between equal similarities cannot be drawn.
    if (known[served]?.similarity === one.similarity || served < MIN_HITS) continue;
    const share = proportion(wrong, served);
    if (share !== null && wrong / served <= ADVISED_SHARE) advice = { minSimilarity: one.similarity, wrong: share };
  }
  return advice;
}
