/**
 * `npm run corpus -- DIR`: scans every checkout in a folder with the built program, all rules on, and prints findings, time
 * and memory. `--record FILE` keeps the run, and `--against FILE` compares with one that was kept. Its exit status is 1 if
 * a scan crashed, if a rule threw, or if a finding is gone that the kept run does not mark with `"isWrong": true`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildBundles } from './lib/bundle.ts';
import { type CorpusRun, changeBetween, runOf, STATE_USAGE } from './lib/corpus-run.ts';
import { root } from './lib/root.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { record: { type: 'string' }, against: { type: 'string' } },
});
const [folder] = positionals;
if (folder === undefined) throw new Error('Name a folder of checkouts: npm run corpus -- DIR [--against FILE]');
const absolute = (path: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), path);

await buildBundles();
const settings = mkdtempSync(join(tmpdir(), 'farthing-corpus-'));
writeFileSync(join(settings, 'farthing.config.json'), JSON.stringify({ extends: 'all' }));
// A link to a checkout counts: large ones are kept once.
const checkouts = readdirSync(absolute(folder)).filter((name) => statSync(join(absolute(folder), name)).isDirectory());
const runs = checkouts.map(scanned);
rmSync(settings, { recursive: true });

const kept: readonly CorpusRun[] =
  values.against === undefined ? [] : JSON.parse(readFileSync(absolute(values.against), 'utf8'));
let isWorse = runs.some(({ failure }) => failure !== null);
for (const before of kept) {
  const now = runs.find(({ checkout }) => checkout === before.checkout);
  if (now === undefined) continue;
  const { added, removed } = changeBetween(before, now);
  for (const finding of removed) console.log(`GONE ${before.checkout} ${finding}`);
  for (const finding of added) console.log(`new ${before.checkout} ${finding}`);
  isWorse ||= removed.length > 0;
}
console.log(totals());
if (values.record !== undefined) writeFileSync(absolute(values.record), `${JSON.stringify(runs, null, 1)}\n`);
process.exitCode = isWorse ? 1 : 0;

function scanned(checkout: string): CorpusRun {
  const program = join(root, 'server', 'dist', 'farthing.cjs');
  const scan = ['scan', '--format', 'json', '--no-cache', '--fail-on', 'never'];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', STATE_USAGE, program, ...scan, '--config', join(settings, 'farthing.config.json')],
    { cwd: join(absolute(folder ?? '.'), checkout), encoding: 'utf8', maxBuffer: 2 ** 30 },
  );
  const run = runOf({ checkout, status, stdout, stderr });
  const { calls, findings, seconds, megabytes, failure } = run;
  const found = failure ?? `${calls} calls, ${findings.length} findings`;
  console.log(`${checkout}: ${found}, ${seconds.toFixed(1)} s, ${megabytes} MB`);
  return run;
}

function totals(): string {
  const byRule = Map.groupBy(
    runs.flatMap(({ findings }) => findings),
    ({ rule }) => rule,
  );
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0);
  const rows = [...byRule].sort(([a], [b]) => a.localeCompare(b)).map(([rule, { length }]) => `  ${rule}: ${length}`);
  return [`${runs.length} checkouts, ${seconds.toFixed(1)} s`, ...rows].join('\n');
}
