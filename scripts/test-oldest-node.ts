/**
 * `npm run test:oldest-node [-- FILTER ...]`: the runtime's tests, and the packed command line, on the oldest Node of each
 * line that they support. What Node itself brings, such as `node:sqlite` and fetch, differs between its versions.
 */
import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { installApart } from './lib/install-apart.ts';
import { root } from './lib/root.ts';

/** Tests of the runtime that need neither another server nor the repository's own scripts. */
const TESTS = [
  'runtime/src',
  'test/stores/sqlite',
  'test/stores/memory',
  'test/stores/encrypted',
  'test/runtime/budget',
  'test/runtime/exact-cache',
  'test/runtime/foreign-fetch',
  'test/runtime/meter',
  'test/runtime/sdks',
  'test/runtime/sockets',
  'test/runtime/streams',
  'test/runtime/wrap',
  'test/cli/package',
];

const filters = process.argv.slice(2);
for (const line of ['node-22', 'node-24']) {
  const node = installApart(
    'scripts/oldest-node',
    join(line, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'),
  );
  process.stdout.write(`\n${line}: ${spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout}`);
  const { status } = spawnSync(
    node,
    [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...(filters.length > 0 ? filters : TESTS)],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        // Processes that tests start run on the same Node.
        PATH: [dirname(node), process.env.PATH].join(delimiter),
        // Node takes types away by itself only since 22.18.
        NODE_OPTIONS: '--experimental-strip-types --no-warnings',
        FARTHING_ANY_NODE: '1',
      },
    },
  );
  if (status !== 0) process.exit(1);
}
