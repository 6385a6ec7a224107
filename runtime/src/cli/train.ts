/** `farthing-runtime train`: fits the learned router on recorded questions, and says what it would be worth. */
import { readFileSync, writeFileSync } from 'node:fs';
import { apgr, cheapest, curveOf } from '../layers/route/learned/quality.ts';
import { averages, crossGains, fitRouter, gainOf, type RoutedExample } from '../layers/route/learned/train.ts';
import type { RouterWeights } from '../layers/route/learned/weights.ts';
import { asObject, asString, type JsonObject } from '../support/json-body.ts';
import { type Io, UsageError } from './io.ts';

export interface TrainOptions {
  readonly out: string;
  /** The share of the larger model's advantage that has to be kept. */
  readonly keep: number;
}

const FEWEST = 200;

export function train(file: string, { out, keep }: TrainOptions, io: Io): void {
  const examples = readExamples(file);
  const gap = examples.reduce((sum, example) => sum + gainOf(example), 0);
  if (examples.length < FEWEST || gap <= 0) {
    const why = examples.length < FEWEST ? `it has ${examples.length}` : 'in these the larger model is not better';
    throw new UsageError(
      `${file}: training needs at least ${FEWEST} examples in which the larger model is better; ${why}.`,
    );
  }
  const gains = crossGains(examples);
  const curve = curveOf(examples, gains);
  const point = cheapest(curve, keep) ?? { share: 1, recovered: 1, threshold: -1 };
  const weights: RouterWeights = { ...fitRouter(examples), threshold: point.threshold };
  writeFileSync(out, `${JSON.stringify(weights)}\n`);
  const { bias, features } = averages(examples);
  const byFeature = examples.map(({ feature }) => bias + (feature === null ? 0 : (features.get(feature) ?? 0)));
  const mean = (read: (example: RoutedExample) => number): string =>
    percent(examples.reduce((sum, example) => sum + read(example), 0) / examples.length);
  const simple = examples.reduce((sum, example) => sum + example.simple, 0);
  io.out(
    [
      `${examples.length.toLocaleString('en')} examples, ${features.size} features, tested on questions that it was not trained on`,
      `  simple alone        ${mean((example) => example.simple)} right`,
      `  complex alone       ${mean((example) => example.complex)} right`,
      `  learned, ${percent(point.share)} complex  ${percent((simple + point.recovered * gap) / examples.length)} right`,
      `  area (APGR)         ${apgr(curve).toFixed(3)}; by the feature alone at most ${apgr(curveOf(examples, byFeature)).toFixed(3)}; by chance 0.5`,
      `wrote ${out}: route: { learned: { weights } }`,
      '',
    ].join('\n'),
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

function readExamples(file: string): readonly RoutedExample[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const example = exampleIn(line);
    if (example === null) {
      const form = '{"feature": "chat", "question": "...", "simple": true, "complex": true}';
      throw new UsageError(`${file}:${index + 1} is not an example. Each line has the form ${form}.`);
    }
    return [example];
  });
}

function exampleIn(line: string): RoutedExample | null {
  let value: JsonObject | null;
  try {
    value = asObject(JSON.parse(line));
  } catch {
    return null;
  }
  const [question, simple, complex] = [asString(value?.question), scoreOf(value?.simple), scoreOf(value?.complex)];
  if (question === null || simple === null || complex === null) return null;
  return { feature: asString(value?.feature), question, simple, complex };
}

/** True and false, or a share of 1. */
function scoreOf(value: unknown): number | null {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' && value >= 0 && value <= 1 ? value : null;
}
