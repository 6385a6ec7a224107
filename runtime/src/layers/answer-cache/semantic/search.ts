/**
 * The stored question that means the same as a new one. Similarity only proposes: the rules decide, and the model
 * where they leave it open. What users and the verifier have taught overrules both.
 */
import type { Exchange } from '../../../core/pipeline.ts';
import { judge, type Verdict } from '../../../semantic/judge/judge.ts';
import type { CacheEntry, CacheStore, VectorMatch, VectorStore } from '../../../stores/store.ts';
import { readMeta } from '../meta.ts';
import type { AskedQuestion } from './asked-question.ts';
import type { BoundedModel } from './bounded-model.ts';
import type { Lessons, PairVerdict } from './lessons.ts';
import type { NewestModels } from './newest-models.ts';
import { pairOf } from './pair.ts';
import { type StoredQuestion, storedQuestion } from './stored-question.ts';
import type { UncertainPair } from './verification.ts';

export interface SearchTools {
  readonly cache: CacheStore;
  readonly vectors: VectorStore;
  readonly lessons: Lessons;
  readonly newest: NewestModels;
  readonly minSimilarity: number;
  /** Null if the rules alone decide. */
  readonly model: BoundedModel | null;
  /** True if something is done with pairs that are left open. */
  readonly wantsOpen: boolean;
}

export interface Asked extends AskedQuestion {
  readonly vector: Float32Array;
  /** What the vector cost, in nano-dollars; null is unknown. */
  readonly cost: number | null;
}

export type DecidedBy = 'rules' | 'verifier' | 'model';

export interface Found {
  /** The stored question. */
  readonly text: string;
  readonly similarity: number;
  readonly pair: string;
  readonly by: DecidedBy;
  /** Of the model; null if it did not decide. */
  readonly score: number | null;
  /** The key of the answer. */
  readonly key: string;
  readonly entry: CacheEntry;
}

/** The nearest stored question whose answer is not served. */
export interface NearMiss {
  readonly similarity: number;
  /** Continues a sentence about it: "not the same: their numbers differ". */
  readonly reason: string;
}

export type SearchResult =
  | { readonly found: Found }
  | {
      readonly found: null;
      readonly nearest: NearMiss | null;
      /** The nearest pair that is left open, and of which nothing is known. */
      readonly uncertain: Uncertain | null;
    };

export interface Uncertain extends UncertainPair {
  readonly similarity: number;
  readonly key: string;
  readonly entry: CacheEntry;
}

/** Questions that are further apart are hardly ever the same, and not worth a verification. */
const MIN_UNCERTAIN = 0.5;
/** Stored questions that the judge sees for one question. */
const MAX_PROPOSED = 8;

export type Search = (exchange: Exchange, asked: Asked) => Promise<SearchResult>;

interface Candidate {
  readonly match: VectorMatch;
  readonly stored: StoredQuestion;
  readonly verdict: Verdict;
  /** Null if the model does not see the pair, or finds it different. */
  readonly score: number | null;
}

export function createSearch({
  cache,
  vectors,
  lessons,
  newest,
  minSimilarity,
  model,
  wantsOpen,
}: SearchTools): Search {
  /** Why the answer to a question is not served, though it counts as the same; null if it is. */
  const refusalOf = (lesson: PairVerdict | null, similarity: number, bound: number): string | null => {
    if (similarity < minSimilarity) return 'it is further away than minSimilarity allows';
    if (similarity <= bound) return 'wrong answers have raised the bound here';
    return lesson === 'different' ? 'this pair was wrong before' : null;
  };

  return async function search(exchange, { text, language, space, vector }) {
    const [matches, bound, scoreBound] = await Promise.all([
      vectors.nearest(space, vector, MAX_PROPOSED),
      lessons.boundOf(space),
      model?.boundOf(space) ?? null,
    ]);
    const candidates = matches.flatMap((match): readonly Candidate[] => {
      const stored = storedQuestion(match);
      if (stored === null) return [];
      const verdict = judge(stored.text, text, language);
      const open = verdict.outcome === 'unsure' && scoreBound !== null ? verdict.open : [];
      const score = model?.scoreOf({ stored: stored.text, asked: text, language, open }) ?? null;
      return [
        { match, stored, verdict, score: score !== null && scoreBound !== null && score >= scoreBound ? score : null },
      ];
    });
    let refusal: NearMiss | null = null;
    let uncertain: Uncertain | null = null;
    for (const { match, stored, verdict, score } of inOrder(candidates)) {
      const { similarity } = match;
      const isOpen = wantsOpen && verdict.outcome === 'unsure' && similarity >= MIN_UNCERTAIN;
      if (verdict.outcome !== 'same' && score === null && !isOpen) continue;
      const pair = pairOf(space, stored.text, text, language);
      const [entry, lesson] = await Promise.all([cache.get(stored.key), lessons.of(pair)]);
      if (entry === null || isOutdated(entry, exchange)) {
        // The answer was purged, evicted, or given by an earlier version of the model.
        await vectors.delete(match.id);
        continue;
      }
      const why = refusalOf(lesson, similarity, bound);
      const by = decidedBy(verdict, lesson, score);
      if (why !== null) refusal ??= { similarity, reason: `not served: ${why}` };
      else if (by !== null)
        return { found: { text: stored.text, similarity, pair, by, score, key: stored.key, entry } };
      else uncertain ??= { pair, stored: stored.text, asked: text, similarity, key: stored.key, entry };
    }
    return { found: null, nearest: refusal ?? nearestMiss(candidates), uncertain };
  };

  function isOutdated(entry: CacheEntry, exchange: Exchange): boolean {
    const meta = readMeta(entry);
    return meta !== null && newest.isOutdated(exchange, meta.answer.servedModel);
  }
}

/** What the rules accept, the nearest first; then what the model accepts, the surest first; then the others. */
function inOrder(candidates: readonly Candidate[]): readonly Candidate[] {
  const rank = ({ verdict, score }: Candidate): number =>
    verdict.outcome === 'same' ? Number.POSITIVE_INFINITY : (score ?? Number.NEGATIVE_INFINITY);
  return candidates.toSorted((one, other) => (rank(one) === rank(other) ? 0 : rank(other) - rank(one)));
}

function decidedBy({ outcome }: Verdict, lesson: PairVerdict | null, score: number | null): DecidedBy | null {
  if (outcome === 'same') return 'rules';
  if (lesson === 'same') return 'verifier';
  return score === null ? null : 'model';
}

function nearestMiss(candidates: readonly Candidate[]): NearMiss | null {
  const miss = candidates.find(({ verdict }) => verdict.outcome !== 'same');
  if (miss === undefined || miss.verdict.outcome === 'same') return null;
  return { similarity: miss.match.similarity, reason: `not the same: ${miss.verdict.reason}` };
}
