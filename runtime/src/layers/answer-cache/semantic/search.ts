/**
 * The stored question that means the same as a new one. Similarity only proposes: the judge decides, and what users and
 * the verifier have taught overrules it.
 */
import type { Exchange } from '../../../core/pipeline.ts';
import { judge } from '../../../semantic/judge/judge.ts';
import type { CacheEntry, CacheStore, VectorStore } from '../../../stores/store.ts';
import { readMeta } from '../meta.ts';
import type { AskedQuestion } from './asked-question.ts';
import type { Lessons, PairVerdict } from './lessons.ts';
import type { NewestModels } from './newest-models.ts';
import { pairOf } from './pair.ts';
import { storedQuestion } from './stored-question.ts';
import type { UncertainPair } from './verification.ts';

export interface SearchTools {
  readonly cache: CacheStore;
  readonly vectors: VectorStore;
  readonly lessons: Lessons;
  readonly newest: NewestModels;
  readonly minSimilarity: number;
  /** True if pairs that the rules leave open are verified. */
  readonly isVerifying: boolean;
}

export interface Asked extends AskedQuestion {
  readonly vector: Float32Array;
  /** What the vector cost, in nano-dollars; null is unknown. */
  readonly cost: number | null;
}

export interface Found {
  /** The stored question. */
  readonly text: string;
  readonly similarity: number;
  readonly pair: string;
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
      /** The nearest pair that the rules leave open, and of which nothing is known. */
      readonly uncertain: UncertainPair | null;
    };

/** Questions that are further apart are hardly ever the same, and not worth a verification. */
const MIN_UNCERTAIN = 0.5;
/** Stored questions that the judge sees for one question. */
const MAX_PROPOSED = 8;

export type Search = (exchange: Exchange, asked: Asked) => Promise<SearchResult>;

export function createSearch({ cache, vectors, lessons, newest, minSimilarity, isVerifying }: SearchTools): Search {
  /** Why the answer to a question is not served, though it counts as the same; null if it is. */
  const refusalOf = (lesson: PairVerdict | null, similarity: number, bound: number): string | null => {
    if (similarity < minSimilarity) return 'it is further away than minSimilarity allows';
    if (similarity <= bound) return 'wrong answers have raised the bound here';
    return lesson === 'different' ? 'this pair was wrong before' : null;
  };

  return async function search(exchange, { text, language, space, vector }) {
    const [matches, bound] = await Promise.all([vectors.nearest(space, vector, MAX_PROPOSED), lessons.boundOf(space)]);
    let nearest: NearMiss | null = null;
    let refusal: NearMiss | null = null;
    let uncertain: UncertainPair | null = null;
    for (const match of matches) {
      const stored = storedQuestion(match);
      if (stored === null) continue;
      const { similarity } = match;
      const verdict = judge(stored.text, text, language);
      const isOpen = isVerifying && verdict.outcome === 'unsure' && similarity >= MIN_UNCERTAIN;
      if (verdict.outcome !== 'same') nearest ??= { similarity, reason: `not the same: ${verdict.reason}` };
      if (verdict.outcome !== 'same' && !isOpen) continue;
      const pair = pairOf(space, stored.text, text, language);
      const [entry, lesson] = await Promise.all([cache.get(stored.key), lessons.of(pair)]);
      if (entry === null || isOutdated(entry, exchange)) {
        // The answer was purged, evicted, or given by an earlier version of the model.
        await vectors.delete(match.id);
        continue;
      }
      const why = refusalOf(lesson, similarity, bound);
      if (why !== null) refusal ??= { similarity, reason: `not served: ${why}` };
      else if (verdict.outcome === 'same' || lesson === 'same') {
        return { found: { text: stored.text, similarity, pair, key: stored.key, entry } };
      } else uncertain ??= { pair, stored: stored.text, asked: text };
    }
    return { found: null, nearest: refusal ?? nearest, uncertain };
  };

  function isOutdated(entry: CacheEntry, exchange: Exchange): boolean {
    const meta = readMeta(entry);
    return meta !== null && newest.isOutdated(exchange, meta.answer.servedModel);
  }
}
