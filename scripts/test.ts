/**
 * `npm test [-- FILTER ...]`: builds and runs the tests. It needs only Node and npm; suites that need another program
 * are left out where it is missing, and named with the reason. With `FARTHING_REQUIRE_ALL` set, as in `npm run ready`,
 * a suite that is left out is a failure.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBundles } from './lib/bundle.ts';
import { hasProgram, run } from './lib/run.ts';

interface Suite {
  readonly files: string;
  readonly program: string;
  readonly reason: string;
}

/** Tests that compare with a program that npm does not install. */
const SUITES: readonly Suite[] = [
  {
    files: '**/*.python.test.ts',
    program: 'python3',
    reason: "python3 is not installed: the Python frontend is not compared with CPython's own ast",
  },
];

await buildBundles();
const leftOut = SUITES.filter(({ program }) => !hasProgram(program));
const folder = mkdtempSync(join(tmpdir(), 'farthing-test-'));
const results = join(folder, 'results.json');
const isPassed = run('vitest', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results}`,
  ...leftOut.map(({ files }) => `--exclude=${files}`),
  ...process.argv.slice(2),
]);
const counts = readCounts();
rmSync(folder, { recursive: true, force: true });

for (const { files, reason } of leftOut) process.stdout.write(`left out: ${files} (${reason})\n`);
if (counts !== null)
  process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
const isComplete = leftOut.length === 0 || (process.env.FARTHING_REQUIRE_ALL ?? '') === '';
if (!isComplete) process.stderr.write('A suite was left out, and here every suite has to run.\n');
process.exit(isPassed && isComplete ? 0 : 1);

/** Null where the runner ended before it wrote its results. */
function readCounts(): { passed: number; failed: number; skipped: number } | null {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(results, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
  } catch {
    return null;
  }
}
