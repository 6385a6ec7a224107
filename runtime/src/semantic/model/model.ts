/**
 * Estimates whether two questions mean the same where the rules leave it open. It never sees what the rules forbid, and a
 * content word that it has not learned is never filled in.
 */

import { lexicalVector } from '../embedders/lexical.ts';
import type { OpenPair } from '../judge/judge.ts';
import type { LanguageName } from '../judge/language.ts';
import { cosine } from '../vectors/cosine.ts';
import { featuresOf } from './features.ts';
import type { ModelWeights } from './model-weights.ts';

export interface Questions {
  readonly stored: string;
  readonly asked: string;
  readonly language: LanguageName;
  /** What the rules left open. */
  readonly open: readonly OpenPair[];
}

export interface SemanticModel {
  /** The log-odds that the questions mean the same; null if they must not be taken for the same. */
  readonly scoreOf: (questions: Questions) => number | null;
}

export function semanticModel({ bias, weights }: Pick<ModelWeights, 'bias' | 'weights'>): SemanticModel {
  const known = new Map(Object.entries(weights));
  return {
    scoreOf: ({ stored, asked, language, open }) => {
      if (open.length === 0) return null;
      const features = featuresOf(open, language, cosine(lexicalVector(stored), lexicalVector(asked)));
      if (features === null || !features.required.every((name) => known.has(name))) return null;
      let score = bias;
      for (const [name, value] of features.values) score += value * (known.get(name) ?? 0);
      return score;
    },
  };
}
