/** Whether somebody waits for a call's answer while it runs. */
import type { LlmCall } from '../calls/call.ts';
import { isNotebook } from '../files/paths.ts';

/** Folders and files that hold what is run by hand or on a schedule. */
const UNATTENDED =
  /(?:^|\/)(?:scripts?|jobs?|cron|crons|batch|etl|pipelines?|workers?|backfills?|migrations?|seeds?|evals?|evaluations?|benchmarks?|experiments?)(?:\/|$)|(?:^|\/)(?:seed|migrate|backfill|ingest|eval|evaluate|benchmark|run_eval|cron|batch)[^/]*\.[^/.]+$/i;
/** Functions by whose name a program is started. */
const ENTRY = /^(?:main|_main|cli|run_main|async_main|amain)$/;

/**
 * True for a script, a job or a notebook: nobody waits for the answer, so that a batch would do. In a notebook only what
 * its cells run counts: what it merely defines may be meant for an application, or for a model to call. A loop over items that
 * a program starts with makes the requests its own work, whatever function they stand in. `path` is relative to the scanned
 * root, so that the folders above it have no say.
 */
export function isUnattended(call: Pick<LlmCall, 'function' | 'isRunByModule' | 'loop'>, path: string): boolean {
  const { caller } = call.loop;
  if (caller?.purpose === 'items' && isEntry(caller.function)) return true;
  if (call.function === null || isEntry(call.function)) return true;
  return isNotebook(path) ? call.isRunByModule && !call.function.includes('.') : UNATTENDED.test(path);
}

/** True for them, and for module level itself. */
function isEntry(name: string | null): boolean {
  return name === null || ENTRY.test(name);
}
