/**
 * What was learned about pairs of questions: those that users found wrong are never served again, those that a verifier
 * found right are. Kept in the cache, so that all processes learn it; only digests, never a text.
 */
import type { ScoredFeedback } from '../../../semantic/model/bound.ts';
import type { CacheStore } from '../../../stores/store.ts';
import { asArray, asObject, parseObject } from '../../../support/json-body.ts';
import { digest } from '../../support/digest.ts';

export type PairVerdict = 'same' | 'different';

export interface Lessons {
  /** Null if nothing is known of the pair. */
  readonly of: (pair: string) => Promise<PairVerdict | null>;
  readonly learn: (pair: string, verdict: PairVerdict) => Promise<void>;
  readonly forget: (pair: string) => Promise<void>;
  /** The similarity that questions of a space must exceed to be served; 0 if nothing was wrong there. */
  readonly boundOf: (space: string) => Promise<number>;
  /** What users said of answers that the model had allowed in a space, the last of them. */
  readonly feedbackOf: (space: string) => Promise<readonly ScoredFeedback[]>;
  readonly noteFeedback: (space: string, feedback: ScoredFeedback) => Promise<void>;
  /** A wrong answer raises the bound by half of what is left, up to the similarity of its questions. */
  readonly tighten: (space: string, similarity: number) => Promise<void>;
}

/** Lessons are no tenant's answers: a purge of a tenant leaves them. */
export const LESSONS = digest('lessons of the semantic cache');
/** Feedback that is remembered for a space. */
const MAX_FEEDBACK = 500;
const LIFETIME = 90 * 24 * 60 * 60 * 1000;

export function createLessons(cache: CacheStore): Lessons {
  const read = async (key: string) => {
    const entry = await cache.get(key);
    return entry === null ? null : parseObject(entry.meta);
  };
  const write = async (key: string, value: object): Promise<void> =>
    cache.set({ key, partition: LESSONS, bytes: NOTHING, meta: JSON.stringify(value), lifetime: LIFETIME });

  const boundOf = async (space: string): Promise<number> => {
    const bound = (await read(boundKey(space)))?.bound;
    return typeof bound === 'number' ? bound : 0;
  };

  const feedbackOf = async (space: string): Promise<readonly ScoredFeedback[]> =>
    asArray((await read(feedbackKey(space)))?.feedback).flatMap((one) => {
      const { score, isWrong } = asObject(one) ?? {};
      return typeof score === 'number' && typeof isWrong === 'boolean' ? [{ score, isWrong }] : [];
    });

  return {
    of: async (pair) => {
      const verdict = (await read(pair))?.verdict;
      return verdict === 'same' || verdict === 'different' ? verdict : null;
    },
    learn: async (pair, verdict) => write(pair, { verdict }),
    forget: async (pair) => cache.delete(pair),
    boundOf,
    feedbackOf,
    noteFeedback: async (space, feedback) =>
      write(feedbackKey(space), { feedback: [...(await feedbackOf(space)), feedback].slice(-MAX_FEEDBACK) }),
    tighten: async (space, similarity) => {
      const bound = await boundOf(space);
      const raised = Math.min(similarity, bound + (1 - bound) / 2);
      if (raised > bound) await write(boundKey(space), { bound: raised });
    },
  };
}

const NOTHING = new Uint8Array();

function feedbackKey(space: string): string {
  return digest(`feedback ${space}`);
}

function boundKey(space: string): string {
  return digest(`bound ${space}`);
}
