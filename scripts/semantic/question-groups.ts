/** Questions that were written to learn from: in each group some mean the same, and the others only look like them. */
import { readFileSync } from 'node:fs';
import { lexicalVector } from '../../runtime/src/semantic/embedders/lexical.ts';
import { detectLanguage } from '../../runtime/src/semantic/judge/detect-language.ts';
import { judge } from '../../runtime/src/semantic/judge/judge.ts';
import { type Features, featuresOf } from '../../runtime/src/semantic/model/features.ts';
import { cosine } from '../../runtime/src/semantic/vectors/cosine.ts';

export interface QuestionGroup {
  readonly same: readonly string[];
  readonly other: readonly string[];
}

export interface JudgedPair {
  /** Pairs of one group are fitted, or measured, together. */
  readonly group: number;
  readonly one: string;
  readonly other: string;
  readonly isSame: boolean;
  readonly outcome: 'same' | 'different' | 'unsure';
  /** Null unless the model may judge the pair. */
  readonly features: Features | null;
}

export function linesOf<Line>(file: string | URL): readonly Line[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

/** Each question of a group beside each that means the same, and beside each that does not. */
export function pairsOf(groups: readonly QuestionGroup[]): readonly JudgedPair[] {
  return groups.flatMap(({ same, other }, group) =>
    same.flatMap((one, at) => [
      ...same.slice(at + 1).map((next) => judgedPair(group, one, next, true)),
      ...other.map((next) => judgedPair(group, one, next, false)),
    ]),
  );
}

export function judgedPair(group: number, one: string, other: string, isSame: boolean): JudgedPair {
  const language = detectLanguage(other);
  const verdict = judge(one, other, language);
  const isOpen = language !== null && verdict.outcome === 'unsure' && verdict.open.length > 0;
  const similarity = isOpen ? cosine(lexicalVector(one), lexicalVector(other)) : 0;
  const features = isOpen ? featuresOf(verdict.open, language, similarity) : null;
  return { group, one, other, isSame, outcome: verdict.outcome, features };
}
