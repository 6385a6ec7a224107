/**
 * The file that an editor starts. It only enables Node's compile cache, so that the first answer comes sooner, and then
 * loads the server. If the cache cannot be written, nothing changes.
 */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { cacheDirectory } from '../files/cache-directory.ts';
import { privateFolder } from '../files/private-folder.ts';
import { nodeProblem } from '../node-version.ts';

const problem = nodeProblem(process.versions.node);
if (problem === null) {
  // Cached code runs unchecked, so the cache must be in a folder that no other user can write to.
  const folder = privateFolder(join(cacheDirectory(process.env, process.platform), 'code'));
  if (folder !== null) enableCompileCache(folder);
  require('./server.cjs');
} else {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 2;
}
