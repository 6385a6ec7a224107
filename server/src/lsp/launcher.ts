/**
 * The file that an editor starts. It only switches on Node's cache of compiled code, so that the first answer comes
 * sooner, and then loads the server. Where the cache cannot be written, nothing changes.
 */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { cacheDirectory } from '../files/cache-directory.ts';

enableCompileCache(join(cacheDirectory(process.env, process.platform), 'code'));
require('./server.cjs');
