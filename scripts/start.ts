/** `npm start [-- PATH ...]`: scans the examples, or any codebase, and prints the report. */
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { buildBundles } from './lib/bundle.ts';
import { root } from './lib/root.ts';

await buildBundles();
process.chdir(process.env.INIT_CWD ?? process.cwd());
const given = process.argv.slice(2);
const paths = given.length > 0 ? given : [relative(process.cwd(), join(root, 'examples')) || '.'];
// The report is the purpose of this command, so findings in it do not fail the command.
process.argv.splice(2, Infinity, 'scan', '--fail-on', 'never', ...paths);
createRequire(import.meta.url)(join(root, 'server', 'dist', 'farthing.cjs'));
