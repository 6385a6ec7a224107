/** Deletes old rows of the ledger: at the start, and once per hour. */

import type { LedgerStore } from '../stores/store.ts';
import type { Background } from '../support/background.ts';

const HOUR = 3_600_000;

/**
 * @param retention milliseconds for which rows are kept; undefined keeps them forever. Returns a function that ends it.
 */
export function startRetention(ledger: LedgerStore, retention: number | undefined, background: Background): () => void {
  if (retention === undefined) return () => {};
  const prune = (): void => {
    // A ledger that does not answer now is pruned an hour later.
    background.add((async () => ledger.prune(Date.now() - retention))().catch(() => {}));
  };
  prune();
  const timer = setInterval(prune, HOUR);
  timer.unref();
  return () => clearInterval(timer);
}
