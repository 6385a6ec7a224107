/** `npm run bench -- semantic [FILE...]`: how many traps and paraphrases the judge takes for the same question. */
import { readFileSync } from 'node:fs';
import { detectLanguage } from '../runtime/src/semantic/judge/detect-language.ts';
import { judge } from '../runtime/src/semantic/judge/judge.ts';

interface Pair {
  readonly a: string;
  readonly b: string;
  readonly same: boolean;
  readonly kind: string;
  readonly lang: string;
}

const OWN = new URL('../test/fixtures/semantic/questions.jsonl', import.meta.url);

/** @param files pairs of questions as JSON lines, `{"a", "b", "same", "kind", "lang"}`; the project's own by default */
export function benchSemantic(files: readonly string[]): void {
  for (const file of files.length === 0 ? [OWN] : files) benchJudge(file);
}

function benchJudge(file: string | URL): void {
  const pairs = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Pair);
  const started = performance.now();
  const judged = pairs.map((pair) => ({ ...pair, outcome: judge(pair.a, pair.b, detectLanguage(pair.b)).outcome }));
  const each = ((performance.now() - started) / pairs.length) * 1000;
  console.log('\n| language | kind | pairs | served | share |\n| --- | --- | ---: | ---: | ---: |');
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

function printRow(name: string, pairs: readonly { readonly outcome: string }[]): void {
  const served = pairs.filter(({ outcome }) => outcome === 'same').length;
  const share = pairs.length === 0 ? '' : `${((100 * served) / pairs.length).toFixed(1)}%`;
  console.log(`| ${name} | ${pairs.length} | ${served} | ${share} |`);
}
