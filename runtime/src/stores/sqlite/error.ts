/** What SQLite's result codes mean for the operator of the application. */
import { StoreError, type StoreFailure } from '../store-error.ts';

const BUSY = 5;
const LOCKED = 6;
/** By the primary code: the low byte of an extended one (https://www.sqlite.org/rescode.html). */
const MEANINGS: Readonly<Record<number, { failure: StoreFailure; what: string; remedy: string }>> = {
  [BUSY]: {
    failure: 'busy',
    what: 'another process held the file for too long',
    remedy: 'Check which process has it open.',
  },
  [LOCKED]: {
    failure: 'busy',
    what: 'another process held a table for too long',
    remedy: 'Check which process has it open.',
  },
  8: { failure: 'refused', what: 'the file cannot be written', remedy: 'Make it writable for its owner.' },
  10: { failure: 'full', what: 'reading or writing failed', remedy: 'Check whether the disk is full or damaged.' },
  11: {
    failure: 'corrupt',
    what: 'the file is damaged',
    remedy: 'Move it away, with its -wal and -shm; a new file is created, and budgets start at 0.',
  },
  13: { failure: 'full', what: 'the disk is full', remedy: 'Free some space, or limit the cache and the ledger.' },
  14: {
    failure: 'refused',
    what: 'the file cannot be opened',
    remedy: 'Check the path and the permissions of its folder.',
  },
  26: {
    failure: 'corrupt',
    what: 'the file is not a database, or is damaged',
    remedy: 'Use another path, or move it away.',
  },
};

/** True if waiting may help. */
export function isBusy(error: unknown): boolean {
  const code = resultCode(error);
  return code === BUSY || code === LOCKED;
}

export function sqliteError(path: string, error: unknown): unknown {
  const code = resultCode(error);
  if (code === null) return error;
  const meaning = MEANINGS[code] ?? { failure: 'other', what: messageOf(error), remedy: 'The cause has the details.' };
  const what = `${path}: ${meaning.what} (SQLite's result code ${code})`;
  return new StoreError({ store: 'sqlite', failure: meaning.failure, what, remedy: meaning.remedy, cause: error });
}

function resultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return error.errcode & 0xff;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
