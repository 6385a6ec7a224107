/** What the semantic cache decides about a pair of questions, by the rules alone and with its model. */
import { detectLanguage } from '../runtime/src/semantic/judge/detect-language.ts';
import { judge } from '../runtime/src/semantic/judge/judge.ts';
import { scoreBound } from '../runtime/src/semantic/model/bound.ts';
import { semanticModel } from '../runtime/src/semantic/model/model.ts';
import { WEIGHTS } from '../runtime/src/semantic/model/weights.ts';

export interface DecidedPair {
  readonly outcome: 'same' | 'different' | 'unsure';
  /** Of the model; null if it does not see the pair. */
  readonly score: number | null;
}

const MODEL = semanticModel(WEIGHTS);

export function decide(stored: string, asked: string): DecidedPair {
  const language = detectLanguage(asked);
  const verdict = judge(stored, asked, language);
  const isOpen = verdict.outcome === 'unsure' && language !== null;
  const score = isOpen ? MODEL.scoreOf({ stored, asked, language, open: verdict.open }) : null;
  return { outcome: verdict.outcome, score };
}

/** True if the rules serve the pair, or the model does with that `maxWrong`. */
export function isServed({ outcome, score }: DecidedPair, maxWrong: number): boolean {
  if (outcome === 'same') return true;
  const bound = maxWrong === 0 ? null : boundFor(maxWrong);
  return bound !== null && score !== null && score >= bound;
}

const bounds = new Map<number, number | null>();

function boundFor(maxWrong: number): number | null {
  const bound = bounds.get(maxWrong) ?? scoreBound(WEIGHTS.calibration, maxWrong);
  bounds.set(maxWrong, bound);
  return bound;
}
