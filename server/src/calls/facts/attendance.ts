/** A call that runs unattended: in a script, a job or a notebook. */
import { isNotebook } from '../../files/paths.ts';
import type { CallCore } from '../call.ts';
import { codeFact } from './fact.ts';
import { isRunByModule } from './module-reachability.ts';

export const isUnattended = codeFact('isUnattended', ({ call, record, relativePath }): boolean =>
  runsUnattended(call, relativePath, () => isRunByModule(record)),
);

/** Folders and files that hold what is run by hand or on a schedule. */
const UNATTENDED =
  /(?:^|\/)(?:scripts?|jobs?|cron|crons|batch|etl|pipelines?|workers?|backfills?|migrations?|seeds?|evals?|evaluations?|benchmarks?|experiments?)(?:\/|$)|(?:^|\/)(?:seed|migrate|backfill|ingest|eval|evaluate|benchmark|run_eval|cron|batch)[^/]*\.[^/.]+$/i;
/** Functions by whose name a program is started. */
const ENTRY = /^(?:main|_main|cli|run_main|async_main|amain)$/;

/**
 * True for a script, a job or a notebook: no user is waiting for the answer, so a batch would do. In a notebook only
 * code that its cells run counts; functions that it merely defines may be meant for an application, or for a model to
 * call. If a program starts with a loop over items, its requests are the program's own work, whatever function they are
 * in. `path` is relative to the scanned root, so the folders above it do not matter.
 */
export function runsUnattended(
  call: Pick<CallCore, 'function' | 'loop'>,
  path: string,
  runsWithModule: () => boolean,
): boolean {
  const { caller } = call.loop;
  if (caller?.purpose === 'items' && isEntry(caller.function)) return true;
  if (call.function === null || isEntry(call.function)) return true;
  return isNotebook(path) ? runsWithModule() && !call.function.includes('.') : UNATTENDED.test(path);
}

/** True for them, and for module level itself. */
function isEntry(name: string | null): boolean {
  return name === null || ENTRY.test(name);
}
