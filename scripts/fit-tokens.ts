/**
 * `npm run fit-tokens -- RECORDS`: fits the constants of `shared/src/tokens/laws/` on recorded calls (one a line, see
 * `lib/token-records.ts`) and prints them with their errors: on the records themselves, and across repositories (each
 * repository predicted by a fit on the others). A question asks for a few constants and takes the others from the laws
 * as they are. Nothing of the records is kept.
 */
import { parseArgs } from 'node:util';
import { fitLeastDeviations, predict, type Row } from './lib/least-deviations.ts';
import { QUESTIONS, type Question } from './lib/token-questions.ts';
import { readRecords, type TokenRecord } from './lib/token-records.ts';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' } } });
const [path] = positionals;
if (path === undefined) {
  process.stderr.write('Usage: npm run fit-tokens -- RECORDS [--only NAME]\n');
  process.exit(2);
}

interface Sample extends Row {
  readonly record: TokenRecord;
  /** What the constants that are taken as they are come to. */
  readonly known: number;
}

const records = readRecords(path);
for (const question of QUESTIONS) {
  if (values.only !== undefined && !question.name.includes(values.only)) continue;
  const samples = samplesOf(question);
  if (samples.length < question.fits.length + 1) {
    console.log(`${question.name}: only ${samples.length} records`);
    continue;
  }
  const coefficients = fitLeastDeviations(samples);
  const constants = question.fits.map((name, index) => `${name} ${(coefficients[index] ?? 0).toFixed(3)}`);
  console.log(`${question.name}: ${constants.join(', ')}`);
  console.log(`  ${samples.length} records: ${describe(errorsOf(samples, coefficients))}`);
  const repositories = [...new Set(samples.map(({ record }) => record.repository))];
  if (repositories.length < 3) continue;
  const crossed = repositories.flatMap((repository) => {
    const others = samples.filter(({ record }) => record.repository !== repository);
    const own = samples.filter(({ record }) => record.repository === repository);
    return errorsOf(own, fitLeastDeviations(others));
  });
  console.log(`  across ${repositories.length} repositories: ${describe(crossed)}`);
}

/** Requests that recur count once. */
function samplesOf({ models, apis, providers, has, lacks, fits, takes }: Question): readonly Sample[] {
  const distinct = new Map<string, Sample>();
  for (const record of records) {
    const names = Object.keys(record.features);
    const isAsked =
      models.test(record.model) &&
      (apis === undefined || apis.test(record.api)) &&
      (providers === undefined || providers.test(record.provider)) &&
      has.every((name) => names.includes(name)) &&
      !lacks.some((name) => names.includes(name));
    if (!isAsked) continue;
    const of = (name: string): number => (name === 'request' ? 1 : (record.features[name] ?? 0));
    const known = Object.entries(takes).reduce((sum, [name, factor]) => sum + factor * of(name), 0);
    distinct.set(JSON.stringify([record.billed, record.features]), {
      record,
      known,
      target: record.billed - known,
      weight: 1 / record.billed,
      terms: fits.map(of),
    });
  }
  return [...distinct.values()];
}

/** Percent. */
function errorsOf(samples: readonly Sample[], coefficients: readonly number[]): readonly number[] {
  return samples.map(({ known, terms, record }) => {
    return ((known + predict(coefficients, terms) - record.billed) / record.billed) * 100;
  });
}

function describe(errors: readonly number[]): string {
  const at = (list: readonly number[], share: number): string =>
    (list[Math.floor((list.length - 1) * share)] ?? Number.NaN).toFixed(1);
  const sorted = errors.toSorted((a, b) => a - b);
  const sizes = errors.map(Math.abs).toSorted((a, b) => a - b);
  return `error ${at(sizes, 0.5)}% in the median, 90% within ${at(sizes, 0.9)}%, 90% of them from ${at(sorted, 0.05)} to ${at(sorted, 0.95)}%`;
}
