/** What users say of answers that came from the cache, or went into it. */
import type { Feedback } from '../../../core/feedback.ts';
import type { CacheStore, VectorStore } from '../../../stores/store.ts';
import { createLessons } from './lessons.ts';
import { servedTo } from './served-answers.ts';

export interface FeedbackStores {
  readonly cache: CacheStore;
  readonly vectors: VectorStore;
}

/**
 * `bad` removes the answer. If it had been given to another question, that pair is never served again, and the questions
 * of the same space must be nearer from now on. `good` allows the pair again. Both count for the bound of the model, if it had allowed the
 * answer.
 *
 * @returns false if no cached answer belongs to the call
 */
export async function takeFeedback({ cache, vectors }: FeedbackStores, call: string, feedback: Feedback) {
  const served = await servedTo(cache, call);
  if (served === null) return false;
  const { entry, match } = served;
  const lessons = createLessons(cache);
  if (match !== null && match.score !== null) {
    await lessons.noteFeedback(match.space, { score: match.score, isWrong: feedback === 'bad' });
  }
  if (feedback === 'good') {
    if (match !== null) await lessons.forget(match.pair);
    return true;
  }
  // The lesson first: if a later step fails, the pair is not served again.
  if (match !== null) {
    await lessons.learn(match.pair, 'different');
    await lessons.tighten(match.space, match.similarity);
  }
  await cache.delete(entry);
  await vectors.delete(entry);
  return true;
}
