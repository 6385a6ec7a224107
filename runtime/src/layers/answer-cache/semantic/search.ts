/**
 * The stored question that means the same as a new one. Similarity only proposes: the judge decides, and what users and
 * the verifier have taught overrules it.
 */
import type { Exchange } from '../../../core/pipeline.ts';
import { judge } from '../../../semantic/judge/judge.ts';
import type { CacheEntry, CacheStore, VectorStore } from '../../../stores/store.ts';
import { readMeta } from '../meta.ts';
import type { AskedQuestion } from './asked-question.ts';
import type { Lessons } from './lessons.ts';
import type { NewestModels } from './newest-models.ts';
import { pairOf } from './pair.ts';
import { storedQuestion } from './stored-question.ts';

export interface SearchTools {
  readonly cache: CacheStore;
  readonly vectors: VectorStore;
  readonly lessons: Lessons;
  readonly newest: NewestModels;
  readonly minSimilarity: number;
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

export type SearchResult = { readonly found: Found } | { readonly found: null; readonly nearest: NearMiss | null };

/** Stored questions that the judge sees for one question. */
const MAX_PROPOSED = 8;

export type Search = (exchange: Exchange, asked: Asked) => Promise<SearchResult>;

export function createSearch({ cache, vectors, lessons, newest, minSimilarity }: SearchTools): Search {
  /** Why a question that the judge takes for the same is not served; null if it is. */
  const refused = async (pair: string, similarity: number, bound: number): Promise<string | null> => {
    if (similarity < minSimilarity) return 'it is further away than minSimilarity allows';
    // `bad` feedback may have been about a pair that is as near as can be.
    if (similarity <= bound) return 'wrong answers have raised the bound here';
    return (await lessons.of(pair)) === 'different' ? 'this pair was wrong before' : null;
  };

  return async function search(exchange, { text, language, space, vector }) {
    const [matches, bound] = await Promise.all([vectors.nearest(space, vector, MAX_PROPOSED), lessons.boundOf(space)]);
    let nearest: NearMiss | null = null;
    let refusal: NearMiss | null = null;
    for (const match of matches) {
      const stored = storedQuestion(match);
      if (stored === null) continue;
      const { similarity } = match;
      const verdict = judge(stored.text, text, language);
      if (verdict.outcome !== 'same') {
        nearest ??= { similarity, reason: `not the same: ${verdict.reason}` };
        continue;
      }
      const pair = pairOf(space, stored.text, text, language);
      const [entry, why] = await Promise.all([cache.get(stored.key), refused(pair, similarity, bound)]);
      if (entry === null || isOutdated(entry, exchange)) {
        // The answer was purged, evicted, or given by an earlier version of the model.
        await vectors.delete(match.id);
      } else if (why === null) {
        return { found: { text: stored.text, similarity, pair, key: stored.key, entry } };
      } else {
        refusal ??= { similarity, reason: `not served: ${why}` };
      }
    }
    return { found: null, nearest: refusal ?? nearest };
  };

  function isOutdated(entry: CacheEntry, exchange: Exchange): boolean {
    const meta = readMeta(entry);
    return meta !== null && newest.isOutdated(exchange, meta.answer.servedModel);
  }
}
