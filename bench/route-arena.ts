/**
 * The same on RouterArena's questions: a folder with one file of answers per model (`cached_results/` of its repository), each
 * with the score and the cost of its answer. A model that another one beats at a lower cost needs no router.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { apgr, curveOf } from '../runtime/src/layers/route/learned/quality.ts';
import { crossGains, type RoutedExample } from '../runtime/src/layers/route/learned/train.ts';

interface Answer {
  /** The data set's name. */
  readonly task: string;
  readonly question: string;
  readonly score: number;
  /** Dollars. */
  readonly cost: number;
}

interface Answers {
  readonly model: string;
  readonly byId: ReadonlyMap<string, Answer>;
}

interface Result {
  readonly name: string;
  readonly score: number;
  readonly cost: number;
}

export function benchRouterArena(folder: string): void {
  const all = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => readAnswers(join(folder, name)));
  const ids = [...(all[0]?.byId.keys() ?? [])].filter((id) => all.every(({ byId }) => byId.has(id)));
  console.log(`\n${ids.length.toLocaleString('en')} questions of RouterArena\n`);
  console.log('| who answers | score | dollars per 1,000 | |\n| --- | ---: | ---: | --- |');
  const models = all.map(({ model, byId }): Result => resultOf(model, ids, byId)).sort((a, b) => a.cost - b.cost);
  // Dominated ones come first: they are no choice, whatever routes.
  const dominant = (one: Result) => models.find(({ cost, score }) => cost <= one.cost && score > one.score);
  const ordered = [...models].sort((a, b) => Number(dominant(b) !== undefined) - Number(dominant(a) !== undefined));
  for (const one of ordered) {
    const better = dominant(one);
    print(one, better === undefined ? '' : `dominated: ${better.name} is better and costs less`);
  }
  const best = models.reduce((a, b) => (b.score > a.score ? b : a));
  for (const one of models) if (one !== best) printPair(ids, all, one.name, best.name);
  print(resultOf('the best answer of each question', ids, bestOf(ids, all)), 'knows every score before');
}

function readAnswers(path: string): Answers {
  const rows = readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const byId = new Map(
    rows.map(({ global_index: id, question, evaluation_result: result }): [string, Answer] => [
      id,
      { task: String(id).replace(/_\d+$/, ''), question, score: result?.score ?? 0, cost: result?.inference_cost ?? 0 },
    ]),
  );
  return { model: basename(path, '.jsonl'), byId };
}

/** Between two models, by what was learned on the other folds, with as many calls to the better one as its gain is above 0. */
function printPair(ids: readonly string[], all: readonly Answers[], other: string, best: string): void {
  const [from, to] = [other, best].map((name) => all.find(({ model }) => model === name)?.byId);
  if (from === undefined || to === undefined) return;
  const examples = ids.map((id): RoutedExample => {
    const [a, b] = [from.get(id), to.get(id)];
    return { feature: a?.task ?? null, question: a?.question ?? '', simple: a?.score ?? 0, complex: b?.score ?? 0 };
  });
  const gains = crossGains(examples);
  const chosen = new Map(
    ids.flatMap((id, index) => {
      const answer = ((gains[index] ?? 0) > 0 ? to : from).get(id);
      return answer === undefined ? [] : [[id, answer] as const];
    }),
  );
  const area = apgr(curveOf(examples, gains)).toFixed(3);
  print(resultOf(`learned, between ${other} and ${best}`, ids, chosen), `APGR ${area}`);
}

function bestOf(ids: readonly string[], all: readonly Answers[]): ReadonlyMap<string, Answer> {
  return new Map(
    ids.flatMap((id) => {
      const answers = all.flatMap(({ byId }) => byId.get(id) ?? []);
      const [first] = answers.sort((a, b) => b.score - a.score || a.cost - b.cost);
      return first === undefined ? [] : [[id, first] as const];
    }),
  );
}

function resultOf(name: string, ids: readonly string[], answers: ReadonlyMap<string, Answer>): Result {
  const mean = (read: (answer: Answer) => number): number =>
    ids.reduce((sum, id) => sum + read(answers.get(id) as Answer), 0) / ids.length;
  return { name, score: mean(({ score }) => score), cost: mean(({ cost }) => cost) };
}

function print({ name, score, cost }: Result, note: string): void {
  console.log(`| ${name} | ${(score * 100).toFixed(1)}% | ${(cost * 1000).toFixed(3)} | ${note} |`);
}
