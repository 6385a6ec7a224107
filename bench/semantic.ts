/**
 * `npm run bench -- semantic [FILE...]`: how many traps and paraphrases the judge takes for the same question, the
 * time and memory of the vector index, what a call waits for, and the hits, wrong hits and money of a support bot under load.
 */
import { readFileSync } from 'node:fs';
import { vectorIndex } from '../runtime/src/semantic/vectors/vector-index.ts';
import { type DecidedPair, decide, isServed } from './semantic-decisions.ts';
import { benchLoad } from './semantic-load.ts';
import { benchTimes } from './semantic-times.ts';

interface Pair {
  readonly a: string;
  readonly b: string;
  readonly same: boolean;
  readonly kind: string;
  readonly lang: string;
}

const FIXTURES = ['questions', 'before-rules', 'held-out'].map(
  (name) => new URL(`../test/fixtures/semantic/${name}.jsonl`, import.meta.url),
);

/** @param files pairs of questions as JSON lines, `{"a", "b", "same", "kind", "lang"}`; by default the project's own, and those of authors who did not know the rules */
export async function benchSemantic(files: readonly string[]): Promise<void> {
  const pairs = files.length === 0 ? FIXTURES : files;
  for (const file of pairs) benchJudge(file);
  // Before the index, whose vectors the collector would take away while single calls are timed.
  await benchTimes();
  benchIndex();
  await benchLoad(pairs);
}

function benchJudge(file: string | URL): void {
  const pairs = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Pair);
  const started = performance.now();
  const judged = pairs.map((pair) => ({ ...pair, ...decide(pair.a, pair.b) }));
  const each = ((performance.now() - started) / pairs.length) * 1000;
  console.log(
    `\n| language | kind | pairs | by the rules | share | with maxWrong: ${MAX_WRONG} | share |\n| --- | --- | ---: | ---: | ---: | ---: | ---: |`,
  );
  const groups = Map.groupBy(judged, ({ lang, same, kind }) => `${lang} | ${same ? 'paraphrases' : `traps: ${kind}`}`);
  for (const [name, group] of groups) printRow(name, group);
  printRow(
    'all | traps',
    judged.filter(({ same }) => !same),
  );
  printRow(
    'all | paraphrases',
    judged.filter(({ same }) => same),
  );
  console.log(`\n${each.toFixed(0)} us for a pair.`);
}

function printRow(name: string, pairs: readonly DecidedPair[]): void {
  const cells = [0, MAX_WRONG].flatMap((maxWrong) => {
    const served = pairs.filter((pair) => isServed(pair, maxWrong)).length;
    return [served, pairs.length === 0 ? '' : `${((100 * served) / pairs.length).toFixed(1)}%`];
  });
  console.log(`| ${[name, pairs.length, ...cells].join(' | ')} |`);
}

const MAX_WRONG = 0.01;
const DIMENSION = 512;
const ENTRIES = 100_000;
const GROUPS = 2000;
const SEARCHES = 400;
/** Searches that are compared with a look at all vectors. */
const CHECKED = 100;

/** Vectors in groups, as embeddings of questions about the same things are. */
function benchIndex(): void {
  const next = numbersFrom(1);
  const near = (centre: Float32Array, spread: number) => centre.map((value) => value + spread * next());
  const centres = Array.from({ length: GROUPS }, () => Float32Array.from({ length: DIMENSION }, next));
  const vectors = Array.from({ length: ENTRIES }, (_, id) => near(centres[id % GROUPS] as Float32Array, 0.7));
  const index = vectorIndex(DIMENSION);
  const before = process.memoryUsage().arrayBuffers;
  let started = process.cpuUsage();
  for (const [id, vector] of vectors.entries()) index.set(String(id), vector);
  const insert = process.cpuUsage(started).user / ENTRIES;
  const bytes = (process.memoryUsage().arrayBuffers - before) / ENTRIES;
  const asked = Array.from({ length: SEARCHES }, (_, at) => near(vectors[at * 7] as Float32Array, 0.35));
  const times: number[] = [];
  started = process.cpuUsage();
  const found = asked.map((vector) => {
    const from = performance.now();
    const [nearest] = index.nearest(vector, 8);
    times.push(performance.now() - from);
    return nearest?.id;
  });
  const search = process.cpuUsage(started).user / SEARCHES / 1000;
  const right = asked.slice(0, CHECKED).filter((vector, at) => found[at] === exactlyNearest(vectors, vector));
  times.sort((one, other) => one - other);
  console.log(`\n| ${ENTRIES} vectors of ${DIMENSION} numbers | |\n| --- | ---: |`);
  console.log(`| search, p50 | ${times[SEARCHES / 2]?.toFixed(2)} ms |`);
  console.log(`| search, processor time | ${search.toFixed(2)} ms |`);
  console.log(`| recall at 1 | ${(right.length / CHECKED).toFixed(3)} |`);
  console.log(`| insert, processor time | ${insert.toFixed(0)} us |`);
  console.log(`| memory of a vector | ${bytes.toFixed(0)} bytes |`);
}

function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

function exactlyNearest(vectors: readonly Float32Array[], asked: Float32Array): string {
  let best = { id: -1, similarity: Number.NEGATIVE_INFINITY };
  for (const [id, vector] of vectors.entries()) {
    let product = 0;
    let square = 0;
    for (const [at, value] of vector.entries()) {
      product += value * (asked[at] as number);
      square += value * value;
    }
    const similarity = product / Math.sqrt(square);
    if (similarity > best.similarity) best = { id, similarity };
  }
  return String(best.id);
}
