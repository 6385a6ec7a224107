/** How often the rules and the model are wrong in a cache that learns the questions of a group one after the other. */

import { detectLanguage } from '../../runtime/src/semantic/judge/detect-language.ts';
import { judge } from '../../runtime/src/semantic/judge/judge.ts';
import type { SemanticModel } from '../../runtime/src/semantic/model/model.ts';
import type { Calibration, Outcomes } from '../../runtime/src/semantic/model/model-weights.ts';
import type { JudgedPair } from './question-groups.ts';

/** One question, asked of those that come before it in its group. */
export interface Asked {
  readonly hasAnswer: boolean;
  /** Of the answer that it gets: infinite from the rules, null without one. */
  readonly score: number | null;
  readonly isWrong: boolean;
}

/** Log-odds: below, the model itself finds another question more likely. */
const MIN_SCORE = 0;

export function questionsOf(pairs: readonly JudgedPair[], model: SemanticModel): readonly Asked[] {
  const byQuestion = Map.groupBy(pairs, ({ group, other }) => `${group} ${other}`);
  return [...byQuestion.values()].map((earlier) => {
    const best = earlier
      .map((pair) => ({ score: scoreOf(pair, model), isSame: pair.isSame }))
      .reduce((one, other) => ((other.score ?? -Infinity) > (one.score ?? -Infinity) ? other : one));
    return { hasAnswer: earlier.some(({ isSame }) => isSame), score: best.score, isWrong: !best.isSame };
  });
}

function scoreOf({ one, other, outcome }: JudgedPair, model: SemanticModel): number | null {
  if (outcome === 'same') return Number.POSITIVE_INFINITY;
  const language = detectLanguage(other);
  const verdict = judge(one, other, language);
  if (language === null || verdict.outcome !== 'unsure') return null;
  return model.scoreOf({ stored: one, asked: other, language, open: verdict.open });
}

export function outcomesFrom(questions: readonly Asked[], score: number): Outcomes {
  const served = questions.filter((one) => one.score !== null && one.score >= score);
  return { served: served.length, wrong: served.filter(({ isWrong }) => isWrong).length };
}

/** A step at each score at which an answer is wrong, and at the last right one before it. */
export function calibrationOf(questions: readonly Asked[]): Calibration {
  const scores = questions
    .flatMap(({ score }) => (score === null || !Number.isFinite(score) || score < MIN_SCORE ? [] : [score]))
    .sort((one, other) => other - one);
  const steps = [...new Set(scores.map((score) => Math.floor(score * 100) / 100))].map((score) => ({
    score,
    ...outcomesFrom(questions, score),
  }));
  const isLastOfItsKind = (at: number): boolean => steps[at + 1]?.wrong !== steps[at]?.wrong || at % 10 === 0;
  return {
    rules: outcomesFrom(questions, Number.POSITIVE_INFINITY),
    steps: steps.filter((_, at) => isLastOfItsKind(at)),
  };
}
