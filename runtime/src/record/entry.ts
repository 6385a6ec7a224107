/**
 * `node --import @farthing/runtime/record app.js`: records every call that the process makes by fetch, without a change of
 * its code. `farthing measure import` reads the file.
 *
 * `FARTHING_RECORD` is the file (default: `.farthing/calls.jsonl` in the working directory), `FARTHING_REVISION` the commit
 * that runs.
 */
import { join } from 'node:path';
import { recordProcess } from './record-process.ts';

recordProcess({
  path: process.env.FARTHING_RECORD ?? join('.farthing', 'calls.jsonl'),
  revision: process.env.FARTHING_REVISION ?? null,
});
