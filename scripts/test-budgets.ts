/**
 * `npm run test:budgets`: four processes spend one budget on each store while calls are given up, processes killed and
 * the provider fails; fails where the provider's own log says that a cap was passed.
 */
import './lib/root.ts';
import { run } from './lib/run.ts';

const isPassed = run(process.execPath, ['--conditions=farthing-source', '--no-warnings', 'test/budgets/main.ts']);
process.exit(isPassed ? 0 : 1);
