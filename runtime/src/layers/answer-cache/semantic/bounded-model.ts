/** The model, with the score from which on its answers are wrong as seldom as the option allows. */
import { scoreBound } from '../../../semantic/model/bound.ts';
import { type SemanticModel, semanticModel } from '../../../semantic/model/model.ts';
import { WEIGHTS } from '../../../semantic/model/weights.ts';
import type { Lessons } from './lessons.ts';
import type { FilledSemantic } from './options.ts';

export interface BoundedModel extends SemanticModel {
  /** Null if no score is sure enough in a space, by what its users have said. */
  readonly boundOf: (space: string) => Promise<number | null>;
}

/** Null without `maxWrong`. */
export function boundedModel(
  { maxWrong, weights = WEIGHTS }: FilledSemantic,
  lessons: Pick<Lessons, 'feedbackOf'>,
): BoundedModel | null {
  if (maxWrong === 0) return null;
  return {
    ...semanticModel(weights),
    boundOf: async (space) => scoreBound(weights.calibration, maxWrong, await lessons.feedbackOf(space)),
  };
}
