/** The tier by the learned router, for questions that stand alone. */
import type { JsonObject } from '../../../support/json-body.ts';
import { questionOf } from '../../../wire/question.ts';
import { createRouter } from './router.ts';
import type { RouterWeights } from './weights.ts';

export interface LearnedOptions {
  /** As `farthing-runtime train` wrote them. */
  readonly weights: RouterWeights;
  /** The expected gain from which `complex` answers. Default: that of the weights. */
  readonly threshold?: number;
}

export type ChooseTier = (body: JsonObject, feature: string | null) => { tier: string; reason: string } | null;

/** Null for a conversation, whose last question depends on what was said before. */
export function createLearnedChoice({ weights, threshold = weights.threshold }: LearnedOptions): ChooseTier {
  const router = createRouter(weights);
  return (body, feature) => {
    const question = questionOf(body);
    if (question === null) return null;
    const gain = router.gain(question.text, feature);
    const isComplex = gain >= threshold;
    const reason = `expected gain ${percent(gain)}, ${isComplex ? 'at least' : 'below'} ${percent(threshold)}`;
    return { tier: isComplex ? 'complex' : 'simple', reason };
  };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
