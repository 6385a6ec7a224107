/** `npm run ready`: everything that CI checks, in the order in which failures are cheapest. */
import { run, runSteps } from './lib/run.ts';
import './lib/root.ts';

await runSteps([
  {
    name: 'formatting and lint (biome)',
    action: () => run('biome', ['ci', ...(process.stdout.isTTY ? [] : ['--colors=off']), '.']),
  },
  { name: 'types (tsc -b)', action: () => run('tsc', ['-b']) },
  {
    name: 'generated files are up to date (npm run generate)',
    action: () => run(process.execPath, ['--conditions=farthing-source', 'scripts/generate.ts', '--check']),
  },
  {
    name: 'npm test, with no suite left out',
    action: () => run(process.execPath, ['scripts/test.ts'], { FARTHING_REQUIRE_ALL: '1' }),
  },
  {
    name: 'the runtime on the oldest Node of each line (npm run test:oldest-node)',
    action: () => run(process.execPath, ['scripts/test-oldest-node.ts']),
  },
  {
    name: 'the extension in a real VS Code (npm run test:editor)',
    action: () => run(process.execPath, ['scripts/test-editor.ts']),
  },
]);
