/**
 * What routers are worth on questions with the outcome of both models, by cross-validation: how well each orders questions
 * by what the larger model adds (APGR), and what one fixed model gives instead. One question per line:
 * `{ "task": "gsm8k", "prompt": "...", "weak": true, "strong": true }`.
 */
import { readFileSync } from 'node:fs';
import { apgr, cheapest, curveOf, type Point } from '../runtime/src/layers/route/learned/quality.ts';
import { createRouter, type Router } from '../runtime/src/layers/route/learned/router.ts';
import {
  averages,
  crossGains,
  fitRouter,
  gainOf,
  type RoutedExample,
} from '../runtime/src/layers/route/learned/train.ts';

const RESAMPLES = 400;
/** Of the larger model's advantage. */
const KEPT = [0.5, 0.8, 0.9];
const FOLDS = 5;
const ROUNDS = 7;

export function benchRoute(file: string): void {
  const examples = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const { task, prompt, weak, strong } = JSON.parse(line);
      return { feature: task, question: prompt, simple: Number(weak), complex: Number(strong) } as RoutedExample;
    });
  const learned = crossGains(examples);
  const label = crossLabels(examples);
  const orders: Readonly<Record<string, readonly number[]>> = {
    'by chance': examples.map(() => 0),
    'by length': examples.map(({ question }) => question.length),
    'words and sizes, the feature unknown': crossGains(examples.map((example) => ({ ...example, feature: null }))),
    'the feature alone': label,
    learned,
  };
  console.log(`${examples.length.toLocaleString('en')} questions\n`);
  console.log(`| | APGR | ${KEPT.map((kept) => `complex calls for ${kept * 100}% of the advantage`).join(' | ')} |`);
  console.log(`| --- | ---: | ${KEPT.map(() => '---:').join(' | ')} |`);
  for (const [name, gains] of Object.entries(orders)) {
    const curve = curveOf(examples, gains);
    const shares = KEPT.map((kept) => percent(shareFor(curve, kept)));
    console.log(`| ${name} | ${apgr(curve).toFixed(3)} | ${shares.join(' | ')} |`);
  }
  const [low, middle, high] = gainOverLabel(examples, learned, label);
  console.log(`\nlearned less the feature alone: ${middle} (95% of ${RESAMPLES} resamples: ${low} to ${high})`);
  printFixed(examples, learned);
  printChecks(examples, learned);
  printSpeed(examples);
}

/** Between two points, some of the questions with the same gain go to the larger model. */
function shareFor(curve: readonly Point[], kept: number): number {
  let before = { share: 0, recovered: 0 };
  for (const point of curve) {
    if (point.recovered >= kept) {
      const part = (kept - before.recovered) / (point.recovered - before.recovered);
      return before.share + part * (point.share - before.share);
    }
    before = point;
  }
  return 1;
}

/** The average of the feature, from the other folds. */
function crossLabels(examples: readonly RoutedExample[]): readonly number[] {
  const gains = new Array<number>(examples.length).fill(0);
  for (let fold = 0; fold < FOLDS; fold++) {
    const { bias, features } = averages(examples.filter((_, index) => index % FOLDS !== fold));
    for (const [index, { feature }] of examples.entries()) {
      if (index % FOLDS === fold) gains[index] = bias + (features.get(feature ?? '') ?? 0);
    }
  }
  return gains;
}

function gainOverLabel(
  examples: readonly RoutedExample[],
  learned: readonly number[],
  label: readonly number[],
): readonly [low: string, middle: string, high: string] {
  const random = createRandom();
  const differences: number[] = [];
  for (let round = 0; round < RESAMPLES; round++) {
    const drawn = examples.map(() => Math.floor(random() * examples.length));
    const own = drawn.flatMap((index) => examples[index] ?? []);
    const of = (gains: readonly number[]): number =>
      apgr(
        curveOf(
          own,
          drawn.map((index) => gains[index] ?? 0),
        ),
      );
    differences.push(of(learned) - of(label));
  }
  differences.sort((a, b) => a - b);
  const at = (share: number): string => (differences[Math.floor(share * (RESAMPLES - 1))] ?? 0).toFixed(3);
  return [at(0.025), at(0.5), at(0.975)];
}

