/**
 * `npm test [-- FILTER ...]`: builds and runs the tests. It needs only Node and npm; tests that need another program
 * leave themselves out where it is missing, and are named here with the reason. With `FARTHING_REQUIRE_ALL` set, as in
 * `npm run ready`, a test that is left out is a failure.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { buildBundles } from './lib/bundle.ts';
import { buildRuntime } from './lib/bundle-runtime.ts';
import { findChromium } from './lib/chromium.ts';
import { root } from './lib/root.ts';
import { run } from './lib/run.ts';

/** What a file's tests need besides Node and npm. */
const NEEDS: Readonly<Record<string, string>> = {
  'test/budgets/budgets.test.ts':
    'redis-server and redis-cli, 6 or later, and PostgreSQL, 12 or later: caps are not shown to hold on them',
  'test/faults/redis.test.ts': 'redis-server and redis-cli, 6 or later: no Redis server fails under a meter',
  'test/stores/processes.test.ts':
    'redis-server and PostgreSQL: servers are not seen to end with the process that started them',
  'test/python-ast.test.ts': "python3, 3.10 or later: the Python frontend is not compared with CPython's own parser",
  'test/stores/redis.test.ts': 'redis-server and redis-cli, 6 or later: the Redis stores are not held to the contract',
  'test/stores/redis-faults.test.ts': 'redis-server and redis-cli, 6 or later: no Redis server fails on the stores',
  'test/stores/redis-cluster.test.ts':
    'redis-server and redis-cli, 6 or later: the Redis stores are not tried on a Cluster',
  'test/stores/postgres.test.ts': 'PostgreSQL, 12 or later: the PostgreSQL stores are not held to the contract',
  'test/stores/postgres-faults.test.ts': 'PostgreSQL, 12 or later: no PostgreSQL server fails on the stores',
  'test/runtime/documents.test.ts':
    'redis-server, redis-cli and PostgreSQL: the programs of the page about stores are not run',
  'test/fix-judge.test.ts': "python3: what fixes write in Python is not judged by CPython's own parser",
};

interface Results {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly name: string; readonly assertionResults: readonly { status: string }[] }[];
}

await buildBundles();
await buildRuntime(false);
const folder = mkdtempSync(join(tmpdir(), 'farthing-test-'));
const output = join(folder, 'results.json');
const isPassed = run('vitest', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${output}`,
  ...process.argv.slice(2),
]);
const results = read();
rmSync(folder, { recursive: true, force: true });
if (results === null) process.exit(1);

let left = 0;
for (const { name, assertionResults } of results.testResults) {
  const skipped = assertionResults.filter(({ status }) => status !== 'passed' && status !== 'failed').length;
  if (skipped === 0) continue;
  left += skipped;
  const file = relative(root, name).replaceAll('\\', '/');
  process.stdout.write(`skipped: ${skipped} of ${file} (needs ${NEEDS[file] ?? 'what the file says'})\n`);
}
if (process.argv.length === 2 && (process.env.FARTHING_REQUIRE_ALL ?? '') === '') {
  const missing = findChromium() === null ? ', and chromium or Chrome, which this machine lacks' : '';
  process.stdout.write(
    `skipped: the extension in a real VS Code. npm run test:editor runs it; it takes minutes and 0.6 GB${missing}.\n`,
  );
}
const isComplete = left === 0 || (process.env.FARTHING_REQUIRE_ALL ?? '') === '';
if (!isComplete) process.stdout.write('Nothing may be left out here: install what is needed.\n');
process.stdout.write(`${results.numPassedTests} passed, ${results.numFailedTests} failed, ${left} skipped\n`);
process.exit(isPassed && isComplete ? 0 : 1);

/** Null where the runner ended before it wrote its results. */
function read(): Results | null {
  try {
    return JSON.parse(readFileSync(output, 'utf8'));
  } catch {
    return null;
  }
}
