/** Opens the ledger for a report. A file that is not a ledger is not changed. */
import { existsSync, statSync } from 'node:fs';
import { sqliteStores } from '../stores/sqlite/sqlite.ts';
import type { LedgerStore } from '../stores/store.ts';
import { UsageError } from './io.ts';

const USUAL = ['farthing.db', 'var/farthing.db'];

export interface OpenLedger {
  readonly path: string;
  readonly ledger: LedgerStore;
  readonly close: () => void | Promise<void>;
}

/** @throws UsageError if there is no such file */
export function openLedger(file: string | undefined): OpenLedger {
  const path = file ?? USUAL.find((name) => existsSync(name));
  if (path === undefined) {
    throw new UsageError(
      `no file was given, and there is no ${USUAL.join(' or ')} here. Pass the file of createMeter({ path }).`,
    );
  }
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) {
    throw new UsageError(`file not found: ${path}. Pass the file of createMeter({ path }).`);
  }
  // Opening an empty file would turn it into a ledger.
  if (!status.isFile() || status.size === 0) {
    throw new UsageError(
      `${path} is ${status.isFile() ? 'empty' : 'not a file'}. Pass the file of createMeter({ path }).`,
    );
  }
  const stores = sqliteStores({ path });
  return { path, ledger: stores.ledger, close: stores.close };
}
