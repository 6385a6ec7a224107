import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { detectLanguage } from '../judge/detect-language.ts';
import { judge } from '../judge/judge.ts';
import { scoreBound } from './bound.ts';
import { semanticModel } from './model.ts';
import { isModelWeights } from './model-weights.ts';
import { WEIGHTS } from './weights.ts';

const model = semanticModel(WEIGHTS);
const bound = scoreBound(WEIGHTS.calibration, 0.01) ?? Number.POSITIVE_INFINITY;

const readLines = <Line>(name: string): readonly Line[] =>
  readFileSync(new URL(`../../../../test/fixtures/semantic/${name}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

function scoreOf(stored: string, asked: string): number | null {
  const language = detectLanguage(asked);
  const verdict = judge(stored, asked, language);
  if (language === null || verdict.outcome !== 'unsure') return null;
  return model.scoreOf({ stored, asked, language, open: verdict.open });
}

const isServed = (stored: string, asked: string): boolean =>
  judge(stored, asked, detectLanguage(asked)).outcome === 'same' || (scoreOf(stored, asked) ?? -Infinity) >= bound;

test.each(['questions', 'held-out'])('no trap of %s is served, and more paraphrases than by the rules', (name) => {
  const pairs = readLines<{ a: string; b: string; same: boolean }>(name);
  expect(pairs.filter(({ a, b, same }) => !same && isServed(a, b))).toEqual([]);
  const byModel = pairs.filter(({ a, b, same }) => same && (scoreOf(a, b) ?? -Infinity) >= bound);
  expect(byModel.length).toBeGreaterThan(0);
});

test('in groups that the weights were not fitted on, nothing is served wrongly', () => {
  const groups = readLines<{ same: readonly string[]; other: readonly string[] }>('groups-held-out');
  expect(groups.length).toBeGreaterThan(80);
  const wrong = groups.flatMap(({ same, other }) =>
    same.flatMap((one) => other.filter((trap) => isServed(one, trap)).map((trap) => `${one} | ${trap}`)),
  );
  expect(wrong).toEqual([]);
  const asked = groups.flatMap(({ same }) =>
    same.slice(1).map((one, at) => same.slice(0, at + 1).some((a) => isServed(a, one))),
  );
  expect(asked.filter(Boolean).length / asked.length).toBeGreaterThan(0.35);
});

test.each([
  ['How can I cancel my flight?', 'How can I cancel the flight?'],
  ['What is the population of Peru?', 'What is the current population of Peru?'],
  ['What are the rules of chess?', 'What are the basic rules of chess?'],
  ['¿Cómo cancelo mi vuelo?', '¿Cómo cancelo el vuelo?'],
])('the model accepts "%s" and "%s", in either order', (stored, asked) => {
  expect(scoreOf(stored, asked)).toBeGreaterThan(bound);
  expect(scoreOf(asked, stored)).toBeGreaterThan(bound);
});

// Each changes something that no weight can make up for.
test.each([
  ['a content word that one has', 'How do I reset my password?', 'How do I reset my phone password?'],
  ['a word that was never taught', 'How do I cancel my flight?', 'How do I flumpf my flight?'],
  ['a name', 'What is the weather?', 'What is the weather in Rome?'],
  ['another owner', 'Is the data encrypted?', 'Is your data encrypted?'],
  ['an owner, where no task says whose it is', '¿Cuántos años tiene mi papa?', '¿Cuántos años tiene el papa?'],
  ['another tense', 'Why is my account locked?', 'Why was my account locked?'],
  ['another preposition', 'Is the info about the app?', 'Is the info on the app?'],
  ['what is necessary', 'Can I pay by card?', 'Must I pay by card?'],
  ['one of several, after a word that says which', 'Is my package here?', 'Are my packages here?'],
  ['an order', 'What does a big dog fear?', 'What does a dog fear big?'],
  ['a question about the word', 'What is a synonym for big?', 'What is a synonym for large?'],
  ['another gender', '¿Qué hace el secretario?', '¿Qué hace la secretaria?'],
])('%s: never', (_, stored, asked) => {
  expect(judge(stored, asked, detectLanguage(asked)).outcome).not.toBe('same');
  expect(scoreOf(stored, asked)).toBeNull();
});

test('the bound is a share of wrong answers, by the questions of the calibration and by feedback', () => {
  const steps = [
    { score: 3, served: 300, wrong: 0 },
    { score: 2, served: 400, wrong: 0 },
    { score: 1, served: 500, wrong: 4 },
  ];
  const calibration = { rules: { served: 200, wrong: 0 }, steps };
  expect(scoreBound(calibration, 0.05)).toBe(1);
  expect(scoreBound(calibration, 0.01)).toBe(2);
  // No wrong answer in 300 leaves 0.994% possible, and one leaves 1.57%.
  expect(scoreBound(calibration, 0.005)).toBeNull();
  expect(scoreBound(calibration, 0.01, [{ score: 2.5, isWrong: true }])).toBe(3);
  expect(scoreBound(calibration, 0.01, [{ score: 3.5, isWrong: true }])).toBeNull();
  const good = Array.from({ length: 200 }, () => ({ score: 3.5, isWrong: false }));
  expect(scoreBound(calibration, 0.01, [{ score: 3.5, isWrong: true }, ...good])).toBe(2);
});

test('the weights that ship allow one wrong answer in a hundred, and are small', () => {
  expect(Number.isFinite(bound)).toBe(true);
  expect(isModelWeights(WEIGHTS)).toBe(true);
  expect(JSON.stringify(WEIGHTS).length).toBeLessThan(100_000);
});
