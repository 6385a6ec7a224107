#!/usr/bin/env node
/**
 * The file that `farthing` starts. It only switches on Node's cache of compiled code, which halves the time to load
 * the program from the second run on, and then loads the program. Where the cache cannot be written, nothing changes.
 */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { cacheDirectory } from '../files/cache-directory.ts';
import { privateFolder } from '../files/private-folder.ts';
import { nodeProblem } from '../node-version.ts';

const problem = nodeProblem(process.versions.node);
if (problem === null) {
  // Compiled code is run as it is found, so it comes from a folder that only this user can write to, or not at all.
  const folder = privateFolder(join(cacheDirectory(process.env, process.platform), 'code'));
  if (folder !== null) enableCompileCache(folder);
  require('./cli.cjs');
} else {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 2;
}