function printFixed(examples: readonly RoutedExample[], gains: readonly number[]): void {
  const mean = (read: (example: RoutedExample) => number): number =>
    examples.reduce((sum, example) => sum + read(example), 0) / examples.length;
  const [simple, gap] = [mean((example) => example.simple), mean(gainOf)];
  console.log('\n| who answers | right | complex calls |\n| --- | ---: | ---: |');
  console.log(`| the simple model, always | ${percent(simple)} | 0% |`);
  const curve = curveOf(examples, gains);
  for (const kept of KEPT) {
    const point = cheapest(curve, kept);
    if (point === null) continue;
    console.log(`| learned, ${kept * 100}% | ${percent(simple + point.recovered * gap)} | ${percent(point.share)} |`);
  }
  console.log(`| the complex model, always | ${percent(simple + gap)} | 100% |`);
}

/** How well a check tells right answers of the simple model from wrong ones: the area under its ROC curve. */
const CHECKS = [0.6, 0.7, 0.8, 0.9, 1];
/** The price of the complex model, in that of the simple one. */
const PRICE_RATIO = 10;

/** A cascade pays for the simple answer as well; its check is better informed, because there is an answer to look at. */
function printChecks(examples: readonly RoutedExample[], learned: readonly number[]): void {
  const router = curveOf(examples, learned);
  const titles = KEPT.map((kept) => `for ${kept * 100}% of the advantage`).join(' | ');
  console.log(`\n| cost, of the complex model alone (price ratio ${PRICE_RATIO}) | ${titles} |`);
  console.log(`| --- | ${KEPT.map(() => '---:').join(' | ')} |`);
  const routed = KEPT.map((kept) => shareFor(router, kept)).map((share) => share + (1 - share) / PRICE_RATIO);
  console.log(`| the learned router | ${routed.map(percent).join(' | ')} |`);
  for (const area of CHECKS) {
    const curve = curveOf(examples, checkScores(examples, area));
    const costs = KEPT.map((kept) => shareFor(curve, kept) + 1 / PRICE_RATIO);
    console.log(`| a cascade, its check ${area} | ${costs.map(percent).join(' | ')} |`);
  }
}

/** Normal scores of two means, further apart the better the check: high for answers that look wrong. */
function checkScores(examples: readonly RoutedExample[], area: number): readonly number[] {
  const random = createRandom();
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const distance = area === 1 ? Number.MAX_SAFE_INTEGER : distanceFor(area);
  return examples.map(({ simple }) => normal() - (simple > 0.5 ? distance : 0));
}

/** By bisection: the area is the normal distribution's value at the distance over the root of 2. */
function distanceFor(area: number): number {
  let [low, high] = [0, 10];
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2;
    if (normalBelow(middle / Math.SQRT2) < area) low = middle;
    else high = middle;
  }
  return low;
}

/** The share of a normal distribution below a value of at least 0, by the trapezoidal rule. */
function normalBelow(value: number): number {
  const steps = 1000;
  const density = (at: number): number => Math.exp((-at * at) / 2) / Math.sqrt(2 * Math.PI);
  let sum = (density(0) + density(value)) / 2;
  for (let step = 1; step < steps; step++) sum += density((value * step) / steps);
  return 0.5 + (sum * value) / steps;
}

/** The same numbers in each run. */
function createRandom(): () => number {
  let state = 11;
  return () => {
    state = Math.imul(state, 1664525) + 1013904223;
    return (state >>> 0) / 2 ** 32;
  };
}

function printSpeed(examples: readonly RoutedExample[]): void {
  const fitted = fitRouter(examples);
  const router = createRouter({ ...fitted, threshold: 0 });
  // Whatever else runs on the machine interrupts some of them: the fastest of several is the decision's own time.
  const sorted = examples
    .map(({ question, feature }) =>
      Math.min(...Array.from({ length: ROUNDS }, () => timeOf(router, question, feature))),
    )
    .sort((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
  const size = Math.round(JSON.stringify(fitted).length / 1000);
  console.log(`\none decision: median ${at(0.5)} us, p99 ${at(0.99)} us; weights ${size} kB of JSON`);
}

/** In microseconds. */
function timeOf(router: Router, question: string, feature: string | null): number {
  const start = performance.now();
  router.gain(question, feature);
  return (performance.now() - start) * 1000;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
