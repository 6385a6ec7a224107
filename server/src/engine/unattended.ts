/** Whether somebody waits for a call's answer while it runs. */
import type { LlmCall } from '../calls/call.ts';
import { isNotebook } from './paths.ts';

/** Folders and files that hold what is run by hand or on a schedule. */
const UNATTENDED =
  /(?:^|\/)(?:scripts?|jobs?|cron|crons|batch|etl|pipelines?|workers?|backfills?|migrations?|seeds?|evals?|evaluations?|benchmarks?|experiments?)(?:\/|$)|(?:^|\/)(?:seed|migrate|backfill|ingest|eval|evaluate|benchmark|run_eval|cron|batch)[^/]*\.[^/.]+$/i;
/** Functions by whose name a program is started, and module level itself. */
const ENTRY = /^(?:main|_main|cli|run_main|async_main|amain)$/;

/**
 * True for a script, a job or a notebook: nobody waits for the answer, so that a batch would do. In a notebook only what
 * its cells run counts: what it merely defines may be meant for an application, or for a model to call. `path` is
 * relative to the scanned root, so that the folders above it have no say.
 */
export function isUnattended(call: Pick<LlmCall, 'function' | 'isRunByModule'>, path: string): boolean {
  if (call.function === null || ENTRY.test(call.function)) return true;
  return isNotebook(path) ? call.isRunByModule && !call.function.includes('.') : UNATTENDED.test(path);
}
