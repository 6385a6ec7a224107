/** Forgets some of the answers that the semantic cache knows. */
import { lexicalVector } from '../../../semantic/embedders/lexical.ts';
import { detectLanguage } from '../../../semantic/judge/detect-language.ts';
import { judge } from '../../../semantic/judge/judge.ts';
import { cosine } from '../../../semantic/vectors/cosine.ts';
import { checked, object, text } from '../../../support/schema.ts';
import type { FeedbackStores } from './feedback.ts';
import { LESSONS } from './lessons.ts';
import { SERVED } from './served-answers.ts';
import { type StoredQuestion, storedQuestion } from './stored-question.ts';

/** Answers that meet all of these are forgotten. */
export interface PurgeFilter {
  readonly tenant?: string;
  /** One answer, as the event `similar` names it. */
  readonly entry?: string;
  /** The feature of the call that the answer was given to. */
  readonly feature?: string;
  /** The model, as it was requested. */
  readonly model?: string;
  /** Questions that mean the same as this one, or share most of its words. */
  readonly similarTo?: string;
}

/** Of the words' vectors. Forgetting too much costs a request, and forgetting too little leaves a wrong answer. */
const MIN_SIMILARITY = 0.7;

export const purgeSchema = checked(
  object<PurgeFilter>('PurgeFilter', {
    tenant: text(),
    entry: text(),
    feature: text(),
    model: text(),
    similarTo: text(),
  }),
  (filter) =>
    Object.values(filter).every((value) => value === undefined)
      ? 'one of tenant, entry, feature, model and similarTo is needed. To forget everything, call purge().'
      : null,
);

/**
 * All answers of a tenant, or all there are; what was learned from feedback only goes with all.
 *
 * @returns how many answers were forgotten
 */
export async function purgePartition({ cache, vectors }: FeedbackStores, tenant?: string): Promise<number> {
  await vectors.purge(tenant);
  if (tenant !== undefined) return cache.purge(tenant);
  // The records of served answers and of feedback are not counted as answers.
  await cache.purge(SERVED);
  await cache.purge(LESSONS);
  return cache.purge();
}

/** @returns how many answers were forgotten */
export async function purgeQuestions({ cache, vectors }: FeedbackStores, filter: PurgeFilter): Promise<number> {
  const isWanted = filterOf(filter);
  let count = 0;
  for await (const { id, meta } of vectors.entries(filter.tenant)) {
    const question = storedQuestion({ meta });
    if (question === null || !isWanted(question)) continue;
    await cache.delete(question.key);
    await vectors.delete(id);
    count++;
  }
  return count;
}

function filterOf({ entry, feature, model, similarTo }: PurgeFilter): (question: StoredQuestion) => boolean {
  const isSimilar = similarTo === undefined ? () => true : similarityTo(similarTo);
  return (question) =>
    (entry === undefined || question.key === entry) &&
    (feature === undefined || question.feature === feature) &&
    (model === undefined || question.model === model) &&
    isSimilar(question.text);
}

function similarityTo(wanted: string): (text: string) => boolean {
  const language = detectLanguage(wanted);
  const vector = lexicalVector(wanted);
  return (text) =>
    judge(text, wanted, language).outcome === 'same' || cosine(lexicalVector(text), vector) >= MIN_SIMILARITY;
}
