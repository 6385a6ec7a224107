/**
 * `npm run train-semantic -- [--records FILE --out FILE]`: fits the model of the semantic cache on the pairs of
 * `test/fixtures/semantic/groups.jsonl`, and calibrates it on questions that it was not fitted on: each fifth of the
 * groups by weights of the other four, and all of `groups-held-out.jsonl`.
 *
 * Without arguments it writes the weights that ship. `--records` adds your own pairs: the event `similar` as JSON lines,
 * recorded in shadow mode with `maxWrong`. Where you know better than the comparison of two answers, add `"same": true` or
 * `false` to a line. `--out` names the file for `semantic: { weights }`; it contains words of your records.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { scoreBound } from '../runtime/src/semantic/model/bound.ts';
import { semanticModel } from '../runtime/src/semantic/model/model.ts';
import { shareAtMost } from '../runtime/src/support/proportion.ts';
import { root } from './lib/root.ts';
import { type Asked, calibrationOf, outcomesFrom, questionsOf } from './semantic/calibrate.ts';
import { type Fitted, fitLogistic } from './semantic/logistic-regression.ts';
import { type JudgedPair, judgedPair, linesOf, pairsOf, type QuestionGroup } from './semantic/question-groups.ts';

const { values: options } = parseArgs({ options: { records: { type: 'string' }, out: { type: 'string' } } });
if ((options.records === undefined) !== (options.out === undefined)) {
  process.stderr.write('Usage: npm run train-semantic -- [--records FILE --out FILE]\n');
  process.exit(2);
}

/** Large enough that a word of a single pair decides nothing. */
const PENALTY = 0.5;
const FOLDS = 5;
/** Smaller weights change no decision. */
const MIN_WEIGHT = 0.05;
/** What the comparison of two answers says of their questions. */
const SAME_ANSWERS = new Map([
  ['same-text', true],
  ['same-json', true],
  ['different-text', false],
]);

const fixture = (name: string): readonly QuestionGroup[] =>
  linesOf<QuestionGroup>(join(root, 'test', 'fixtures', 'semantic', name));
const groups = fixture('groups.jsonl');
const own = options.records === undefined ? [] : recordedPairs(options.records, groups.length);
const pairs = [...pairsOf(groups), ...own];
const all = rounded(fitOn(pairs));

const crossed = Array.from({ length: FOLDS }, (_, fold) => {
  const isLeftOut = ({ group }: JudgedPair): boolean => group % FOLDS === fold;
  const model = semanticModel(fitOn(pairs.filter((pair) => !isLeftOut(pair))));
  return questionsOf(pairs.filter(isLeftOut), model);
}).flat();
const keptOut = questionsOf(pairsOf(fixture('groups-held-out.jsonl')), semanticModel(all));
const calibration = calibrationOf([...crossed, ...keptOut]);

console.log(
  `${pairs.filter(({ features }) => features !== null).length} pairs, ${Object.keys(all.weights).length} weights`,
);
console.log('\n| maxWrong | score from | served by | questions | served | wrong | 95% at most |');
console.log('| ---: | ---: | --- | ---: | ---: | ---: | ---: |');
print('', Number.POSITIVE_INFINITY);
for (const maxWrong of [0.005, 0.01, 0.02, 0.05]) print(String(maxWrong), scoreBound(calibration, maxWrong));

const learned = JSON.stringify({ ...all, calibration }, null, 2);
if (options.out === undefined) {
  const file = join(root, 'runtime', 'src', 'semantic', 'model', 'weights.ts');
  const head = '/** Written by `npm run train-semantic`. */';
  writeFileSync(
    file,
    `${head}\nimport type { ModelWeights } from './model-weights.ts';\n\nexport const WEIGHTS: ModelWeights = ${learned};\n`,
  );
  execFileSync(join(root, 'node_modules', '.bin', 'biome'), ['format', '--write', file], { stdio: 'ignore' });
} else {
  writeFileSync(options.out, `${learned}\n`);
}

function print(maxWrong: string, score: number | null): void {
  for (const [name, questions] of [
    ['cross-validation', crossed],
    ['kept out', keptOut],
  ] as const) {
    const { served, wrong } = outcomesFrom(questions, score ?? Number.POSITIVE_INFINITY);
    const from = maxWrong === '' ? 'rules' : (score?.toFixed(2) ?? 'rules');
    const cells = [
      maxWrong,
      from,
      name,
      askedAgain(questions),
      served,
      wrong,
      `${(100 * shareAtMost(wrong, served)).toFixed(2)}%`,
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

/** Questions that have an answer among those before them. */
function askedAgain(questions: readonly Asked[]): number {
  return questions.filter(({ hasAnswer }) => hasAnswer).length;
}

function fitOn(some: readonly JudgedPair[]): Fitted {
  const samples = some.flatMap(({ features, isSame }) =>
    features === null ? [] : [{ values: features.values, isPositive: isSame }],
  );
  return fitLogistic(samples, PENALTY);
}

/** A content word that speaks against is left out as well: an unknown one is never filled in. */
function rounded({ bias, weights }: Fitted): Fitted {
  const required = new Set(pairs.flatMap(({ features }) => features?.required ?? []));
  const kept = Object.entries(weights)
    .filter(([name, weight]) => (required.has(name) ? weight > 0 : Math.abs(weight) >= MIN_WEIGHT))
    .map(([name, weight]) => [name, Number(weight.toFixed(2))] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return { bias: Number(bias.toFixed(2)), weights: Object.fromEntries(kept) };
}

/** Questions that are compared with the same stored one are a group. */
function recordedPairs(file: string, firstGroup: number): readonly JudgedPair[] {
  const numbers = new Map<string, number>();
  return linesOf<{ question: string; stored: string; agreement: string | null; same?: boolean }>(file).flatMap(
    ({ question, stored, agreement, same }) => {
      const isSame = same ?? SAME_ANSWERS.get(agreement ?? '');
      if (isSame === undefined) return [];
      const group = numbers.get(stored) ?? firstGroup + numbers.size;
      numbers.set(stored, group);
      return [judgedPair(group, stored, question, isSame)];
    },
  );
}
