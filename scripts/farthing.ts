/**
 * `npm run farthing -- <arguments>`: the program as users get it, from the current sources, in the directory where npm
 * was called. The bundle runs in this process: its exit status is npm's.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildBundles } from './lib/bundle.ts';
import { root } from './lib/root.ts';

await buildBundles();
process.chdir(process.env.INIT_CWD ?? process.cwd());
createRequire(import.meta.url)(join(root, 'server', 'dist', 'farthing.cjs'));
