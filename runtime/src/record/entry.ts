/**
 * `node --import @farthing/runtime/record app.js`: records every call that the process makes by fetch, without a change of
 * its code. `farthing measure import` reads the file.
 *
 * `FARTHING_RECORD` is the file (default: `.farthing/calls.jsonl` in the working directory), `FARTHING_REVISION` the commit
 * that runs. `FARTHING_CALL_SITES` says where the calls are, as `farthing measure prepare` has written it (default:
 * `.farthing/call-sites.json`).
 */
import { join } from 'node:path';
import { CALL_SITES_FILE } from '@farthing/shared/measured/call-sites';
import { recordProcess } from './record-process.ts';

recordProcess({
  path: process.env.FARTHING_RECORD ?? join('.farthing', 'calls.jsonl'),
  revision: process.env.FARTHING_REVISION ?? null,
  callSites: process.env.FARTHING_CALL_SITES ?? CALL_SITES_FILE,
});
